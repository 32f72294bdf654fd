"""What each step records. The diagram decides what happens next."""

from typing import Any

from engine.authoring import Facts, Step, escalate
from processes.information_request import (
    answering,
    closing,
    examining,
    explaining,
    handling,
    intake,
)


def register_request(step: Step, values: dict[str, Any]) -> Facts:
    """登记申请."""
    return intake.register_request(step, values)


def receive_request(step: Step) -> Facts:
    """起算期限."""
    return intake.receive_request(step)


def confirm_receipt(step: Step, values: dict[str, Any]) -> Facts:
    """确认收到."""
    return intake.confirm_receipt(step, values)


def examine_request(step: Step, values: dict[str, Any]) -> Facts:
    """初步审查."""
    return examining.examine_request(step, values)


def send_clarification(step: Step, values: dict[str, Any]) -> Facts:
    """发补正告知."""
    return examining.send_clarification(step, values)


def record_clarification_service(step: Step, values: dict[str, Any]) -> Facts:
    """登记补正告知送达."""
    return examining.record_clarification_service(step, values)


def await_correction(step: Step, values: dict[str, Any]) -> Facts:
    """等待补正."""
    return examining.await_correction(step, values)


def lapse_correction(step: Step) -> Facts:
    """逾期不补正."""
    return closing.lapse_correction(step)


def search_request(step: Step, values: dict[str, Any]) -> Facts:
    """检索."""
    return handling.search_request(step, values)


def handle_request(step: Step, values: dict[str, Any]) -> Facts:
    """办理."""
    return handling.handle_request(step, values)


def confirm_void(step: Step, values: dict[str, Any]) -> Facts:
    """确认登记有误."""
    return closing.confirm_void(step, values)


def approve_extension(step: Step, values: dict[str, Any]) -> Facts:
    """审批延期."""
    return handling.approve_extension(step, values)


def send_extension(step: Step, values: dict[str, Any]) -> Facts:
    """告知延期."""
    return handling.send_extension(step, values)


def send_notice(step: Step, values: dict[str, Any]) -> Facts:
    """发告知书."""
    return explaining.send_notice(step, values)


def approve_fee(step: Step, values: dict[str, Any]) -> Facts:
    """审批收费."""
    return handling.approve_fee(step, values)


def send_fee_notice(step: Step, values: dict[str, Any]) -> Facts:
    """发收费通知."""
    return handling.send_fee_notice(step, values)


def record_fee_service(step: Step, values: dict[str, Any]) -> Facts:
    """登记收费通知送达."""
    return handling.record_fee_service(step, values)


def await_payment(step: Step, values: dict[str, Any]) -> Facts:
    """等待缴费."""
    return handling.await_payment(step, values)


def lapse_payment(step: Step) -> Facts:
    """逾期不缴费."""
    return closing.lapse_payment(step)


def draft_answer(step: Step, values: dict[str, Any]) -> Facts:
    """拟答复."""
    return answering.draft_answer(step, values)


def legal_check_answer(step: Step, values: dict[str, Any]) -> Facts:
    """法制审核."""
    return answering.legal_check_answer(step, values)


def sign_answer(step: Step, values: dict[str, Any]) -> Facts:
    """签发答复."""
    return answering.sign_answer(step, values)


def serve_answer(step: Step, values: dict[str, Any]) -> Facts:
    """送达答复."""
    return answering.serve_answer(step, values)


def close_withdrawn(step: Step) -> Facts:
    """登记撤回."""
    return closing.close_withdrawn(step)


def notify_closing(step: Step, values: dict[str, Any]) -> Facts:
    """结案告知."""
    return closing.notify_closing(step, values)


def archive_request(step: Step, values: dict[str, Any]) -> Facts:
    """归档."""
    return closing.archive_request(step, values)


def escalate_answer(step: Step) -> Facts:
    """提醒答复期限 (Art 33).

    The watch goes on: a correction or a payment begins the limit anew.
    """
    escalate(step)
    return {"escalate_answer": step.case.carries_limits}


def closing_escalate_step(step: Step) -> Facts:
    """提醒结案期限."""
    escalate(step)
    return {}


def request_escalate_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}
