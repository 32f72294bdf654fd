"""Interpretations: how far they are, whether a signature stands, what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import Work, settings, start
from models.documents import Document, Paper, PaperRole, PaperVersion, VersionKind
from models.interpretations import Interpretation, InterpretationState, Timing
from models.people import Organisation
from models.reviews import Opinion
from models.workflow import Case, CaseStatus
from processes.registers.documents import published

#: The step whose opinions are the head's signature on the material.
SIGNING = "interpretation_sign"
#: Cases that come out of a publication.
LATER = "later_interpretation"
EVALUATION = "interpretation_evaluation"

#: How many documents one may choose from; older ones are hardly explained any more.
MOST_OFFERED = 200

#: What must be there, signed and published together (三同步).
DOCUMENT, PLAN, MATERIAL = "文件", "方案", "材料"


class Standing(StrEnum):
    """What the first interpreter's signature is worth now."""

    NONE = "none"
    #: The plan is signed; the material follows the document's publication.
    PLANNED = "planned"
    SIGNED = "signed"
    #: The document's text or the material is not what was signed.
    STALE = "stale"


class ThingState(StrEnum):
    """How one of the three things stands at a gate."""

    THERE = "there"
    MISSING = "missing"
    #: Not what was signed any more.
    CHANGED = "changed"
    #: The plan says that it follows.
    LATER = "later"


@dataclass(frozen=True)
class Gate:
    """One of the three gates, and how document, plan and material stand at it."""

    name: str
    things: tuple[tuple[str, ThingState], ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is missing at it."""
        return all(
            state in {ThingState.THERE, ThingState.LATER} for _, state in self.things
        )


def of_case(session: Session, case: Case) -> Interpretation | None:
    """Return the interpretation that a case makes, or whose effect it looks at."""
    return session.scalars(
        select(Interpretation).where(
            (Interpretation.case_id == case.id)
            | (Interpretation.evaluation_case_id == case.id)
        )
    ).one_or_none()


def begun(work: Work, case: Case, document: Document) -> Interpretation:
    """Return the interpretation of a document that a case makes, new if need be.

    谁起草谁解读: it is the drafting organisation's; of a joint document the lead
    one's, which drafts it.
    """
    found = of_case(work.session, case)
    if found is None:
        found = Interpretation(
            document_id=document.id,
            case_id=case.id,
            organisation_id=document.agency_id,
        )
        found.document = document
        work.session.add(found)
        work.session.flush()
    return found


def to_explain(work: Work, agency: Organisation) -> Sequence[Document]:
    """Return the documents that an agency has drafted, which everybody may find and
    nobody is explaining just now; the newest first."""
    explaining = (
        select(Interpretation.document_id)
        .join(Case, Case.id == Interpretation.case_id)
        .where(
            Interpretation.state.in_(
                (InterpretationState.DRAFTING, InterpretationState.SIGNED)
            ),
            Case.status == CaseStatus.OPEN,
        )
    )
    return work.session.scalars(
        select(Document)
        .where(
            Document.agency_id == agency.id, published(), Document.id.not_in(explaining)
        )
        .order_by(Document.published_at.desc(), Document.id.desc())
        .limit(MOST_OFFERED)
    ).all()


def published_for(session: Session, document: Document) -> Sequence[Interpretation]:
    """Return the published interpretations of a document, oldest first."""
    return session.scalars(
        select(Interpretation)
        .where(
            Interpretation.document_id == document.id,
            Interpretation.state == InterpretationState.PUBLISHED,
        )
        .order_by(Interpretation.published_at, Interpretation.id)
    ).all()


def papers_of(interpretation: Interpretation) -> list[Paper]:
    """Return the material: the papers that came with this interpretation's case."""
    return [
        paper
        for paper in interpretation.document.papers_of(PaperRole.INTERPRETATION)
        if paper.versions and paper.versions[0].case_id == interpretation.case_id
    ]


def material_of(interpretation: Interpretation) -> list[PaperVersion]:
    """Return the newest office version of each paper of the material."""
    newest = (paper.newest(VersionKind.OFFICE) for paper in papers_of(interpretation))
    return [version for version in newest if version is not None]


def text_of(document: Document) -> PaperVersion | None:
    """Return the document's text as the office has it now."""
    return document.text.newest(VersionKind.OFFICE) if document.text else None


def follows(interpretation: Interpretation) -> bool:
    """Tell whether it is made after its document was published, in a case of its
    own."""
    return interpretation.case_id != interpretation.document.case_id


def is_later(interpretation: Interpretation) -> bool:
    """Tell whether the plan leaves the material to a case after the publication."""
    return interpretation.timing == Timing.AFTER and not follows(interpretation)


def standing(work: Work, document: Document) -> Standing:
    """Return what the signature in the document's own case is worth.

    A signature speaks of the text and of the material as they were; if either
    changes, it stands no more.
    """
    found = work.session.scalars(
        select(Interpretation).where(Interpretation.case_id == document.case_id)
    ).one_or_none()
    return standing_of(work, found) if found else Standing.NONE


def standing_of(work: Work, interpretation: Interpretation) -> Standing:
    """Return what the signature on one interpretation is worth."""
    if interpretation.signed_at is None:
        return Standing.NONE
    if _text_changed(interpretation) or _material_changed(work, interpretation):
        return Standing.STALE
    return Standing.PLANNED if is_later(interpretation) else Standing.SIGNED


def _text_changed(interpretation: Interpretation) -> bool:
    text = text_of(interpretation.document)
    return text is None or text.file.sha256 != interpretation.signed_text


def _material_changed(work: Work, interpretation: Interpretation) -> bool:
    if is_later(interpretation):
        return False
    signed = work.session.execute(
        select(PaperVersion.paper_id, Opinion.sha256)
        .join(PaperVersion, PaperVersion.id == Opinion.version_id)
        .where(
            Opinion.case_id == interpretation.case_id,
            Opinion.step == SIGNING,
            Opinion.outcome == "signed",
            Opinion.given_at == interpretation.signed_at,
            Opinion.voided_at.is_(None),
        )
    ).all()
    now = {(each.paper_id, each.file.sha256) for each in material_of(interpretation)}
    return not now or now != {(paper, sha256) for paper, sha256 in signed}


def void_signature(work: Work, interpretation: Interpretation, why: str) -> None:
    """Take a signature back, because the material must be changed: it is made anew
    when the interpretation is called for again."""
    if interpretation.signed_at is None:
        return
    interpretation.state = InterpretationState.DRAFTING
    interpretation.first_interpreter_id = None
    interpretation.signed_at, interpretation.signed_text = None, ""
    work.record(
        interpretation.case,
        "interpretation_voided",
        f"解读要重新签发：{why}。",
        data={"interpretation": interpretation.public_id},
    )
    work.session.flush()


def carry_over(work: Work, document: Document, before: PaperVersion) -> None:
    """Let a signature hold for the newest version of the document's text, which says
    the same as the one before it in other bytes: it bears the seal (用印)."""
    text = text_of(document)
    if text is None:
        return
    for each in work.session.scalars(
        select(Interpretation).where(
            Interpretation.document_id == document.id,
            Interpretation.signed_text == before.file.sha256,
        )
    ):
        each.signed_text = text.file.sha256
    work.session.flush()


def gates(
    work: Work, document: Document, interpretation: Interpretation | None
) -> tuple[Gate, ...]:
    """Return how document, plan and material stand at the three gates (三同步)."""
    names = settings.read(
        work.session,
        "interpretation.gates",
        on=work.today,
        organisation=document.agency,
    )
    found = interpretation
    states = (
        _there(document, found),
        _signed(work, found),
        _published(document, found),
    )
    return tuple(
        Gate(name, tuple(each.items()))
        for name, each in zip(names, states, strict=True)
    )


_States = dict[str, ThingState]


def _there(document: Document, found: Interpretation | None) -> _States:
    return {
        DOCUMENT: _if(text_of(document) is not None),
        PLAN: _if(found is not None and found.timing is not None),
        MATERIAL: _material(found, there=bool(found and material_of(found))),
    }


def _signed(work: Work, found: Interpretation | None) -> _States:
    if found is None or found.signed_at is None:
        material = _material(found, there=False)
        return {
            DOCUMENT: ThingState.MISSING,
            PLAN: ThingState.MISSING,
            MATERIAL: material,
        }
    text = ThingState.CHANGED if _text_changed(found) else ThingState.THERE
    changed = _material_changed(work, found)
    return {
        DOCUMENT: text,
        PLAN: ThingState.THERE,
        MATERIAL: ThingState.CHANGED if changed else _material(found, there=True),
    }


def _published(document: Document, found: Interpretation | None) -> _States:
    """The plan stays in the house; document and material go out together."""
    out = found is not None and found.published_at is not None
    return {
        DOCUMENT: _if(document.published_at is not None),
        MATERIAL: _material(found, there=out),
    }


def _material(found: Interpretation | None, *, there: bool) -> ThingState:
    if found is not None and is_later(found):
        return ThingState.LATER
    return _if(there)


def _if(there: bool) -> ThingState:
    return ThingState.THERE if there else ThingState.MISSING


def note_published(work: Work, case: Case) -> None:
    """Mark what a case has published, and begin what follows from it.

    Where the plan says so, a case for the material begins, with its limit from today
    (三同步; the number of days is the plan's); where the setting says so, one that
    looks at the interpretation's effect.
    """
    found = work.session.scalars(
        select(Interpretation).where(Interpretation.case_id == case.id)
    ).one_or_none()
    if found is None or found.state == InterpretationState.PUBLISHED:
        return
    if is_later(found):
        _begin_later(work, found)
    elif found.signed_at is not None:
        found.state = InterpretationState.PUBLISHED
        found.published_at = work.now
        _begin_evaluation(work, found)


def title_of(document: Document) -> str:
    """Return what an interpretation is called; a title within a title has single marks
    (GB/T 15834-2011, 4.15).
    """
    inner = document.title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》政策解读"


def _begin_later(work: Work, planned: Interpretation) -> None:
    document = planned.document
    start(
        work,
        LATER,
        title=title_of(document)[:300],
        place=document.section,
        number_prefix="补解读",
        facts={"follows": planned.id},
        cause=planned.case,
    )


def _begin_evaluation(work: Work, published: Interpretation) -> None:
    document = published.document
    kinds = settings.read(
        work.session,
        "interpretation.evaluate",
        on=work.today,
        organisation=document.agency,
    )
    if document.kind not in kinds:
        return
    case = start(
        work,
        EVALUATION,
        title=f"{title_of(document)}效果"[:300],
        place=document.section,
        number_prefix="解读评估",
        cause=published.case,
    )
    published.evaluation_case_id = case.id
    work.session.flush()
