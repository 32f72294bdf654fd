"""Every limit of every shipped process passes: who is told, when, and that it is once.

For a matter begun on Monday, 2 March 2026, with which nobody goes on. A new timer in a
diagram fails here until it has its line.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

import processes
from engine import inbox
from engine.bpmn.reading import read_definition
from engine.clock import OFFICE_ZONE
from engine.definitions import discover
from engine.history import case_stream, entries, verify
from models.workflow import TaskKind
from tests.office import Matter, Office
from tests.processes.ways import WAYS, keep


class Limit(NamedTuple):
    """What a timer event waits for, and whom its passing reaches."""

    event: str
    title: str
    last_day: date
    #: When each rung is due, and who is told.
    told: tuple[tuple[datetime, str], ...]


def read(event: str, line: str) -> Limit:
    """Read a line: days of 2026, with an hour where it is not the day's first."""
    heading, _, rungs = line.partition(":")
    title, _, last_day = heading.partition(" ")
    told = (rung.strip().rsplit(" ", 1) for rung in rungs.split(",") if rung)
    return Limit(
        event,
        title,
        date.fromisoformat(f"2026-{last_day}"),
        tuple((instant(when), who) for when, who in told),
    )


def instant(when: str) -> datetime:
    """Read an instant of 2026 in the office."""
    return datetime.fromisoformat(f"2026-{when}").replace(tzinfo=OFFICE_ZONE)


#: Each limit by its timer event: its last day, when a rung of its ladder is due, and
#: who is told.
#:
#: 马科长 heads the section at 区财政局, 唐晓 is in charge of disclosure, 罗局长 heads
#: the bureau. In disclosure matters its superior is 区政府办, where 梁敬之 is in
#: charge; that of 区政府办, which 秦主任 heads, is 区政府 with 陆副区长.
LIMITS = {
    # The government's own administrator; 顾区长 heads it, and nobody is above it.
    "enter_notice_limit_reached": "录入放假通知 04-14: 04-15 待领的人, 04-17 顾区长",
    "confirm_calendar_limit_reached": (
        "复核放假安排 03-04: 03-05 待领的人, 03-07 顾区长"
    ),
    "draft_limit_reached": "拟稿 03-09: 03-09 沈清, 03-10 马科长, 03-12 梁敬之",
    "section_review_limit_reached": (
        "科室审核 03-04: 03-04 待领的人, 03-05 罗局长, 03-07 梁敬之"
    ),
    "disclosure_review_limit_reached": (
        "公开机构审查 03-04: 03-04 待领的人, 03-05 罗局长, 03-07 梁敬之"
    ),
    # 国办发〔2018〕115号: 5 to 15 working days; ten where the office says nothing else.
    "legality_review_limit_reached": (
        "合法性审核 03-16: 03-16 待领的人, 03-17 罗局长, 03-19 梁敬之"
    ),
    # A joint issuer's delay is told in its own house, and to its own superior.
    "co_sign_document_limit_reached": (
        "会签 03-05: 03-05 待领的人, 03-06 秦主任, 03-10 陆副区长"
    ),
    "office_check_limit_reached": (
        "核稿 03-05: 03-05 待领的人, 03-06 秦主任, 03-10 陆副区长"
    ),
    "sign_limit_reached": "签发 03-04: 03-04 待领的人, 03-05 罗局长, 03-07 梁敬之",
    "seal_limit_reached": "用印 03-03: 03-03 待领的人, 03-04 罗局长, 03-06 梁敬之",
    # 《政府信息公开条例》Art 26: twenty working days from the day of signing.
    "publication_limit_reached": (
        "主动公开 03-30: 03-24 马科长, 03-30 唐晓, 03-31 罗局长, 04-02 梁敬之"
    ),
    # 林晓雯's, at 区政府办.
    "judge_secret_mark_limit_reached": (
        "核查密级标志 03-03: 03-03 待领的人, 03-04 秦主任, 03-06 陆副区长"
    ),
    "prepare_copy_limit_reached": (
        "制作公开件 03-04: 03-04 待领的人, 03-05 马科长, 03-07 梁敬之"
    ),
    "secrecy_first_limit_reached": (
        "保密初审 03-04: 03-04 待领的人, 03-05 罗局长, 03-07 梁敬之"
    ),
    "secrecy_second_limit_reached": (
        "保密复审 03-05: 03-05 待领的人, 03-06 罗局长, 03-10 梁敬之"
    ),
    "secrecy_final_limit_reached": (
        "保密终审 03-04: 03-04 待领的人, 03-05 罗局长, 03-07 梁敬之"
    ),
    "request_determination_limit_reached": (
        "报请确定 03-03: 03-03 待领的人, 03-04 罗局长, 03-06 梁敬之"
    ),
    "record_determination_limit_reached": (
        "登记确定结果 03-16: 03-16 待领的人, 03-17 罗局长, 03-19 梁敬之"
    ),
    # 保守国家秘密法实施条例 Art 61: 24 hours, from Monday 10:00.
    "report_secret_limit_reached": (
        "登记涉密处置 03-03: 03-03 10:00 罗局长, 03-05 梁敬之"
    ),
    "content_review_limit_reached": (
        "合法性和五关审查 03-05: 03-05 待领的人, 03-06 罗局长, 03-10 梁敬之"
    ),
    "publication_request_limit_reached": (
        "提出更改 03-04: 03-04 沈清, 03-05 马科长, 03-07 梁敬之"
    ),
    "publication_review_limit_reached": (
        "审核更改 03-03: 03-03 待领的人, 03-04 罗局长, 03-06 梁敬之"
    ),
    "approve_publication_limit_reached": (
        "审定发布 03-04: 03-04 待领的人, 03-05 罗局长, 03-07 梁敬之"
    ),
    "approve_change_limit_reached": (
        "审定更改 03-03: 03-03 待领的人, 03-04 罗局长, 03-06 梁敬之"
    ),
    # 行政处罚法 Arts 48, 85: three working days from the day of the revocation.
    "withdrawal_limit_reached": (
        "撤回行政处罚决定信息 03-05: 03-05 唐晓, 03-06 罗局长, 03-10 梁敬之"
    ),
    # What is approved for Thursday waits until Wednesday is over, and tells nobody.
    "publication_time_reached": "发布日 03-04:",
    "interpretation_plan_limit_reached": (
        "拟解读方案 03-04: 03-04 待领的人, 03-05 马科长, 03-07 梁敬之"
    ),
    "interpretation_material_limit_reached": (
        "拟解读材料 03-09: 03-09 待领的人, 03-10 马科长, 03-12 梁敬之"
    ),
    # After the last day silence counts, and nobody is told any more.
    "interpretation_consult_limit_reached": "答复解读意见 03-05: 03-05 待领的人",
    "interpretation_consult_expired": "答复解读意见 03-05: 03-05 待领的人",
    "interpretation_co_sign_limit_reached": (
        "会签解读 03-05: 03-05 待领的人, 03-06 秦主任, 03-10 陆副区长"
    ),
    "interpretation_sign_limit_reached": (
        "签发解读 03-04: 03-04 待领的人, 03-05 罗局长, 03-07 梁敬之"
    ),
    "later_interpretation_choose_limit_reached": (
        "选文件 03-05: 03-05 沈清, 03-06 马科长"
    ),
    # Three working days from the document's publication, as its plan says.
    "later_interpretation_limit_reached": (
        "解读发布 03-05: 03-05 马科长, 03-06 罗局长, 03-10 梁敬之"
    ),
    "interpretation_evaluate_limit_reached": (
        "评估解读效果 03-30: 03-30 待领的人, 03-31 马科长"
    ),
    "interpretation_arrange_limit_reached": (
        "安排本年度解读 03-16: 03-17 待领的人, 03-19 梁敬之"
    ),
    # The administrator of 区政府 is to appoint somebody; its head is told.
    "appoint_limit_reached": "任命 03-03: 03-04 顾区长",
    # Art 33(2): twenty working days from receipt. 文静 handles requests.
    "answer_limit_reached": (
        "答复申请 03-30: 03-24 唐晓, 03-30 唐晓, 03-31 罗局长, 04-02 梁敬之"
    ),
    "register_request_limit_reached": (
        "登记申请 03-03: 03-03 文静, 03-04 唐晓, 03-06 罗局长"
    ),
    "confirm_receipt_limit_reached": (
        "确认收到 03-03: 03-03 待领的人, 03-04 唐晓, 03-06 罗局长"
    ),
    "confirm_void_limit_reached": ("确认登记有误 03-03: 03-03 待领的人, 03-04 罗局长"),
    # Art 30: told within seven working days of receipt.
    "examine_request_limit_reached": (
        "初步审查 03-11: 03-10 待领的人, 03-11 唐晓, 03-12 罗局长"
    ),
    "send_clarification_limit_reached": (
        "发补正告知 03-11: 03-10 待领的人, 03-11 唐晓, 03-12 罗局长"
    ),
    # What ends by itself is told on its last day.
    "await_correction_limit_reached": "等待补正 03-16: 03-16 待领的人",
    "await_correction_expired": "等待补正 03-16: 03-16 待领的人",
    "await_payment_limit_reached": "等待缴费 03-30: 03-30 待领的人",
    "await_payment_expired": "等待缴费 03-30: 03-30 待领的人",
    # Art 33(2): decided and told before the answer is due.
    "approve_extension_limit_reached": "审批延期 03-30: 03-30 待领的人",
    "approve_extension_expired": "审批延期 03-30: 03-30 待领的人",
    "send_extension_limit_reached": "告知延期 03-30: 03-30 待领的人",
    "send_extension_expired": "告知延期 03-30: 03-30 待领的人",
    "search_request_limit_reached": (
        "检索 03-09: 03-09 待领的人, 03-10 马科长, 03-12 唐晓"
    ),
    "handle_request_limit_reached": (
        "办理 03-16: 03-16 待领的人, 03-17 唐晓, 03-19 罗局长"
    ),
    "approve_fee_limit_reached": "审批收费 03-03: 03-03 待领的人, 03-04 罗局长",
    "send_fee_notice_limit_reached": (
        "发收费通知 03-03: 03-03 待领的人, 03-04 唐晓, 03-06 罗局长"
    ),
    "record_clarification_service_limit_reached": (
        "登记补正告知送达 03-16: 03-16 待领的人, 03-17 唐晓, 03-19 罗局长"
    ),
    "send_notice_limit_reached": (
        "发告知书 03-04: 03-04 待领的人, 03-05 唐晓, 03-07 罗局长"
    ),
    "record_fee_service_limit_reached": (
        "登记收费通知送达 03-16: 03-16 待领的人, 03-17 唐晓, 03-19 罗局长"
    ),
    "draft_answer_limit_reached": (
        "拟答复 03-05: 03-05 待领的人, 03-06 唐晓, 03-10 罗局长"
    ),
    "legal_check_answer_limit_reached": "法制审核 03-05: 03-05 待领的人, 03-06 罗局长",
    "sign_answer_limit_reached": "签发答复 03-04: 03-04 待领的人, 03-05 罗局长",
    "serve_answer_limit_reached": (
        "送达答复 03-03: 03-03 待领的人, 03-04 唐晓, 03-06 罗局长"
    ),
    "notify_closing_limit_reached": (
        "结案告知 03-05: 03-05 待领的人, 03-06 唐晓, 03-10 罗局长"
    ),
    "archive_request_limit_reached": (
        "归档 03-16: 03-16 待领的人, 03-17 唐晓, 03-19 罗局长"
    ),
    "send_inquiry_limit_reached": (
        "发征求意见函 03-04: 03-04 待领的人, 03-05 唐晓, 03-07 罗局长"
    ),
    "record_inquiry_service_limit_reached": (
        "登记签收 03-09: 03-09 待领的人, 03-10 唐晓, 03-12 罗局长"
    ),
    # Arts 32, 34: fifteen working days, and two meanings of silence.
    "await_third_party_limit_reached": "等待第三方意见 03-23: 03-23 待领的人",
    "await_third_party_expired": "等待第三方意见 03-23: 03-23 待领的人",
    "await_comaker_limit_reached": "等待共同制作机关意见 03-23: 03-23 待领的人",
    "await_comaker_expired": "等待共同制作机关意见 03-23: 03-23 待领的人",
    "await_agency_limit_reached": (
        "等待机关意见 03-16: 03-16 待领的人, 03-17 唐晓, 03-24 唐晓"
    ),
    "weigh_refusal_limit_reached": (
        "处理第三方不同意 03-05: 03-05 待领的人, 03-06 唐晓, 03-10 罗局长"
    ),
    "register_challenge_limit_reached": (
        "登记复议、诉讼 03-03: 03-03 文静, 03-04 唐晓, 03-06 罗局长"
    ),
    "enter_challenge_limit_reached": (
        "登记复议、诉讼 03-03: 03-03 方正, 03-04 唐晓, 03-06 罗局长"
    ),
    # 行政复议法 Art 48: ten working days from the day the copy came.
    "ordinary_answer_limit_reached": (
        "提出行政复议答复 03-16: 03-12 唐晓, 03-16 罗局长, 03-17 罗局长, 03-19 梁敬之"
    ),
    # 行政复议法 Art 54: five working days.
    "summary_answer_limit_reached": (
        "提出行政复议答复（简易程序） 03-09: "
        "03-05 唐晓, 03-09 罗局长, 03-10 罗局长, 03-12 梁敬之"
    ),
    # 行政诉讼法 Art 67: fifteen days.
    "lawsuit_answer_limit_reached": (
        "提交行政诉讼答辩状和证据 03-17: "
        "03-13 唐晓, 03-17 罗局长, 03-18 罗局长, 03-20 梁敬之"
    ),
    "legal_check_defence_limit_reached": "法制审核 03-04: 03-04 待领的人, 03-05 罗局长",
    "approve_defence_limit_reached": (
        "审批答复书、答辩状 03-03: 03-03 待领的人, 03-04 罗局长"
    ),
    # The day that the decision or judgment sets.
    "carry_out_result_limit_reached": (
        "重新处理 03-23: 03-17 待领的人, 03-23 唐晓, 03-24 罗局长, 03-26 梁敬之"
    ),
    "archive_challenge_limit_reached": (
        "归档 03-16: 03-16 待领的人, 03-17 唐晓, 03-19 罗局长"
    ),
    "register_correction_limit_reached": (
        "登记更正申请 03-03: 03-03 文静, 03-04 唐晓, 03-06 罗局长"
    ),
    # Art 41 sets no limit; twenty working days are the office's own.
    "correct_record_limit_reached": (
        "处理更正申请 03-30: 03-24 唐晓, 03-30 唐晓, 03-31 罗局长"
    ),
    "check_record_limit_reached": (
        "核实记录 03-09: 03-09 待领的人, 03-10 马科长, 03-12 唐晓"
    ),
    "decide_correction_limit_reached": (
        "拟处理决定 03-05: 03-05 待领的人, 03-06 唐晓, 03-10 罗局长"
    ),
    "approve_correction_limit_reached": (
        "审批处理决定 03-04: 03-04 待领的人, 03-05 罗局长"
    ),
    "serve_correction_limit_reached": (
        "送达 03-03: 03-03 待领的人, 03-04 唐晓, 03-06 罗局长"
    ),
    "archive_correction_limit_reached": (
        "归档 03-16: 03-16 待领的人, 03-17 唐晓, 03-19 罗局长"
    ),
    # 转主动公开. Qingming is from 4 to 6 April.
    "weigh_proposal_limit_reached": (
        "研究是否转为主动公开 03-30: 03-26 待领的人, 03-31 唐晓, 04-08 罗局长"
    ),
}

#: By timer event: the process it belongs to, and the limit that it names.
DRAWN = {
    element.id: (process.key, element.timer.expression)
    for process in discover(processes)
    for name, text in process.files.items()
    if name.endswith(".bpmn")
    for diagram in read_definition(text.encode()).processes.values()
    for element in diagram.elements.values()
    if element.timer
}

each_limit = pytest.mark.parametrize(
    "limit",
    [read(event, line) for event, line in LIMITS.items()],
    ids=lambda each: each.event,
)


def test_every_timer_of_every_diagram_is_tested_here() -> None:
    assert LIMITS.keys() == DRAWN.keys()


def test_every_limit_that_a_process_declares_is_watched() -> None:
    declared = {
        (process.key, name)
        for process in discover(processes)
        for name in process.limits
    }
    assert declared == set(DRAWN.values())


@each_limit
def test_rung_by_rung_each_is_told_once(
    office: Office, tmp_path: Path, limit: Limit
) -> None:
    matter = WAYS[limit.event](office, tmp_path)
    assert last_day(matter, limit) == limit.last_day
    for number, (at, _) in enumerate(limit.told):
        office.clock.instant = at - timedelta(minutes=1)
        office.fires()
        assert told(office, matter, limit) == limit.told[:number]
        office.clock.instant = at
        office.fires()
        office.fires()
        assert told(office, matter, limit) == limit.told[: number + 1]
        assert found(office, matter, limit) == heads(limit, limit.told[: number + 1])


@each_limit
def test_a_runner_that_slept_catches_up_once_and_a_step_that_is_done_is_told_no_more(
    office: Office, tmp_path: Path, limit: Limit
) -> None:
    matter = WAYS[limit.event](office, tmp_path)
    office.clock.set("2026-06-01")  # Monday
    office.fires()
    assert office.fires() == 0
    assert told(office, matter, limit) == limit.told
    assert found(office, matter, limit) == heads(limit, limit.told)
    keep(office, matter, limit.event)
    assert found(office, matter, limit) == {}
    office.clock.set("2026-07-01")  # Wednesday
    office.fires()
    assert told(office, matter, limit) == limit.told
    with office.engine.read() as work:
        assert verify(work.session) == []


@pytest.mark.parametrize(
    ("silence", "next_step"), [("consent", "签发解读"), ("objection", "拟解读材料")]
)
@pytest.mark.parametrize("day", ["2026-03-06", "2026-06-01"])
def test_silence_ends_the_asking_once_and_means_what_the_setting_says(
    office: Office, tmp_path: Path, day: str, silence: str, next_step: str
) -> None:
    office.sets("interpretation.silence", silence, valid_from=date(2026, 3, 1))
    matter = WAYS["interpretation_consult_expired"](office, tmp_path)
    office.clock.set("2026-03-05", "23:59")  # Thursday
    office.fires()
    assert matter.waits_at == ["答复解读意见"]
    office.clock.set(day, "00:00")  # Friday, or a Monday long after
    office.fires()
    assert office.fires() == 0
    assert matter.waits_at == [next_step]
    assert stamps(office, matter, "limit_expired") == [instant("03-06")]


@pytest.mark.parametrize("day", ["2026-03-05", "2026-06-01"])
def test_what_is_approved_for_a_day_is_out_once_when_the_day_has_begun(
    office: Office, tmp_path: Path, day: str
) -> None:
    matter = WAYS["publication_time_reached"](office, tmp_path)
    office.clock.set("2026-03-04", "23:59")  # Wednesday
    office.fires()
    assert stamps(office, matter, "document_published") == []
    office.clock.set(day, "00:00")  # Thursday, or a Monday long after
    office.fires()
    assert office.fires() == 0
    assert stamps(office, matter, "document_published") == [office.clock.instant]
    assert matter.waits_at == []


def last_day(matter: Matter, limit: Limit) -> date | None:
    """Return the last day of the limit that an event waits for."""
    process, name = DRAWN[limit.event]
    deadline = matter.limit(name)
    assert (deadline.process_key, deadline.state) == (process, "running")
    return deadline.due_on


def told(
    office: Office, matter: Matter, limit: Limit
) -> tuple[tuple[datetime, str], ...]:
    """Return of whom the history says that they were told of a limit, and for when."""
    with office.engine.read() as work:
        return tuple(
            (entry.at, entry.sentence.partition("：")[0].removeprefix("系统提醒"))
            for entry in reversed(entries(work.session, case_stream(matter.id)))
            if entry.event == "deadline_escalated"
            and f"“{limit.title}”" in entry.sentence
        )


def stamps(office: Office, matter: Matter, event: str) -> list[datetime]:
    """Return the instants of a kind of event in the history."""
    with office.engine.read() as work:
        found = entries(work.session, case_stream(matter.id))
        return [entry.at for entry in found if entry.event == event]


def found(office: Office, matter: Matter, limit: Limit) -> Counter[str]:
    """Return how many notices of a limit each person of the office finds to claim."""
    counted: Counter[str] = Counter()
    for person in office.people.values():
        with office.engine.read(person.id) as work:
            counted[person.name] = sum(
                row.task.kind == TaskKind.NOTICE
                and row.task.case_id == matter.id
                and row.task.name == limit.title
                for row in inbox.to_claim(work).rows
            )
    return +counted


#: Who has the work that is late, and is told without a notice.
_HANDLERS = frozenset({"待领的人", "沈清", "文静", "方正"})


def heads(limit: Limit, told: tuple[tuple[datetime, str], ...]) -> Counter[str]:
    """Return who has a notice, once before the limit passed and once after; whose work
    it is has the work."""
    passed = limit.last_day + timedelta(days=1)
    words = {(who, at.date() >= passed) for at, who in told if who not in _HANDLERS}
    return Counter(who for who, _ in words)
