"""Opinions: a person's word on the bytes that were read, and on no others."""

from collections.abc import Sequence

from sqlalchemy import select, update

from engine.authoring import Step, Work, visible_to
from models.documents import Paper, PaperRole, PaperVersion
from models.reviews import Opinion
from models.workflow import Case

#: The outcomes by which somebody lets a version go on.
AGREEING = frozenset({"agreed", "approved", "passed", "signed"})


def give(
    step: Step,
    version: PaperVersion,
    outcome: str,
    text: str = "",
    *,
    aspect: str = "",
) -> Opinion:
    """Keep a person's word on a version, bound to its bytes."""
    opinion = Opinion(
        case_id=step.case.id,
        version_id=version.id,
        sha256=version.file.sha256,
        step=step.element,
        aspect=aspect,
        outcome=outcome,
        text=text,
        given_by=step.work.actor.required_person,
        given_at=step.work.now,
    )
    step.work.session.add(opinion)
    step.work.session.flush()
    return opinion


def newest(work: Work, case: Case, version: PaperVersion) -> dict[str, Opinion]:
    """Return the newest opinion of each step on a paper, whatever version it read."""
    found: dict[str, Opinion] = {}
    for opinion in work.session.scalars(
        select(Opinion)
        .join(PaperVersion)
        .where(
            Opinion.case_id == case.id,
            Opinion.aspect == "",
            PaperVersion.paper_id == version.paper_id,
        )
        .order_by(Opinion.id)
    ):
        found[opinion.step] = opinion
    return found


def agreed_steps(work: Work, case: Case, version: PaperVersion) -> set[str]:
    """Return the steps whose newest opinion agrees to exactly these bytes."""
    return {
        step
        for step, opinion in newest(work, case, version).items()
        if opinion.outcome in AGREEING
        and opinion.sha256 == version.file.sha256
        and opinion.voided_at is None
    }


def void(work: Work, case: Case) -> None:
    """Let no opinion on a case's document count any more: it was changed, be it in the
    text or in what goes with it. An interpretation stands by itself."""
    versions = (
        select(PaperVersion.id)
        .join(Paper)
        .where(Paper.role.in_((PaperRole.TEXT, PaperRole.ATTACHMENT)))
    )
    work.session.execute(
        update(Opinion)
        .where(
            Opinion.case_id == case.id,
            Opinion.voided_at.is_(None),
            Opinion.version_id.in_(versions),
        )
        .values(voided_at=work.now)
    )


def alike(
    work: Work, case: Case, aspects: set[str], outcomes: set[str], most: int = 5
) -> Sequence[Opinion]:
    """Return what was last said of these items in other cases of the agency, as far
    as the actor may read them."""
    return work.session.scalars(
        select(Opinion)
        .join(Case, Case.id == Opinion.case_id)
        .where(
            Opinion.aspect.in_(aspects),
            Opinion.outcome.in_(outcomes),
            Case.agency_id == case.agency_id,
            Case.id != case.id,
            visible_to(work.actor),
        )
        .order_by(Opinion.given_at.desc(), Opinion.id.desc())
        .limit(most)
    ).all()
