"""Several who ask for the same, and how the office looks at it, in its words."""

from typing import Any

from sqlalchemy import select

from engine.work import Work
from models.proposals import ProactiveProposal
from processes.registers import proposals
from tests import asking
from tests.asking import Asked
from tests.office import NOTICE, Matter, Office

#: Identity numbers of our own: no such place, right check digits.
PEOPLE = {
    "张晓明": "11010519491231002X",
    "李成": "500199197211031040",
    "王芳": "500199199107263326",
}


def asks(office: Office, name: str, on: str = "2026-03-02", **typed: Any) -> Asked:
    """Let somebody ask 区财政局 at the counter."""
    person = {"name": name, "identity_number": PEOPLE[name]}
    return asking.received(office, on, **{**person, **typed})


def gives(office: Office, asked: Asked, text: str = NOTICE, **typed: Any) -> None:
    """Answer a request with a document, and archive it."""
    prepares(office, asked, text, **typed)
    asking.answered(office, asked)


def prepares(office: Office, asked: Asked, text: str = NOTICE, **typed: Any) -> None:
    """Draft an answer that gives a document, which everybody lets go."""
    asking.examined(office, asked, "answer")
    asking.drafted(
        office,
        asked,
        code="D02",
        section=office.public_id("预算科"),
        files=[office.wen.uploads(text)],
        **{"information": "全文见附件。", **typed},
    )
    office.brings(asked, "sign_answer")


def proposal_cases(office: Office) -> list[Matter]:
    """Return the cases in which it is looked at whether something is to be public."""
    with office.engine.read() as work:
        found = select(ProactiveProposal.case_id).order_by(ProactiveProposal.id)
        return [Matter(office, each) for each in work.session.scalars(found)]


def proposal(work: Work, matter: Matter) -> ProactiveProposal:
    """Return the row of such a case."""
    return proposals.proposal_of(work.session, matter.case(work))


def numbers_in(matter: Matter) -> dict[str, str]:
    """Return the requests that it is about, by what they are known to be the same."""
    with matter.office.engine.read() as work:
        members = proposal(work, matter).members
        return {each.request.number: each.sameness for each in members}


def three_ask(office: Office) -> list[Asked]:
    """Let three people ask for the same, of whom the first is given it."""
    first, *others = (asks(office, name) for name in PEOPLE)
    gives(office, first)
    return [first, *others]
