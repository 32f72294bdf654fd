"""A year of requests as a published table 3 counts them: one piece per counted one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.authoring import Refusal
from models.applications import ApplicantKind
from processes.registers.annual_report import (
    CARRIED_IN,
    CARRIED_OVER,
    FIRST_RESULT,
    KINDS,
    RECEIVED,
    ROWS,
    SUM,
    TOTAL,
    Table,
)
from processes.registers.decision_codes import CODES

#: Where a row counts several results, the pieces take them in turn.
_BY_ROW: dict[int, tuple[str, ...]] = {
    row: tuple(code for code, each in CODES.items() if each.row == row - 1)
    for row in range(FIRST_RESULT, TOTAL)
}
#: What is told is public already is told at once; what is given is reviewed first, by
#: four people. So few pieces are given.
_BY_ROW[FIRST_RESULT] = (*("D01",) * 9, "D02")


class BadTable(Refusal):
    """A table that no year can have given."""


@dataclass(frozen=True)
class Piece:
    """One counted request: who asked, how it ended, and when it came and went."""

    kind: ApplicantKind
    #: Empty: it stays open when the year ends.
    code: str
    received_on: date
    #: The day on which the office deals with it; the end may come later by itself.
    handled_on: date | None
    #: It is among those that the year before left open.
    carried_in: bool = False


@dataclass(frozen=True)
class _Counted:
    column: int
    row: int
    code: str


def plan(
    table: Table,
    days: Mapping[int, Sequence[date]],
    year: int,
    *,
    sample: int = 1,
    left_open: Sequence[int] | None = None,
) -> list[Piece]:
    """Return the pieces of a year, in the order of the table.

    `days` are the working days of the year and of the one before; `left_open` says how
    many requests by column the year before left open here, None that there was none.

    Raises:
        BadTable: the table does not hold together, or not with the year before.
    """
    _refuse_bad(table)
    counted = _counted(table)
    carried = _carried_in(table, counted)
    chosen = list(zip(counted, carried, strict=True))[::sample]
    if left_open is not None:
        if sample == 1 and list(left_open) != table[CARRIED_IN][:SUM]:
            msg = "上年结转与上年留下没有办结的件数不一致，不能接着回放。"
            raise BadTable(msg)
        chosen = _hand_over([each for each, _ in chosen], left_open)
    return [
        _dated(each, is_in, place, len(chosen), days, year)
        for place, (each, is_in) in enumerate(chosen)
    ]


def expected(pieces: Sequence[Piece]) -> Table:
    """Return the table that these pieces must give."""
    table = [[0] * (SUM + 1) for _ in ROWS]
    for piece in pieces:
        result = FIRST_RESULT + CODES[piece.code].row - 1 if piece.code else None
        rows = [CARRIED_IN if piece.carried_in else RECEIVED]
        rows += [CARRIED_OVER] if result is None else [result, TOTAL]
        for row in rows:
            table[row][KINDS.index(piece.kind)] += 1
            table[row][SUM] += 1
    return table


def _refuse_bad(table: Table) -> None:
    shaped = len(table) == len(ROWS) and all(len(row) == SUM + 1 for row in table)
    if not shaped or any(number < 0 for row in table for number in row):
        msg = f"表三应有{len(ROWS)}行、每行{SUM + 1}个不小于0的整数。"
        raise BadTable(msg)
    for column in range(SUM):
        at = [row[column] for row in table]
        closed = sum(at[FIRST_RESULT:TOTAL])
        if closed != at[TOTAL] or at[0] + at[1] != closed + at[CARRIED_OVER]:
            msg = "表三不平：新收加上年结转应等于办理结果总计加结转下年度。"
            raise BadTable(msg)


def _counted(table: Table) -> list[_Counted]:
    """Return one entry for each result and each request left open, row by row."""
    found: list[_Counted] = []
    for row in (*range(FIRST_RESULT, TOTAL), CARRIED_OVER):
        codes = _BY_ROW.get(row, ("",))
        for column in range(SUM):
            found += [
                _Counted(column, row, codes[number % len(codes)])
                for number in range(table[row][column])
            ]
    return found


def _carried_in(table: Table, counted: Sequence[_Counted]) -> list[bool]:
    """Say which entries came the year before: the first of each column."""
    left = list(table[CARRIED_IN][:SUM])
    found = []
    for each in counted:
        found.append(left[each.column] > 0)
        left[each.column] -= 1
    return found


def _hand_over(
    chosen: Sequence[_Counted], left_open: Sequence[int]
) -> list[tuple[_Counted, bool]]:
    """Give the requests that are there their ends; one without an end stays open."""
    left = list(left_open)
    found = []
    for each in chosen:
        found.append((each, left[each.column] > 0))
        left[each.column] -= 1
    for column, number in enumerate(left):
        still_open = _Counted(column, CARRIED_OVER, "")
        found += [(still_open, True)] * max(number, 0)
    return found


def _dated(
    each: _Counted,
    is_in: bool,
    place: int,
    of: int,
    days: Mapping[int, Sequence[date]],
    year: int,
) -> Piece:
    """Spread the pieces over the year: so that each can end as it did.

    What waits for an applicant begins early enough to end within the year; what stays
    open comes in its last days, and what was carried in came in the last days of the
    one before.
    """
    this, before = days[year], days[year - 1]
    kind = KINDS[each.column]
    if is_in:
        received = before[-1 - place % _LAST_DAYS]
        handled = this[place % _LAST_DAYS] if each.code else None
        return Piece(kind, each.code, received, handled, carried_in=True)
    if not each.code:
        return Piece(kind, "", this[-1 - place % _LAST_DAYS], None)
    room = len(this) - (_WAITING if CODES[each.code].closes else _ANSWERING)
    # The rows of the table are mixed over the year, as in life.
    at = place * _STRIDE % of * room // of
    return Piece(kind, each.code, this[at], this[at + 1])


#: A prime: neighbours in the table come on days far apart.
_STRIDE = 617
#: Working days at a year's end or begin over which is spread what crosses it.
_LAST_DAYS = 3
#: Working days before the year's end by which a request must have come to end in it.
_ANSWERING, _WAITING = 8, 40
