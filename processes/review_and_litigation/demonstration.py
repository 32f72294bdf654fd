"""复议 and 诉讼 for the demonstration office: one over, one to be answered soon, one
that a court has begun."""

from typing import Any

from engine.authoring import Demonstration, complete, files, open_tasks
from models.workflow import Case
from processes.review_and_litigation.entering import begin

CLERK, LEGAL, HEAD = "wenzhixin", "lianzhengze", "hewangzhi"

_DEFENCE = {
    "outcome": "submitted",
    "statement": "答复在法定期限内作出，程序合法，依据充分，请求维持。",
    "evidence": "答复书，证明按时答复\n送达回证，证明已经送达",
    "norms": "《政府信息公开条例》第三十三条、第三十六条",
}
_BODY = {
    "kind": "reconsideration",
    "is_summary": "no",
    "body": "云川区人民政府",
}


def fill(office: Demonstration) -> None:
    """Let 区财政局 answer for how it handled requests in the weeks before today."""
    office.at(40, "09:10")
    upheld = _registers(
        office, "2022年项目评审结论", **_BODY, body_number="云川府复〔演示〕1号"
    )
    office.at(37, "10:00")
    _defends(office, upheld)
    office.does(HEAD, upheld, "approve_defence", outcome="approved")
    office.at(36, "10:00")
    office.does(
        *(CLERK, upheld, "submit_defence"),
        outcome="submitted",
        handed_in_on=str(office.day(36)),
        way="当面交区政府行政复议窗口",
    )
    office.at(12, "10:00")
    office.does(
        *(CLERK, upheld, "await_result"),
        outcome="recorded",
        what="ended",
        result="upheld",
        result_on=str(office.day(12)),
        result_number="云川府复决〔演示〕1号",
    )
    office.does(
        *(CLERK, upheld, "archive_challenge"), outcome="archived", retention="30年"
    )
    # Ten working days to answer 复议, of which two are left.
    office.at(8, "09:20")
    near = _registers(
        office, "区级预备费动用情况", **_BODY, body_number="云川府复〔演示〕7号"
    )
    office.at(3, "16:00")
    _defends(office, near)
    office.at(1, "11:00")
    _registers(
        *(office, "柳巷老年食堂改造的评审报告"),
        kind="litigation",
        body="云川区人民法院",
        body_number="（演示）云01行初9号",
    )


def _registers(office: Demonstration, subject: str, **typed: Any) -> int:
    with office.act(CLERK) as work:
        case = begin(work)
        (task,) = open_tasks(work, case)
        answers = {
            "outcome": "registered",
            "subject": subject,
            "notified_on": work.today.isoformat(),
            **typed,
        }
        complete(work, task, revision=task.revision, answers=answers)
        return case.id


def _defends(office: Demonstration, case_id: int) -> None:
    with office.act(CLERK) as work:
        root_id = work.session.get_one(Case, case_id).root_id
        text = "答复书和证据目录（演示）。".encode()
        kept = files.store(work, "答复书.txt", text, root_id=root_id)
        answer = kept.public_id
    office.does(CLERK, case_id, "draft_defence", **_DEFENCE, files=[answer])
    office.does(LEGAL, case_id, "legal_check_defence", outcome="agreed")
