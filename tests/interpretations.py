"""Documents that are explained, for tests: their cases, and the offices concerned."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from engine import people
from engine.process import Process
from engine.work import Work
from models.documents import Document, DocumentKind, JointIssuer, PaperRole
from models.interpretations import Interpretation
from models.people import Level, OrganisationKind, Role, Root
from processes.registers import interpretations, papers
from tests.engine.check.diagrams import element, exclusive, user
from tests.engine.folders import begins, deploy, make_folder, place_of
from tests.office import NOTICE, USUAL_ANSWERS, Actor, Matter, Office

#: A process that drafts, has its document explained, and looks at it again.
CALLER = "explained"

#: The parts that every document's material has.
PARTS = {
    name: USUAL_ANSWERS["interpretation_material"][name]
    for name in ("background", "goals", "content", "standards")
}


def explained(
    office: Office,
    home: Path,
    *,
    kind: str = DocumentKind.POLICY,
    joint: Sequence[str] = (),
    issuer: str = "",
    text: str = NOTICE,
) -> Matter:
    """A document of 林晓雯's whose interpretation is called for."""
    deploy(office, *office.engine.definitions, _caller(home))
    matter = begins(office.lin, CALLER)
    upload = office.lin.uploads(text)
    with office.lin.work() as work:
        document = _document(work, matter, kind)
        if issuer:
            document.issuer_id = office.organisations[issuer]
        for position, name in enumerate(joint, 1):
            place = office.organisation(work, name)
            document.joint_issuers.append(
                JointIssuer(organisation_id=place.id, position=position)
            )
        paper = papers.add_paper(work, document, PaperRole.TEXT, "正文")
        file = papers.chosen_file(work, document, upload)
        papers.add_version(work, matter.case(work), paper, file)
    office.lin.does(matter, "write", outcome="agreed")
    return matter


def changes_text(office: Office, matter: Matter, text: str) -> None:
    """Let the drafter write a new version of the document's text."""
    upload = office.lin.uploads(text)
    with office.lin.work() as work:
        document = document_in(work, matter)
        assert document.text is not None
        file = papers.chosen_file(work, document, upload)
        papers.add_version(work, matter.case(work), document.text, file)


def comes_again(office: Office, matter: Matter) -> None:
    """Let the interpretation be called for once more."""
    office.lin.does(matter, "look", outcome="returned")
    office.lin.does(matter, "write", outcome="agreed")


def document_in(work: Work, matter: Matter) -> Document:
    """Return the document of a matter."""
    return work.session.query(Document).filter_by(case_id=matter.id).one()


def interpretation_in(work: Work, matter: Matter) -> Interpretation:
    """Return the interpretation that a matter makes."""
    found = interpretations.of_case(work.session, matter.case(work))
    assert found is not None
    return found


def standing(office: Office, matter: Matter) -> str:
    """Return what the signature on a matter's interpretation is worth."""
    with office.engine.read() as work:
        return interpretations.standing(work, document_in(work, matter)).value


def picture() -> bytes:
    """Return a small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), "#e9f0fa").save(stream, "PNG")
    return stream.getvalue()


def add_agency(office: Office, name: str, *, head: str, code: str) -> None:
    """Add a department with a head and a head of disclosure, who log in as
    `<head>` and `<head>_open`."""
    with office.engine.work() as work:
        district = office.organisation(work, "区政府")
        made = people.make_organisation(
            work,
            work.session.get_one(Root, office.root_id),
            name=f"云川{name}",
            short_name=name,
            kind=OrganisationKind.DEPARTMENT,
            level=Level.COUNTY,
            region="500199",
            code=code,
            parent=district,
            valid_from=date(2020, 1, 1),
        )
        office.organisations[name] = made.id
        made.superior_id = office.organisations["区政府办"]
    office.add_person(head, f"{name}局长", name, (Role.UNIT_HEAD, name))
    office.add_person(
        f"{head}_open", f"{name}公开科长", name, (Role.DISCLOSURE_HEAD, name)
    )


def plans(actor: Actor, matter: Matter, **answers: Any) -> None:
    """拟解读方案."""
    filled = {**USUAL_ANSWERS["interpretation_plan"], **answers}
    actor.does(matter, "interpretation_plan", **filled)


def writes(actor: Actor, matter: Matter, **answers: Any) -> None:
    """拟解读材料."""
    filled = {**PARTS, **answers}
    actor.does(matter, "interpretation_material", outcome="submitted", **filled)


def agrees(actor: Actor, matter: Matter, step: str = "co_sign") -> None:
    """同意: as a joint issuer, or as one who is consulted."""
    actor.does(matter, f"interpretation_{step}", outcome="agreed")


def objects(
    actor: Actor, matter: Matter, step: str = "co_sign", reason: str = "facts"
) -> None:
    """不同意, with reason and words."""
    actor.does(
        matter,
        f"interpretation_{step}",
        outcome="objected",
        reason=reason,
        opinion="第二期是十月，不是九月。",
    )


def signs(actor: Actor, matter: Matter) -> None:
    """签发解读."""
    actor.does(matter, "interpretation_sign", outcome="signed")


def _document(work: Work, matter: Matter, kind: str) -> Document:
    section = place_of(work)
    document = Document(
        root_id=section.root_id,
        agency_id=section.agency,
        issuer_id=section.agency,
        section_id=section.id,
        case_id=matter.id,
        kind=kind,
        title="关于做好2026年政务公开培训工作的通知",
        attribute="public",
        formed_on=date(2026, 3, 2),
        drafted_by=work.actor.required_person,
    )
    work.session.add(document)
    work.session.flush()
    return document


def _caller(home: Path) -> Process:
    return make_folder(
        home,
        CALLER,
        "start -> write -> interpret -> look -> again\n"
        'again -> write [look == "returned"]\n'
        "again -> end",
        user("write"),
        element("callActivity", "interpret", calledElement="policy_interpretation"),
        user("look"),
        exclusive("again", default="again_to_end"),
        lanes={"write": "handler@drafting", "look": "handler@drafting"},
    )
