"""Where a request stands and why, in the words that its applicant reads."""

from collections.abc import Callable
from datetime import date

from models.requests import InformationRequest
from processes.registers import consultations, request_acts, request_story, requests
from processes.registers.clock_events import Event, EventKind
from tests.asking import (
    ALREADY_PUBLIC,
    CLARIFIED,
    POSTED,
    Asked,
    acted,
    answered,
    asks_third_party,
    drafted,
    examined,
    received,
)
from tests.office import Office


def story(office: Office, asked: Asked) -> list[tuple[str, str, str]]:
    """Return the story's lines: the day, the words, and until when it is due since."""
    with office.engine.read() as work:
        lines = request_story.story(work, asked.row(work))
    return [
        (str(line.on), line.words, str(line.due_on) if line.due_on else "")
        for line in lines
    ]


def stands(office: Office, asked: Asked) -> tuple[str, list[str]]:
    """Return the headline, and the state of each stage."""
    with office.engine.read() as work:
        request = asked.row(work)
        answer = requests.answer_clock(work, request, as_of=work.today)
        headline = request_story.headline(request, answer, work.today)
        stages = request_story.stages(work, request, answer)
    return headline, [stage.state for stage in stages]


def test_a_plain_request_is_told_in_one_line(office: Office) -> None:
    asked = received(office, "2026-03-02")
    assert story(office, asked) == [("2026-03-02", "我们收到您的申请。", "2026-03-30")]


def test_confirmation_is_told_where_it_fixes_the_day(office: Office) -> None:
    office.clock.set("2026-03-04")
    asked = received(
        office, "2026-03-02", channel="plain_mail", confirmed_on="2026-03-04"
    )
    # Art 31(2): the day of confirmation; twenty working days later.
    assert story(office, asked) == [
        ("2026-03-04", "我们和您确认收到申请（条例第31条）。", "2026-04-01")
    ]


def test_a_third_party_pauses_and_an_answer_goes_on(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    consultation = asks_third_party(office, asked)
    office.clock.set("2026-03-04")
    sent = {"outcome": "sent", **POSTED}
    office.wen.does(consultation, "send_inquiry", **sent)
    assert stands(office, asked)[0] == "正在征求意见"
    office.clock.set("2026-03-06")
    signed = {"outcome": "signed", "served_on": "2026-03-06"}
    office.wen.does(consultation, "record_inquiry_service", **signed)
    office.clock.set("2026-03-11")
    office.wen.does(
        consultation,
        "await_third_party",
        outcome="answered",
        answer="consent",
        answered_on="2026-03-11",
    )
    lines = story(office, asked)
    assert [(day, due) for day, _, due in lines] == [
        ("2026-03-02", "2026-03-30"),
        # Nobody knows for how long.
        ("2026-03-04", ""),
        # Silent until 27 March 2026 at the latest; eighteen days remain after it.
        ("2026-03-06", "2026-04-23"),
        # Eighteen days after 11 March 2026; 6 April is a day off.
        ("2026-03-11", "2026-04-07"),
    ]
    assert "信息涉及别人的权益，依法要先问对方的意见，这段时间不算" in lines[1][1]
    assert lines[3][1] == "对方的意见到了，接着算。"
    assert "云川建设" not in str(lines)


def test_an_extension_says_how_many_days(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    acted(office, asked, "extend", days="10", reason="材料多，要分拣。")
    office.tang.does(asked, "approve_extension", outcome="approved")
    office.wen.does(asked, "send_extension", outcome="sent", **POSTED)
    # Ten working days after 30 March; 6 April 2026 is a day off.
    assert story(office, asked)[-1] == (
        "2026-03-02",
        "经批准延长10个工作日，最迟2026年4月14日答复，书面告诉了您（条例第33条）。",
        "2026-04-14",
    )


def test_a_silent_third_party_is_told(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    consultation = asks_third_party(office, asked)
    sent = {"outcome": "sent", **POSTED}
    office.wen.does(consultation, "send_inquiry", **sent)
    signed = {"outcome": "signed", "served_on": "2026-03-02"}
    office.wen.does(consultation, "record_inquiry_service", **signed)
    # The fifteenth working day after 2 March; nothing is said of it before its end.
    office.clock.set("2026-03-23")
    assert "没有答复" not in str(story(office, asked))
    office.clock.set("2026-03-24")
    assert story(office, asked)[-1] == (
        "2026-03-23",
        (
            "到这天对方没有答复，不再等了：公不公开由机关依法决定（条例第32条）。"
            "从第二天起接着算。"
        ),
        "",
    )


def test_parties_are_named_for_the_office_and_told_apart_for_the_applicant(
    office: Office,
) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    sent = {"outcome": "sent", **POSTED}
    office.wen.does(asks_third_party(office, asked), "send_inquiry", **sent)
    assert _notes(office, asked, consultations.events_in_office) == [
        "收到申请；向第三方征求意见：中标人（条例第32条、第33条第三款）；起算日，不计入"
    ]
    assert _notes(office, asked, consultations.events_for_applicant) == [
        "收到申请；向第三方征求意见（条例第32条、第33条第三款）；起算日，不计入"
    ]


def _notes(
    office: Office,
    asked: Asked,
    events: Callable[[InformationRequest], list[Event]],
) -> list[str]:
    with office.engine.read() as work:
        request = asked.row(work)
        answer = requests.answer_clock(work, request, events=events(request))
    return [day.note for day in answer.ledger if day.events]


def test_a_late_notice_is_told_and_changes_nothing(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "clarify")
    # The seventh working day was 11 March 2026 (Art 30).
    office.clock.set("2026-03-12")
    sent = {"outcome": "sent", **POSTED, **CLARIFIED}
    office.wen.does(asked, "send_clarification", **sent)
    last = story(office, asked)[-1]
    assert last[1].endswith("这没有改变答复您的日期。")
    assert last[2] == ""


def test_the_stages_follow_the_steps(office: Office) -> None:
    asked = received(office, "2026-03-02")
    assert stands(office, asked) == (
        "正在办理",
        ["done", "current", "later", "later", "later"],
    )
    examined(office, asked, "answer")
    assert stands(office, asked)[1] == ["done", "done", "current", "later", "later"]
    drafted(office, asked, **ALREADY_PUBLIC)
    assert stands(office, asked)[1] == ["done", "done", "done", "current", "later"]
    answered(office, asked)
    headline, stages = stands(office, asked)
    assert headline.startswith("已经办结：")
    assert stages == ["done"] * 5


def test_what_ended_without_an_answer_has_no_way_to_show(office: Office) -> None:
    asked = received(office, "2026-03-02")
    with office.engine.work() as work:
        request_acts.withdraw(work, asked.row(work), work.today)
    assert stands(office, asked) == ("您已经撤回", [])


def test_every_open_step_has_its_stage(office: Office) -> None:
    process = office.engine.definitions.process("information_request")
    staged = {element for _, steps in request_story._STAGES for element in steps}
    # What comes after the end needs no stage.
    assert set(process.forms) - staged == {"archive_request"}
    assert staged <= set(process.forms)


def test_overdue_is_said_plainly(office: Office) -> None:
    asked = received(office, "2026-03-02")
    office.clock.set("2026-03-31")
    assert stands(office, asked)[0] == "超过了答复期限"


def test_every_kind_of_event_has_its_words() -> None:
    assert set(request_story._WORDS) == set(EventKind)


def test_limits_are_found_by_name(office: Office) -> None:
    asked = received(office, "2026-03-02")
    assert request_story.limit_of(asked.clock, "answer") == date(2026, 3, 30)
    assert request_story.limit_of(asked.clock, "correction") is None
