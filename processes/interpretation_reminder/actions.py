"""What the reminder records."""

from typing import Any

from engine.authoring import Facts, Step, escalate


def interpretation_arrange(step: Step, values: dict[str, Any]) -> Facts:
    """安排本年度解读: kept in the history, in the head's words."""
    step.work.record(
        step.case,
        "interpretation_arranged",
        f"{step.work.actor.name}安排本年度解读。",
        quotation=values["arrangement"],
    )
    return {}


def interpretation_reminder_escalate(step: Step) -> Facts:
    """提醒安排."""
    escalate(step)
    return {}
