"""What is filled in about a record that somebody finds wrong."""

from engine.authoring import (
    Form,
    asked_with,
    choice,
    day,
    line,
    offered,
    opinion,
    outcome,
    paragraph,
    upload,
)
from models.challenges import CorrectionOutcome
from models.letters import ServiceWay
from processes.record_correction.reasons import RETURN_REASONS
from processes.registers.identity import IdentityKind

_CORRECTED, _TRANSFERRED = CorrectionOutcome.CORRECTED, CorrectionOutcome.TRANSFERRED
_TOLD_WHERE, _REFUSED = CorrectionOutcome.TOLD_WHERE, CorrectionOutcome.REFUSED


class RegisterCorrection(Form):
    """登记更正申请: who asks, which record, what is wrong, and the proof."""

    received_on = day()
    name = line(longest=100)
    identity_kind = choice([kind.value for kind in IdentityKind])
    identity_number = line(longest=40)
    phone = line(longest=40)
    address = line()
    electronic_service = choice(("no", "yes"), required=False)
    record = line(longest=100)
    wrong = paragraph(longest=2000)
    right = paragraph(longest=2000)
    evidence = upload()
    section = offered()
    outcome = outcome("registered")


class CheckRecord(Form):
    """核实记录, by the section that keeps it."""

    found = choice(("wrong", "right", "not_ours"))
    facts = paragraph(longest=3000)
    proof = upload(required=False)
    outcome = outcome("checked")


class DecideCorrection(Form):
    """拟处理决定: put right, passed on, told where to go, or refused with reasons."""

    decision = choice(
        [each.value for each in CorrectionOutcome], required=False, conditional=True
    )
    corrected_on = asked_with(day(required=False), "decision", _CORRECTED)
    corrected_to = asked_with(
        paragraph(required=False, longest=2000), "decision", _CORRECTED
    )
    other_agency = asked_with(
        line(required=False), "decision", _TRANSFERRED, _TOLD_WHERE
    )
    other_contact = asked_with(line(required=False), "decision", _TOLD_WHERE)
    reasons = asked_with(
        paragraph(required=False, longest=2000),
        *("decision", _TRANSFERRED, _TOLD_WHERE, _REFUSED),
    )
    opinion = opinion()
    outcome = outcome("submitted", "back")


class ApproveCorrection(Form):
    """审批, by somebody who has not drafted it; the letters are issued with it."""

    opinion = opinion()
    reason = choice(RETURN_REASONS, required=False, only_for="returned")
    outcome = outcome("approved", "returned")


class ServeCorrection(Form):
    """送达, with its proof."""

    way = choice([way.value for way in ServiceWay])
    sent_on = day()
    served_on = day(required=False, conditional=True)
    tracking_number = line(required=False, longest=40)
    remark = paragraph(required=False, longest=500)
    proof = upload(required=False)
    outcome = outcome("served", "failed")


class ArchiveCorrection(Form):
    """归档."""

    retention = line(longest=20)
    opinion = opinion()
    outcome = outcome("archived")
