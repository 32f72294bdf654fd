"""退文情况: how often each agency's documents were returned in a year, and why."""

from dataclasses import dataclass

from flask import request

from engine.errors import NotAllowed, NotFound
from engine.work import Work
from models.people import Organisation
from models.workflow import Case
from processes.registers.documents import (
    Returns,
    agencies_read,
    returned_cases,
    returns_by_organisation,
)
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required

#: Where the office's registers begin at the earliest.
_FIRST_YEAR = 2019
#: A bar is as wide as the page for so many returns at the least.
_SHORTEST_SCALE = 10
#: The bars have so many colours; further reasons share the last.
_COLOURS = 6


@dataclass(frozen=True)
class Part:
    """One reason in an agency's bar: where it begins and how far it goes, in percent
    of the longest bar."""

    code: str
    words: str
    count: int
    colour: int
    begins: float
    width: float


@dataclass(frozen=True)
class Line:
    """One agency with its bar."""

    agency: Organisation
    total: int
    parts: list[Part]


@dataclass(frozen=True)
class Shown:
    """The cases behind one number, as far as the reader may see them."""

    agency: Organisation
    code: str
    cases: list[Case]


@blueprint.get("/returns")
@login_required
def returns() -> str:
    """Show the returns of a year for the agencies that the actor oversees."""
    with gongkai().read(actor_id()) as work:
        agencies = agencies_read(work)
        if not agencies:
            msg = "退文情况由单位负责人、分管领导和政务公开机构负责人查看。"
            raise NotAllowed(msg)
        year = _year(work)
        rows = returns_by_organisation(work, year)
        return page(
            "office/returns.html",
            work,
            year=year,
            lines=_lines(work, rows),
            total=sum(row.total for row in rows),
            shown=_shown(work, agencies, year),
            earlier=year - 1 if year > _FIRST_YEAR else None,
            later=year + 1 if year < work.today.year else None,
            here="returns",
        )


def _year(work: Work) -> int:
    asked = request.args.get("year", work.today.year, type=int)
    return min(max(asked, _FIRST_YEAR), work.today.year)


def _lines(work: Work, rows: list[Returns]) -> list[Line]:
    longest = max((_SHORTEST_SCALE, *(row.total for row in rows)))
    codes: dict[str, int] = {}
    for row in rows:
        for _, code, _ in row.reasons:
            codes.setdefault(code, min(len(codes), _COLOURS - 1))
    return [
        Line(row.agency, row.total, _parts(work, row, codes, longest)) for row in rows
    ]


def _parts(
    work: Work, row: Returns, colours: dict[str, int], longest: int
) -> list[Part]:
    parts, begins = [], 0.0
    for process, code, count in row.reasons:
        width = round(100 * count / longest, 2)
        texts = work.engine.definitions.process(process).texts
        words = texts.reasons.get(code, code)
        parts.append(Part(code, words, count, colours[code], begins, width))
        begins += width
    return parts


def _shown(work: Work, agencies: list[Organisation], year: int) -> Shown | None:
    """Return the cases of the number that was chosen.

    Raises:
        NotFound: the agency is none of those that the actor oversees.
    """
    chosen, code = request.args.get("agency"), request.args.get("reason", "")
    if not chosen:
        return None
    agency = next((each for each in agencies if each.public_id == chosen), None)
    if agency is None:
        raise NotFound("这个单位的退文")
    return Shown(agency, code, list(returned_cases(work, agency, code, year)))
