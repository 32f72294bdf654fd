"""Limits that pass while nobody acts: each escalation lies in the right list, once."""

from pathlib import Path

from tests.journeys.acts import (
    TITLE,
    acknowledges,
    decides,
    drafts,
    notice,
    reminders,
    waits_for,
)
from tests.journeys.conftest import People, Server

OVERDUE = "区财政局 拟稿500199003-2026-0001 的“{}”应于{}办结，已经逾期。"
SOON = "区财政局 拟稿500199003-2026-0001 的“{}”{}到期。"


def test_every_escalation_of_a_matter_is_found_once_by_those_whom_it_concerns(
    staff: People, served: Server, tmp_path: Path
) -> None:
    # On Monday, 2 March; 科室审核 has two working days, to Wednesday.
    drafts(staff.shen, notice(tmp_path, "四月举办培训。\n"), TITLE)
    late = OVERDUE.format("科室审核", "3月4日")

    served.set_clock("2026-03-05", "09:00")  # Thursday: the head of the bureau
    waits_for(staff.luo, late)
    assert reminders(staff.luo) == [late]
    assert reminders(staff.liang) == []
    acknowledges(staff.luo, late)
    assert reminders(staff.luo) == []

    served.set_clock("2026-03-09", "09:00")  # Monday: the superior's office as well
    waits_for(staff.liang, late)
    assert reminders(staff.liang) == [late]
    assert reminders(staff.luo) == []
    acknowledges(staff.liang, late)
    # 签发 has two working days, to Wednesday, 11 March.
    decides(staff.ma, TITLE, "同意", "属实。")

    served.set_clock("2026-03-12", "09:00")  # Thursday
    late = OVERDUE.format("签发", "3月11日")
    waits_for(staff.luo, late)
    assert reminders(staff.luo) == [late]
    # What the signature was asked for is told no more once it is there.
    decides(staff.luo, TITLE, "签发")
    assert reminders(staff.luo) == []

    # 用印 has one working day, to Friday, 13 March; 主动公开 has twenty, to Friday,
    # 10 April.
    # The runner sees neither pass: it is asked on Monday, 20 April.
    served.set_clock("2026-04-20", "09:00")
    sealing = OVERDUE.format("用印", "3月13日")
    soon = SOON.format("主动公开", "4月10日")
    publishing = OVERDUE.format("主动公开", "4月10日")
    waits_for(staff.liang, publishing)
    assert reminders(staff.ma) == [soon]
    assert reminders(staff.tang) == [soon]
    assert reminders(staff.luo) == [sealing, publishing]
    assert reminders(staff.liang) == [sealing, publishing]
    assert reminders(staff.qin) == reminders(staff.yin) == []

    # Who has read it finds it no more; who has not, until it is done.
    acknowledges(staff.luo, publishing)
    decides(staff.yin, TITLE, "已用印")
    assert reminders(staff.luo) == []
    assert reminders(staff.liang) == [publishing]
