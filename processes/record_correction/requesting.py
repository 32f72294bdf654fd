"""登记: who shows that a record is wrong, with the proof; the office's limit begins."""

from typing import Any

from engine.authoring import (
    Facts,
    InvalidAnswers,
    NotAllowed,
    Step,
    Work,
    claim,
    files,
    open_tasks,
    set_parties,
    start,
)
from models.people import Organisation, Role
from models.workflow import Case, Label
from processes.registers import form_checks, record_corrections
from processes.registers.identity import (
    IDENTITY_KIND_NAMES,
    IdentityKind,
    tidy,
    wrong_number,
    wrong_phone,
)
from processes.registers.record_corrections import Complaint

#: The case's own limit.
LIMIT = "correct_record"


def begin(work: Work) -> Case:
    """Open a case for somebody at the counter.

    Raises:
        NotAllowed: the actor registers nothing anywhere.
    """
    place_id = next(
        (
            held.organisation_id
            for held in work.actor.roles
            if held.role == Role.DISCLOSURE_CLERK
        ),
        None,
    )
    if place_id is None:
        msg = "更正申请由政务公开经办人登记，您不担任这个角色。"
        raise NotAllowed(msg)
    case = start(
        work,
        record_corrections.PROCESS,
        title=record_corrections.UNREGISTERED,
        place=work.session.get_one(Organisation, place_id),
        number_prefix="更正",
        label=Label.PERSONAL,
    )
    claim(work, open_tasks(work, case)[0])
    return case


def register_correction(step: Step, values: dict[str, Any]) -> Facts:
    """登记更正申请: without proof nobody is heard (Art 41)."""
    work = step.work
    section = _section(step, values["section"])
    kind = IdentityKind(values["identity_kind"])
    errors = form_checks.past(step, values, "received_on")
    if wrong := wrong_number(kind, values["identity_number"]):
        errors["identity_number"] = [wrong]
    if wrong := wrong_phone(values["phone"]):
        errors["phone"] = [wrong]
    form_checks.refuse(errors)
    number = "credit_code" if kind == IdentityKind.CREDIT_CODE else "identity_number"
    correction = record_corrections.enter(
        work,
        step.case,
        Complaint(
            received_on=values["received_on"],
            record=values["record"],
            personal={
                **{
                    name: values[name]
                    for name in ("name", "phone", "address", "record", "wrong", "right")
                },
                "identity_kind": IDENTITY_KIND_NAMES[kind],
                number: tidy(values["identity_number"]),
            },
            evidence=files.own_upload(work, values["evidence"]),
            electronic_service=values["electronic_service"] == "yes",
        ),
    )
    set_parties(work, step.case, "consulted", [section])
    step.start_limit(LIMIT, starts_on=correction.received_on)
    step.tell(f"{work.actor.name}登记了更正申请，交{section.short_name}核实。")
    return {}


def _section(step: Step, public_id: str) -> Organisation:
    for section in record_corrections.sections_of(step.work.session, step.case):
        if section.public_id == public_id:
            return section
    raise InvalidAnswers({"section": ["从列出的科室里选"]})
