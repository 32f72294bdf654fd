"""A 复议 or 诉讼 against a request, and how the office answers, in its words."""

from typing import Any

from processes.registers import challenges
from tests.asking import (
    ALREADY_PUBLIC,
    Asked,
    answered,
    drafted,
    examined,
    received,
)
from tests.office import Actor, Matter, Office

#: What the notice of 复议机关 says, as it is typed in.
RECONSIDERATION: dict[str, Any] = {
    "kind": "reconsideration",
    "is_summary": "no",
    "body": "云川区人民政府",
    "body_number": "云府复〔2026〕3号",
    "notified_on": "2026-03-02",
    "subject": "2025年部门预算执行情况",
}
LAWSUIT = {
    "kind": "litigation",
    "body": "云川区人民法院",
    "body_number": "（2026）云01行初7号",
    "notified_on": "2026-03-02",
    "subject": "2025年部门预算执行情况",
}
DEFENCE = {
    "statement": "答复在期限内作出，内容合法。",
    "evidence": "答复书，证明按时答复\n送达回证，证明已经送达",
    "norms": "《政府信息公开条例》第36条",
}


def begins(office: Office, person: Actor | None = None) -> Matter:
    """Open a case for papers that came to 区财政局."""
    begin = office.engine.definitions.process(challenges.PROCESS).begin
    assert begin is not None
    with (person or office.wen).work() as work:
        return Matter(office, begin(work).id)


def challenged(
    office: Office, complaint: dict[str, Any], request: Asked | None = None
) -> Matter:
    """Let the clerk of 区财政局 register what came, about a request if one is named."""
    matter = begins(office)
    typed = dict(complaint)
    if request is not None:
        typed["request"] = public_id(request)
    office.wen.does(matter, "register_challenge", outcome="registered", **typed)
    return matter


def public_id(request: Asked) -> str:
    """Return the public id of a request."""
    with request.office.engine.read() as work:
        return request.row(work).public_id


def request_answered(office: Office) -> Asked:
    """A request of Monday, 2 March 2026 that is answered and archived."""
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    answered(office, asked)
    return asked


def defended(office: Office, matter: Matter) -> None:
    """Let the office draft, check and approve its answer."""
    for element in ("draft_defence", "legal_check_defence", "approve_defence"):
        does(office, matter, element)


def does(office: Office, matter: Matter, element: str, **typed: Any) -> None:
    """Let the usual person do a step, with what is typed instead of the usual."""
    person = office.usual_person(matter, element)
    answers = {**usual(office, element), **typed}
    if element == "draft_defence":
        answers = {"files": [person.uploads()], **answers}
    person.does(matter, element, **answers)


def usual(office: Office, element: str) -> dict[str, Any]:
    """Return what is answered at a step when nothing is wrong, dated today."""
    today = office.today
    return {
        "register_challenge": {"outcome": "registered", **RECONSIDERATION},
        "enter_challenge": {"outcome": "registered", **RECONSIDERATION},
        "draft_defence": {"outcome": "submitted", **DEFENCE},
        "legal_check_defence": {"outcome": "agreed"},
        "approve_defence": {"outcome": "approved"},
        "submit_defence": {
            "outcome": "submitted",
            "handed_in_on": today,
            "way": "当面交区政府行政复议窗口",
        },
        "await_result": {
            "outcome": "recorded",
            "what": "ended",
            "result": "upheld",
            "result_on": today,
        },
        "carry_out_result": {
            "outcome": "redone",
            "redone_on": today,
            "redone": "重新作出部分公开的答复。",
        },
        "archive_challenge": {"outcome": "archived", "retention": "30年"},
    }[element]


#: The steps that `usual` knows.
STEPS = frozenset(
    {
        *("register_challenge", "enter_challenge", "draft_defence"),
        *("legal_check_defence", "approve_defence", "submit_defence"),
        *("await_result", "carry_out_result", "archive_challenge"),
    }
)
