"""A year of 复议 and 诉讼 as a published table 4 counts them: one piece per piece.

Each is about a replayed request that was answered with a refusal, in part or whole. It
comes as many days after the answer as such papers take, and ends in the year, or not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.challenges import ChallengeKind, ChallengeResult
from processes.information_request.replay_plan import BadTable, Piece
from processes.registers.annual_report import BLOCKS, PENDING, RESULTS, Table
from processes.registers.decision_codes import CODES, Group

#: How many of each block the year before left pending.
Pending = Mapping[ChallengeKind, int]

_RECONSIDERATION, _DIRECT, _AFTER = BLOCKS
#: What somebody goes against: not what gave him all he asked for. Since 2024 a refusal
#: goes to 复议 first (行政复议法 Art 23), so a lawsuit at once is about the others.
_CHALLENGED = (Group.PARTIAL, Group.WITHHELD, Group.NOT_AVAILABLE, Group.NOT_HANDLED)
_SUED_AT_ONCE = (Group.NOT_AVAILABLE, Group.NOT_HANDLED)
#: After these the court judges the agency's own act; a corrected one is gone.
_SUED_AFTER = (ChallengeResult.UPHELD, ChallengeResult.OTHER)

#: Working days from the answer, or from the end of the 复议, to the papers' coming, and
#: from there to the end: within 行政复议法 Arts 20, 62 and 行政诉讼法 Arts 45, 46, 81.
_COMES = {_RECONSIDERATION: 20, _DIRECT: 30, _AFTER: 10}
_LASTS = {_RECONSIDERATION: 40, _DIRECT: 60, _AFTER: 60}
#: What the year before left pending ends in the first weeks.
_FIRST_WEEKS = 20


@dataclass(frozen=True)
class Challenged:
    """One counted challenge: how it ended, and when it came and went."""

    kind: ChallengeKind
    #: None: it is pending when the year ends.
    result: ChallengeResult | None
    #: It is among those that the year before left pending.
    carried_in: bool = False
    #: Which piece it is about, by place; None: one that no piece stands for.
    request: int | None = None
    #: The 复议 after which it was sued, by place.
    after: int | None = None
    #: Working days of the year, by place.
    comes: int = 0
    ends: int | None = None


def plan_challenges(
    table: Table | None,
    pieces: Sequence[Piece],
    days: Sequence[date],
    *,
    sample: int = 1,
    pending: Pending | None = None,
) -> list[Challenged]:
    """Return the challenges of a year in the order of the table, block by block.

    `sample` takes those at places 1, N+1, ... of table 4, counted apart from table 3.
    `pending` is what the year before left: the first of each block are these.

    Raises:
        BadTable: the table does not hold together, or not with the year before.
    """
    left = dict(pending or {})
    counted: list[Challenged] = []
    if table is not None:
        _refuse_bad(table, left if sample == 1 else {})
        counted = _counted(table)
    chosen = [_carried(each, left) for each in counted[::sample]]
    for kind, number in left.items():
        chosen += [Challenged(kind, None, carried_in=True)] * number
    return _Dates(pieces, days).of(_after_which(chosen))


def expected_challenges(challenges: Sequence[Challenged]) -> Table:
    """Return the table 4 that these must give."""
    table = [[0] * (PENDING + 2) for _ in BLOCKS]
    for each in challenges:
        row = table[BLOCKS.index(each.kind)]
        row[PENDING if each.result is None else RESULTS.index(each.result)] += 1
        row[-1] += 1
    return table


def _refuse_bad(table: Table, pending: Pending) -> None:
    width = PENDING + 2
    shaped = len(table) == len(BLOCKS) and all(len(row) == width for row in table)
    if not shaped or any(number < 0 for row in table for number in row):
        msg = f"表四应有{len(BLOCKS)}行、每行{width}个不小于0的整数。"
        raise BadTable(msg)
    if any(sum(row[:-1]) != row[-1] for row in table):
        msg = "表四不平：每一行的总计应等于前四个数之和。"
        raise BadTable(msg)
    for block, row in zip(BLOCKS, table, strict=True):
        if pending.get(block, 0) > row[-1]:
            msg = "上年尚未审结的复议、诉讼比本年表四的总计还多，不能接着回放。"
            raise BadTable(msg)


def _counted(table: Table) -> list[Challenged]:
    return [
        Challenged(block, result)
        for block, row in zip(BLOCKS, table, strict=True)
        for result, number in zip((*RESULTS, None), row[:-1], strict=True)
        for _ in range(number)
    ]


def _carried(each: Challenged, left: dict[ChallengeKind, int]) -> Challenged:
    """Take it for one that the year before left, as long as there are any."""
    if not left.get(each.kind):
        return each
    left[each.kind] -= 1
    return replace(each, carried_in=True)


def _after_which(chosen: Sequence[Challenged]) -> list[Challenged]:
    """Give each new lawsuit after 复议 one that ended so that one sues.

    Of a sample there may be none left: then its 复议 is not among the pieces.
    """
    free = iter(
        [
            place
            for place, each in enumerate(chosen)
            if each.kind == _RECONSIDERATION and each.result in _SUED_AFTER
        ]
    )
    return [
        replace(each, after=next(free, None))
        if each.kind == _AFTER and not each.carried_in
        else each
        for each in chosen
    ]


class _Dates:
    """Gives challenges their requests and days.

    What needs most time until the year's end chooses first among the requests answered
    early enough; so each finds one as long as there are any.
    """

    def __init__(self, pieces: Sequence[Piece], days: Sequence[date]) -> None:
        self._last = len(days) - 1
        place_of = {day: place for place, day in enumerate(days)}
        self._free = [
            (place_of[piece.handled_on], at)
            for at, piece in enumerate(pieces)
            if piece.handled_on is not None and _may_be_challenged(piece)
        ]
        self._free.sort()
        self._pieces = pieces

    def of(self, chosen: list[Challenged]) -> list[Challenged]:
        """Return the challenges with their days."""
        found = list(chosen)
        sued = {each.after: at for at, each in enumerate(chosen)}
        rooms = {
            at: _room(each) + (_room(chosen[sued[at]]) if at in sued else 0)
            for at, each in enumerate(chosen)
            if each.after is None
        }
        for at in sorted(rooms, key=lambda at: -rooms[at]):
            found[at] = self._dated(chosen[at], at, rooms[at])
        for at, each in enumerate(chosen):
            if each.after is not None:
                ended = found[each.after].ends or 0
                found[at] = self._from(each, ended)
        return found

    def _dated(self, each: Challenged, at: int, room: int) -> Challenged:
        if each.carried_in:
            ends = at % _FIRST_WEEKS if each.result else None
            return replace(each, ends=ends)
        latest = self._last - room
        fit = [
            number
            for number, (answered, piece) in enumerate(self._free)
            if answered <= latest and _fits(each.kind, self._pieces[piece])
        ]
        if not fit:
            return self._from(each, at % max(latest, 1))
        # Spread over those that fit, so that they come all over the year.
        answered, piece = self._free.pop(fit[at * _STRIDE % len(fit)])
        return replace(self._from(each, answered), request=piece)

    def _from(self, each: Challenged, since: int) -> Challenged:
        comes = min(since + _COMES[each.kind], self._last)
        ends = min(comes + _LASTS[each.kind], self._last) if each.result else None
        return replace(each, comes=comes, ends=ends)


#: A prime: neighbours in the table come on days far apart.
_STRIDE = 617


def _room(each: Challenged) -> int:
    """Return how many working days it takes from the answer on."""
    if each.carried_in:
        return 0
    return _COMES[each.kind] + (_LASTS[each.kind] if each.result else 0)


def _may_be_challenged(piece: Piece) -> bool:
    code = CODES.get(piece.code)
    return code is not None and code.group in _CHALLENGED and not code.closes


def _fits(kind: ChallengeKind, piece: Piece) -> bool:
    return kind != _DIRECT or CODES[piece.code].group in _SUED_AT_ONCE
