"""What each step records. The diagram decides what happens next."""

from typing import Any

from engine.authoring import Facts, Step, escalate
from processes.review_and_litigation import answering, ending, entering


def register_challenge(step: Step, values: dict[str, Any]) -> Facts:
    """登记复议、诉讼 by the clerk."""
    return entering.enter(step, values)


def enter_challenge(step: Step, values: dict[str, Any]) -> Facts:
    """登记复议、诉讼 by the legal reviewer."""
    return entering.enter(step, values)


def draft_defence(step: Step, values: dict[str, Any]) -> Facts:
    """起草答复书、答辩状."""
    return answering.draft_defence(step, values)


def legal_check_defence(step: Step, values: dict[str, Any]) -> Facts:
    """法制审核."""
    return answering.judge(step, values)


def approve_defence(step: Step, values: dict[str, Any]) -> Facts:
    """审批答复书、答辩状."""
    return answering.judge(step, values)


def submit_defence(step: Step, values: dict[str, Any]) -> Facts:
    """提交登记."""
    return answering.submit_defence(step, values)


def await_result(step: Step, values: dict[str, Any]) -> Facts:
    """等待结果."""
    return ending.await_result(step, values)


def carry_out_result(step: Step, values: dict[str, Any]) -> Facts:
    """重新处理."""
    return ending.carry_out_result(step, values)


def archive_challenge(step: Step, values: dict[str, Any]) -> Facts:
    """归档."""
    return ending.archive_challenge(step, values)


def escalate_challenge(step: Step) -> Facts:
    """提醒答复期限."""
    return {"escalate_challenge": escalate(step)}


def challenge_escalate_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}
