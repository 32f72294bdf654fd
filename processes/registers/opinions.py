"""Opinions: a person's word on the bytes that were read, and on no others."""

from sqlalchemy import select

from engine.authoring import Step, Work
from models.documents import PaperVersion
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
        if opinion.outcome in AGREEING and opinion.sha256 == version.file.sha256
    }
