"""A review before publication in tests: papers are handed in, people look at them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine import files
from engine.authoring import Facts, Step
from models.documents import Document, Paper, PaperRole, PaperVersion, VersionKind
from models.reviews import Finding
from processes import pre_publication_review
from processes.registers import findings, papers
from processes.registers.reading import reading_of
from tests import review_answers
from tests.engine.check.diagrams import element, exclusive, extension, user
from tests.engine.folders import begins, deploy, make_folder
from tests.office import NOTICE, Actor, Matter, Office

_FLOWS = """
start -> write -> review -> decided
decided -> write [pre_publication_review == 'returned']
decided -> end
"""


@dataclass
class Sheet:
    """A paper as its author has it before handing it in."""

    title: str
    data: bytes | str = NOTICE
    name: str = "正文.txt"
    role: PaperRole = PaperRole.TEXT


@dataclass
class Desk:
    """A case whose papers are reviewed, with the people of the office around it."""

    office: Office
    sheets: list[Sheet]
    matter: Matter = field(init=False)

    @property
    def waits_at(self) -> list[str]:
        """The names of the steps that people have to take now."""
        return self.matter.waits_at

    def papers(self, work: Any) -> list[Paper]:
        """Return the papers in their order."""
        document = work.session.query(Document).filter_by(case_id=self.matter.id).one()
        return list(document.papers)

    def version(self, work: Any, n: int = 0) -> PaperVersion:
        """Return a paper's newest office version."""
        found = self.papers(work)[n].newest(VersionKind.OFFICE)
        assert found is not None
        return found

    def copy(self, work: Any, n: int = 0) -> PaperVersion:
        """Return a paper's public copy."""
        found = self.papers(work)[n].public_copy
        assert found is not None
        return found

    def public_text(self, n: int = 0) -> str:
        """Return the public copy of a text file as everybody would read it."""
        with self.office.engine.read() as work:
            return work.engine.files.get(self.copy(work, n).file).decode()

    def public_bytes(self, n: int = 0) -> bytes:
        """Return the bytes of a public copy."""
        with self.office.engine.read() as work:
            return work.engine.files.get(self.copy(work, n).file)

    def found(self, n: int = 0) -> list[Finding]:
        """Return the findings in a paper, those left out of every copy not counted."""
        with self.office.engine.read() as work:
            rows = findings.of_version(work.session, self.version(work, n))
            return [row for row in rows if not findings.is_settled(row)]

    def answers(self, *chosen: str | Mapping[str, str], n: int = 0) -> dict[str, str]:
        """Answer the findings of a paper in their order."""
        typed = {}
        for finding, answer in zip(self.found(n), chosen, strict=True):
            given = {"answer": answer} if isinstance(answer, str) else answer
            for part, value in given.items():
                typed[f"findings.{finding.public_id}.{part}"] = value
        return typed

    def mark(self, text: str, reason: str = "privacy", n: int = 0) -> dict[str, str]:
        """Mark the first place of some characters by hand."""
        with self.office.engine.read() as work:
            version = self.version(work, n)
            blocks = reading_of(work, version).visible
            block = next(each for each in blocks if text in each.text)
            start = block.text.index(text)
            place = f"{version.paper.public_id}|{start}|{start + len(text)}"
            return {"marks.1": f"{place}|{reason}|{block.address}"}

    def hands_in(self, actor: Actor) -> None:
        """Let the author hand in the papers as they are now."""
        actor.does(self.matter, "write", outcome="agreed")

    def usual(self, element: str) -> dict[str, Any]:
        """Return what is answered at a step when nothing is wrong."""
        with self.office.engine.read() as work:
            return review_answers.usual(work, self.matter.case(work), element)

    def prepares(self, actor: Actor, **typed: str) -> None:
        """制作公开件: answer as suggested, but for what is typed."""
        answers = {**self.usual("prepare_copy"), **typed}
        actor.does(self.matter, "prepare_copy", **answers)

    def items(self, step: str, **others: str) -> dict[str, str]:
        """Answer every item of every paper with 不涉及 or 通过, but for some of the
        first paper: an item's code, or code__words for what is written about it."""
        typed = {
            name: value
            for name, value in self.usual(step).items()
            if name.startswith(("items.", "checks."))
        }
        first = next(iter(typed)).rpartition(".")[0]
        for code, value in others.items():
            typed[f"{first}.{code.replace('__', '.')}"] = value
        return {name: value for name, value in typed.items() if value}

    def looks(
        self, actor: Actor, step: str, outcome: str = "passed", **others: str
    ) -> None:
        """审查: judge all items as in order, but for some of the first paper."""
        own = {
            name: others.pop(name)
            for name in ("reason", "opinion", "other_agency", "agency", "consent")
            if name in others
        }
        answers: dict[str, str] = {"other_agency": "no"}
        answers |= self.items(step, **others) | own
        actor.does(self.matter, step, outcome=outcome, **answers)

    def passes(self, *, until: str = "") -> None:
        """Let everybody agree, up to a step."""
        people = {
            "prepare_copy": self.office.lin,
            "secrecy_first": self.office.zhou,
            "secrecy_second": self.office.gao,
            "secrecy_final": self.office.qin,
            "content_review": self.office.peng,
        }
        while (steps := self.matter.open_steps) and steps != [until]:
            people[steps[0]].does(self.matter, steps[0], **self.usual(steps[0]))


def at_the_desk(office: Office, home: Path, *sheets: Sheet) -> Desk:
    """Let somebody hand in papers to a process that only calls the review."""
    desk = Desk(office, list(sheets) or [Sheet("正文")])
    handing_in = make_folder(
        home,
        "handing_in",
        _FLOWS,
        user("write", extension('<gongkai:task duty="making"/>')),
        element("callActivity", "review", calledElement="pre_publication_review"),
        exclusive("decided", "decided_to_end"),
        lanes={"write": "handler@drafting"},
        actions={"write": _writes(desk)},
    )
    deploy(office, handing_in, pre_publication_review.PROCESS)
    desk.matter = begins(office.lin, "handing_in")
    desk.hands_in(office.lin)
    return desk


def _writes(desk: Desk) -> Any:
    def write(step: Step, answers: Mapping[str, Any]) -> Facts:
        del answers
        document = _document(step)
        for sheet in desk.sheets:
            paper = next((p for p in document.papers if p.title == sheet.title), None)
            if paper is None:
                paper = papers.add_paper(step.work, document, sheet.role, sheet.title)
            data = sheet.data.encode() if isinstance(sheet.data, str) else sheet.data
            file = files.store(step.work, sheet.name, data, root_id=step.case.root_id)
            papers.add_version(step.work, step.case, paper, file)
        return {}

    return write


def _document(step: Step) -> Document:
    session, case = step.work.session, step.case
    found = session.query(Document).filter_by(case_id=case.id).one_or_none()
    if found is None:
        found = Document(
            root_id=case.root_id,
            agency_id=case.agency_id,
            issuer_id=case.agency_id,
            section_id=step.task.place_id if step.task else case.agency_id,
            case_id=case.id,
            title="关于公布2026年培训安排的通知",
            drafted_by=step.work.actor.required_person,
        )
        session.add(found)
        session.flush()
    return found
