"""What each step records. The diagram decides what happens next."""

from typing import Any

from engine.authoring import Facts, InvalidAnswers, Step, escalate, files
from models.challenges import CORRECTION_OUTCOME_NAMES, CorrectionOutcome
from models.letters import ServiceWay
from models.workflow import Label
from processes.record_correction import deciding, requesting
from processes.record_correction.requesting import LIMIT
from processes.registers import (
    form_checks,
    letters,
    record_corrections,
    service_of_letters,
)


def register_correction(step: Step, values: dict[str, Any]) -> Facts:
    """登记更正申请."""
    return requesting.register_correction(step, values)


def check_record(step: Step, values: dict[str, Any]) -> Facts:
    """核实记录."""
    correction = record_corrections.correction_of(step.work.session, step.case)
    found = {name: values[name] for name in ("found", "facts")}
    record_corrections.keep(step.work, correction, found)
    if values["proof"]:
        correction.proof = files.own_upload(step.work, values["proof"])
        files.relabel(correction.proof, Label.PERSONAL)
    words = step.process.texts.step(step.element).field("found").options
    step.tell(f"{step.work.actor.name}核实：{words[values['found']]}。")
    return {}


def decide_correction(step: Step, values: dict[str, Any]) -> Facts:
    """拟处理决定: exactly one, with what its letter must say."""
    if values["outcome"] == "back":
        if not values["opinion"]:
            raise InvalidAnswers({"opinion": ["写明还要核实什么"]})
        return {"decide_correction": "back"}
    correction = record_corrections.correction_of(step.work.session, step.case)
    outcome = deciding.decision(step, correction, values)
    said = {name: values[name] for name in deciding.SAID}
    if values["corrected_on"]:
        said["corrected_on"] = values["corrected_on"].isoformat()
    record_corrections.keep(step.work, correction, {**said, "decision": outcome.value})
    deciding.draft_letters(step, correction, outcome, values)
    step.tell(
        f"{step.work.actor.name}拟处理决定：{CORRECTION_OUTCOME_NAMES[outcome]}。"
    )
    return {"decide_correction": "submitted"}


def approve_correction(step: Step, values: dict[str, Any]) -> Facts:
    """审批处理决定: the letters go out as they stand."""
    if values["outcome"] == "returned":
        form_checks.reason_to_return(step, values)
        return {"approve_correction": "returned"}
    correction = record_corrections.correction_of(step.work.session, step.case)
    for letter in record_corrections.drafts_of(step.work, step.case):
        letters.issue(step.work, letter)
    handled = record_corrections.handled(step.work, correction)
    correction.outcome = CorrectionOutcome(handled["decision"])
    return {"approve_correction": "approved"}


def serve_correction(step: Step, values: dict[str, Any]) -> Facts:
    """送达: on the day that counts, who asked has been told."""
    work = step.work
    form_checks.refuse(form_checks.past(step, values, "sent_on"))
    if values["outcome"] == "failed":
        if not values["remark"]:
            raise InvalidAnswers({"remark": ["写明为什么没有送到"]})
        step.tell(f"{work.actor.name}登记：没有送到，再送一次。")
        return {"serve_correction": "failed"}
    correction = record_corrections.correction_of(work.session, step.case)
    way = ServiceWay(values["way"])
    service = service_of_letters.serve(
        work,
        record_corrections.notice_of(work, correction),
        way,
        values["sent_on"],
        served_on=values["served_on"],
        by_postal_enterprise=way == ServiceWay.POST,
        tracking_number=values["tracking_number"],
        consent=correction.electronic_service,
        remark=values["remark"],
        proof=files.own_upload(work, values["proof"]) if values["proof"] else None,
    )
    correction.closed_on = service.counts_on
    step.end_limit(LIMIT)
    return {"serve_correction": "served"}


def archive_correction(step: Step, values: dict[str, Any]) -> Facts:
    """归档: only what has gone out is over."""
    unsent = record_corrections.unsent(step.work, step.case)
    if unsent:
        names = "、".join(f"“{each.title}”" for each in unsent)
        sentence = f"{names}还没有登记送达：先到文书页登记"
        raise InvalidAnswers({"retention": [sentence]})
    correction = record_corrections.correction_of(step.work.session, step.case)
    correction.archived_on = step.work.today
    correction.retention = values["retention"]
    step.tell(f"{step.work.actor.name}归档，保管期限{values['retention']}。")
    return {}


def escalate_correction(step: Step) -> Facts:
    """提醒处理期限."""
    return {"escalate_correction": escalate(step)}


def correction_escalate_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}
