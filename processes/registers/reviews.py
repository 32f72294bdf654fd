"""Reviews before publication: their rounds, and whether every paper has passed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import Work
from models.documents import PaperVersion
from models.reviews import Determination, ReviewResult, ReviewRound
from models.workflow import Case
from processes.registers import opinions, papers

#: 初审, 复审, 终审: the steps of the secrecy review by level.
SECRECY_STEPS = ("secrecy_first", "secrecy_second", "secrecy_final")
CONTENT_STEP = "content_review"

LEVEL_NAMES = ("初审", "复审", "终审")


def newest_round(session: Session, case: Case) -> ReviewRound | None:
    """Return the newest review of a case, open or closed."""
    return session.scalars(
        select(ReviewRound)
        .where(ReviewRound.case_id == case.id)
        .order_by(ReviewRound.number.desc())
        .limit(1)
    ).one_or_none()


def determinations(session: Session, round_: ReviewRound) -> list[Determination]:
    """Return what was asked of other authorities in a round, the newest first."""
    return list(
        session.scalars(
            select(Determination)
            .where(Determination.round_id == round_.id)
            .order_by(Determination.id.desc())
        )
    )


def required_steps(round_: ReviewRound) -> tuple[str, ...]:
    """Return the steps whose agreement a public copy needs."""
    return (*SECRECY_STEPS[: round_.levels], CONTENT_STEP)


def was_withheld(work: Work, case: Case) -> bool:
    """Tell whether all that an authority has found not to be public in this case is
    to leave again, as it was (Art 17(3))."""
    now = {version.file.sha256 for version in papers.leaving(work, case)}
    rounds = work.session.scalars(
        select(ReviewRound).where(
            ReviewRound.case_id == case.id, ReviewRound.result == ReviewResult.WITHHELD
        )
    )
    return any(_bytes_of(work, round_) <= now for round_ in rounds)


def _bytes_of(work: Work, round_: ReviewRound) -> set[str]:
    covered = select(PaperVersion).where(PaperVersion.id.in_(round_.covers))
    return {version.file.sha256 for version in work.session.scalars(covered)}


def unreviewed(work: Work, case: Case) -> list[PaperVersion]:
    """Return the papers that must not leave yet (Art 17(2)).

    Their public copy is missing, was made of an older text, or lacks an opinion on
    exactly its bytes. Nothing is published while this is not empty.
    """
    round_ = newest_round(work.session, case)
    leaving = list(papers.leaving(work, case))
    if round_ is None:
        return leaving
    required = set(required_steps(round_))
    return [
        version for version in leaving if not _reviewed(work, case, version, required)
    ]


def _reviewed(
    work: Work, case: Case, version: PaperVersion, required: set[str]
) -> bool:
    copy = version.paper.public_copy
    if copy is None or version.locked_at is not None:
        return False
    return opinions.agreed_steps(work, case, copy) >= required
