"""退文: back to the drafter with a coded reason, counted for the organisation."""

from sqlalchemy import select

from engine.authoring import Step
from models.workflow import Task, TaskKind, TaskStatus
from processes.registers.documents import returns_of


def return_draft(step: Step, reason: str) -> None:
    """Return the last submission for a reason that nobody has to find by reading.

    A submission without a proposed attribute, or without a lawful reason for not
    being public, may be returned (国办发〔2016〕80号 part 一(一)).
    """
    submission = step.work.session.scalars(
        select(Task)
        .where(Task.case_id == step.case.id, Task.element == "draft")
        .where(Task.kind == TaskKind.WORK, Task.status == TaskStatus.DONE)
        .order_by(Task.id.desc())
        .limit(1)
    ).one()
    submission.reason = reason
    step.work.session.flush()
    words = step.process.texts.reasons[reason]
    count = returns_of(step.work, step.case.agency, step.work.today.year)
    step.work.record(
        step.case,
        "document_returned",
        f"系统退文：{words}。这是{step.case.agency.short_name}今年第{count}次退文。",
        data={"reason": reason},
    )
