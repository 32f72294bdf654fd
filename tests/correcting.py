"""A record that somebody finds wrong, and how the office puts it right."""

from typing import Any

from processes.registers import record_corrections
from tests.asking import IDENTITY
from tests.office import Matter, Office

#: What somebody says at the counter, as the clerk types it in.
COMPLAINT: dict[str, Any] = {
    "received_on": "2026-03-02",
    "name": "张晓明",
    "identity_kind": "resident_card",
    "identity_number": IDENTITY,
    "phone": "13800138000",
    "address": "云川区青云路8号",
    "record": "2025年度财政补贴发放登记表",
    "wrong": "家庭人口3人",
    "right": "家庭人口4人",
}


def begins(office: Office) -> Matter:
    """Open a case at the counter of 区财政局."""
    begin = office.engine.definitions.process(record_corrections.PROCESS).begin
    assert begin is not None
    with office.wen.work() as work:
        return Matter(office, begin(work).id)


def requested(office: Office, **typed: Any) -> Matter:
    """Let the clerk register what somebody says of a record that 预算科 keeps."""
    matter = begins(office)
    does(office, matter, "register_correction", **typed)
    return matter


def checked(office: Office, found: str = "wrong", **typed: Any) -> Matter:
    """A correction that 预算科 has looked into."""
    matter = requested(office, **typed)
    does(office, matter, "check_record", found=found)
    return matter


DECISIONS: dict[str, dict[str, str]] = {
    "corrected": {"corrected_on": "2026-03-02", "corrected_to": "家庭人口4人"},
    "transferred": {
        "other_agency": "云川区民政局",
        "reasons": "记录由区民政局登记，本机关只是使用。",
    },
    "told_where": {
        "other_agency": "云川区民政局",
        "other_contact": "电话12345",
        "reasons": "记录由区民政局登记，本机关只是使用。",
    },
    "refused": {"reasons": "户口簿载明家庭人口3人，记录准确。"},
}
#: What the section must have found for each decision.
FOUND = {
    "corrected": "wrong",
    "transferred": "not_ours",
    "told_where": "not_ours",
    "refused": "right",
}


def decided(office: Office, decision: str = "corrected", **typed: Any) -> Matter:
    """A correction with a decision that waits for its approval."""
    matter = checked(office, FOUND[decision])
    does(
        *(office, matter, "decide_correction"),
        **{"decision": decision, **DECISIONS[decision], **typed},
    )
    return matter


def does(office: Office, matter: Matter, element: str, **typed: Any) -> None:
    """Let the usual person do a step, with what is typed instead of the usual."""
    person = office.usual_person(matter, element)
    answers = {**usual(office, element), **typed}
    if element == "register_correction" and "evidence" not in answers:
        answers["evidence"] = person.uploads("户口簿：家庭人口4人。")
    person.does(matter, element, **answers)


def usual(office: Office, element: str) -> dict[str, Any]:
    """Return what is answered at a step when nothing is wrong, dated today."""
    today = office.today
    return {
        "register_correction": {
            "outcome": "registered",
            **COMPLAINT,
            "section": office.public_id("预算科"),
        },
        "check_record": {
            "outcome": "checked",
            "found": "wrong",
            "facts": "对照户口簿，人口少登记1人。",
        },
        "decide_correction": {
            "outcome": "submitted",
            "decision": "corrected",
            **DECISIONS["corrected"],
        },
        "approve_correction": {"outcome": "approved"},
        "serve_correction": {
            "outcome": "served",
            "way": "post",
            "sent_on": today,
            "tracking_number": "XA12345678911",
        },
        "archive_correction": {"outcome": "archived", "retention": "10年"},
    }[element]


#: The steps that `usual` knows.
STEPS = frozenset(
    {
        *("register_correction", "check_record", "decide_correction"),
        *("approve_correction", "serve_correction", "archive_correction"),
    }
)
