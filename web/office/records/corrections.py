"""A record that somebody finds wrong, beside its forms: a recorded look each time."""

from collections.abc import Mapping
from typing import Any

from engine.errors import NotFound
from engine.work import Work
from models.challenges import (
    CORRECTION_OUTCOME_NAMES,
    CorrectionOutcome,
    RecordCorrection,
)
from models.people import Role
from models.workflow import Case
from processes.registers import letters, record_corrections
from web.office.records.shape import Record

#: Who writes to the applicant; the section needs what the record says, no more.
_READ_CONTACT = (Role.DISCLOSURE_CLERK, Role.DISCLOSURE_HEAD, Role.UNIT_HEAD)

_CONTACT = {
    "identity_kind": "证件",
    "identity_number": "证件号码",
    "credit_code": "统一社会信用代码",
    "phone": "联系电话",
    "address": "通信地址",
}

_FOUND = {
    "wrong": "记录不准确，本机关有权更正",
    "right": "记录准确",
    "not_ours": "本机关无权更正",
}


def record(work: Work, case: Case) -> Record:
    """Return what somebody asks to be put right."""
    sections = [
        (each.public_id, each.name)
        for each in record_corrections.sections_of(work.session, case)
    ]
    try:
        correction = record_corrections.correction_of(work.session, case)
    except NotFound:
        return Record(offers={"section": sections})
    asked = record_corrections.asked(work, correction)
    handled = record_corrections.handled(work, correction)
    return Record(
        "office/records/correction.html",
        {
            "correction": correction,
            "asked": asked,
            "contact": _contact(work, correction, asked),
            "found": _FOUND.get(handled.get("found", ""), ""),
            "handled": handled,
            "outcome": _outcome(handled),
            "letters": letters.letters_of(work, case),
        },
        {
            "decide_correction": handled,
            "archive_correction": {"retention": correction.retention or "30年"},
        },
        {"section": sections},
    )


def _contact(
    work: Work, correction: RecordCorrection, asked: Mapping[str, Any]
) -> list[tuple[str, str]]:
    may_read = any(
        held.agency_id == correction.agency_id and held.role in _READ_CONTACT
        for held in work.actor.roles
    )
    if not may_read:
        return []
    return [(words, asked[name]) for name, words in _CONTACT.items() if asked.get(name)]


def _outcome(handled: Mapping[str, Any]) -> str:
    decided = handled.get("decision")
    return CORRECTION_OUTCOME_NAMES[CorrectionOutcome(decided)] if decided else ""
