"""Finding what somebody has asked for by a number that identifies him, on the record.

The value is compared by the blind index alone: exactly, and stored nowhere.
"""

import re
from collections.abc import Sequence

from sqlalchemy import select

from engine.authoring import Work, personal, visible_to
from models.requests import InformationRequest
from models.workflow import Case
from processes.registers import identity, request_list

#: Under which sealed fields a value may stand.
_FIELDS = (
    *("identity_number", "agent_identity_number", "credit_code"),
    *("phone", "agent_phone", "email"),
)

#: So many digits in a row identify somebody, right or mistyped.
_DIGITS = re.compile(r"[+\d][\d-]{9,}[\dX]", re.ASCII)

MOST = 50


def identifies(text: str) -> bool:
    """Tell whether what somebody looks for would tell who a person is."""
    value = identity.tidy(text)
    return (
        _DIGITS.fullmatch(value) is not None
        or not identity.wrong_number(identity.IdentityKind.CREDIT_CODE, value)
        or not identity.wrong_phone(value)
        or not identity.wrong_email(text.strip())
    )


def find(work: Work, value: str) -> Sequence[Case]:
    """Return the cases of requests by whoever has this number, the newest first.

    Only of requests whose applicant the actor may look at. The search is recorded,
    found or not (个人信息保护法 Art 51): who searched, never for which value.
    """
    root_id = work.actor.root_id
    if root_id is None:
        return []
    forms = {value.strip(), identity.tidy(value)}
    records = {
        record.id
        for field in _FIELDS
        for form in forms
        for record in personal.find(work, root_id, field, form)
    }
    rows = work.session.execute(
        select(InformationRequest, Case)
        .join(Case, Case.id == InformationRequest.case_id)
        .where(InformationRequest.applicant_id.in_(records), visible_to(work.actor))
        .order_by(InformationRequest.id.desc())
        .limit(MOST)
    )
    found = [case for each, case in rows if request_list.may_look(work, each)]
    work.record_outside(
        "access",
        root_id,
        "personal_data_searched",
        f"{work.actor.name}按证件号码、电话或者邮箱查找申请，找到{len(found)}件。",
        cases=[case.public_id for case in found],
    )
    return found
