"""Corrections for the demonstration office: one put right, one whose limit is near."""

from engine.authoring import Demonstration, complete, files, open_tasks
from processes.record_correction.requesting import begin
from processes.registers import record_corrections

CLERK, SECTION, HEAD = "wenzhixin", "shenqing", "hewangzhi"

#: Invented people: no such place has this division code.
_ASKERS = (
    {
        "name": "卢青禾",
        "identity_number": "50019919850412021X",
        "phone": "13800010001",
        "record": "2025年老年食堂运营补贴发放登记表",
        "wrong": "受补贴天数212天",
        "right": "受补贴天数221天",
    },
    {
        "name": "辛伯言",
        "identity_number": "500199197211031040",
        "phone": "13800010002",
        "record": "2025年度财政票据领用登记",
        "wrong": "领用单位名称缺“第二”两字",
        "right": "云川第二建筑工程有限公司（演示）",
    },
)


def fill(office: Demonstration) -> None:
    """Let 区财政局 put records right through the weeks before today."""
    office.at(26, "09:30")
    done = _registers(office, 0)
    office.at(18, "10:00")
    office.does(
        *(SECTION, done, "check_record"),
        outcome="checked",
        found="wrong",
        facts="核对食堂的签到表，登记时把221写成了212。",
    )
    office.at(17, "10:00")
    office.does(
        *(CLERK, done, "decide_correction"),
        outcome="submitted",
        decision="corrected",
        corrected_on=str(office.day(17)),
        corrected_to="受补贴天数221天",
    )
    office.does(HEAD, done, "approve_correction", outcome="approved")
    # Received eighteen working days ago: two are left of twenty.
    office.at(17, "15:00")
    near = _registers(office, 1, received=18)
    office.at(15, "14:00")
    office.does(
        *(CLERK, done, "serve_correction"),
        outcome="served",
        way="post",
        sent_on=str(office.day(15)),
        tracking_number="XA00000000029",
    )
    office.does(
        *(CLERK, done, "archive_correction"), outcome="archived", retention="10年"
    )
    office.at(2, "15:30")
    office.does(
        *(SECTION, near, "check_record"),
        outcome="checked",
        found="wrong",
        facts="领用时按简称登记，漏了“第二”两字。",
    )


def _registers(
    office: Demonstration, number: int, *, received: int | None = None
) -> int:
    with office.act(CLERK) as work:
        case = begin(work)
        root_id = work.actor.root_id or case.root_id
        proof = files.store(
            work, "证明材料.txt", "证明材料（演示）。".encode(), root_id=root_id
        )
        sections = record_corrections.sections_of(work.session, case)
        section = next(each for each in sections if "预算科" in each.short_name)
        (task,) = open_tasks(work, case)
        day = office.day(received) if received else work.today
        answers = {
            "outcome": "registered",
            "received_on": day.isoformat(),
            "identity_kind": "resident_card",
            "address": "云川区青云路8号",
            "evidence": proof.public_id,
            "section": section.public_id,
            **_ASKERS[number],
        }
        complete(work, task, revision=task.revision, answers=answers)
        return case.id
