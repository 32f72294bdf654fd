"""时限计算器: anybody computes by when a request must be answered, and sees why."""

import re
from datetime import date
from urllib.parse import quote

import pytest

from tests.clocks import clock
from tests.web.conftest import Guest
from web.clock import ClockView, view

#: 补正, then a third party, then an extension: due on Friday 27 March 2026.
LONG = (
    *("clarification_sent=2025-12-30", "corrected=2026-01-09"),
    *("third_party_sent=2026-01-20#甲", "third_party_signed=2026-01-22#甲"),
    *("third_party_answered=2026-02-11#甲", "extended=2026-03-05:15"),
)


def page(guest: Guest, query: str, *events: str) -> str:
    """Return the words of the calculator's page, without its tags."""
    text = source(guest, query, *events)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def source(guest: Guest, query: str, *events: str) -> str:
    """Return the calculator's page."""
    address = f"/tools/time-limits?{query}" + "".join(
        f"&event={quote(event)}" for event in events
    )
    answer = guest.gets(address)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert " style=" not in text
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    return text


def test_an_empty_form_asks_and_answers_nothing(guest: Guest) -> None:
    text = source(guest, "")
    assert "申请是怎么提交的" in text
    assert 'id="result"' not in text


def test_the_due_day_stands_first_and_the_reasons_below(guest: Guest) -> None:
    told = page(guest, "channel=in_person&received=2025-12-22", *LONG)
    assert "最迟 2026年3月27日 周五 答复" in told
    # On Monday 2 March nineteen working days are left.
    assert "今天起还有 19 个工作日" in told
    assert "为什么是 3月27日？逐日计算" in told
    assert "被征求意见方（甲）答复 2026年2月12日 周四 条例第32条、第34条" in told
    assert "2月15日到23日 春节，不计" in told
    assert "1月20日 向第三方征求意见：甲（条例第32条、第33条第三款）" in told


def test_the_bar_tells_itself_in_a_sentence(guest: Guest) -> None:
    text = source(guest, "channel=in_person&received=2025-12-22", *LONG)
    found = re.search(r'role="img" aria-label="([^"]+)"', text)
    assert found is not None
    assert found[1] == (
        "12月22日收到；1月9日重新起算；1月20日暂停；2月11日恢复；3月6日原期限；"
        "3月27日最迟答复。"
    )


def test_both_days_are_told_where_they_differ(guest: Guest) -> None:
    told = page(guest, "channel=internet&received=2025-04-25&confirmed=2025-04-27")
    assert "最迟 2025年5月28日 周三" in told
    assert "稳妥起见，以 2025年5月27日 周二 为准。" in told


def test_what_is_provisional_is_marked(guest: Guest) -> None:
    told = page(guest, "channel=in_person&received=2026-12-04")
    assert "最迟 2027年1月4日 周一 答复 暂定" in told
    assert "1月1日 起没有放假通知，暂定" in told


def test_a_warning_stands_above_the_bar(guest: Guest) -> None:
    told = page(
        guest, "channel=in_person&received=2026-02-02", "agency_sent=2026-03-09"
    )
    assert "期限不因此顺延（条例第33条第三款）" in told


@pytest.mark.parametrize(
    ("query", "event", "words"),
    [
        ("channel=fax", "", "还没有双方确认，期限没有开始"),
        ("", "clarification_sent=2026-02-04", "等待补正，现在还定不下最迟哪天答复"),
        ("", "answered=2026-02-04", "已结束，答复期限曾到 2026年3月6日 周五"),
    ],
)
def test_a_state_is_told_in_words(
    guest: Guest, query: str, event: str, words: str
) -> None:
    assert words in page(guest, f"received=2026-02-02&{query}", event)


def test_the_form_goes_into_an_address_that_can_be_passed_on(guest: Guest) -> None:
    answer = guest.gets(
        "/tools/time-limits?channel=oral&received=2026-02-02&confirmed=&as_of="
        "&kind=agency_sent&on=2026-02-05&argument=&label=甲"
        "&kind=extended&on=2026-02-06&argument=5&label=&kind=&on=&argument=&label="
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == (
        "/tools/time-limits?channel=oral&received=2026-02-02"
        "&event=agency_sent%3D2026-02-05%23%E7%94%B2"
        "&event=extended%3D2026-02-06:5"
    )


def test_more_rows_are_there_without_a_script(guest: Guest) -> None:
    answer = guest.gets(
        "/tools/time-limits?channel=oral&received=&more=yes"
        "&kind=extended&on=2026-02-06&argument=5&label="
    )
    text = guest.gets(answer.headers["Location"]).get_data(as_text=True)
    assert text.count("data-event") == 4
    assert 'value="2026-02-06"' in text


@pytest.mark.parametrize(
    ("query", "events", "sentence"),
    [
        ("channel=oral", (), "写明提交或者送到的日期"),
        ("received=2026-02-30", (), "“2026-02-30”不是日期，写成2026-03-02的样子"),
        (
            "received=2026-02-30",
            ("extended=2026-02-05:5",),
            "“2026-02-30”不是日期，写成2026-03-02的样子",
        ),
        ("received=1234-01-01", (), "年份写1900到2100之间的"),
        ("received=9999-12-31", ("extended=2026-02-05:5",), "年份写1900到2100之间的"),
        ("received=2100-12-30", (), "日期超出了可以推算的范围"),
        (
            "received=2026-02-02",
            ("clarification_sent=2026-02-05:999999",),
            "日期超出了可以推算的范围",
        ),
        ("received=2026-02-02&channel=pigeon", (), "选一种提交的方式"),
        (
            "received=2026-02-02&channel=fax&confirmed=2026-02-01",
            (),
            "确认的日期不能早于提交的日期",
        ),
        ("received=2026-02-02", ("=2026-02-05",), "第1件事：选发生了什么。"),
        ("received=2026-02-02", ("extended=:5",), "第1件事：写明是哪一天。"),
        (
            "received=2026-02-02",
            ("corrected=2026-02-05", "extended=2026-02-05"),
            "第2件事：“延长答复期限并告知申请人”要写明延长多少个工作日。",
        ),
        (
            "received=2026-02-02",
            ("fee_paid=2026-02-05#甲",),
            "第1件事：只有征求意见要写是哪一方，这里不用写。",
        ),
        (
            "received=2026-02-02",
            ("answered=2036-02-05",),
            "第1件事：离提交的日期太远了，最多算三年。",
        ),
        (
            "received=2026-02-02",
            ("corrected=2026-02-05",),
            "没有对应的补正告知：没有告知过，或者已经补正过。",
        ),
        ("received=2026-02-02&region=640000", (), "没有代码为“640000”的日历。"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    guest: Guest, query: str, events: tuple[str, ...], sentence: str
) -> None:
    text = source(guest, query, *events)
    assert sentence in text
    assert "有错误：时限计算器" in text
    assert 'role="alert"' in text
    typed = [re.sub(r".*=|[:#].*", "", event) for event in events]
    assert all(f'value="{day}"' in text for day in typed)


def test_an_endless_list_of_events_is_cut(guest: Guest) -> None:
    text = source(guest, "received=2026-02-02&rows=9999", *["lost=2026-02-05"] * 60)
    assert text.count("data-event") == 40


def test_what_is_typed_is_shown_as_text(guest: Guest) -> None:
    text = source(guest, "received=2026-02-02", "<u>=<u>:<u>#<u>")
    assert "<u>" not in text
    assert "没有“&lt;u&gt;”这种事件" in text


def test_the_account_can_be_taken_along(guest: Guest) -> None:
    answer = guest.gets(
        "/tools/time-limits.csv?channel=in_person&received=2026-02-13"
        "&event=extended%3D2026-03-05:5"
    )
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert lines[:3] == [
        "日期,计入,已用,剩余,说明",
        "2026-02-13,否,0,20,收到申请；起算日，不计入",
        "2026-02-14,是,1,19,调休上班",
    ]
    assert "2026-03-05,是,10,15,延长5个工作日并告知申请人（条例第33条第二款）" in lines
    assert answer.headers["Content-Disposition"].endswith("time-limit-2026-02-13.csv")


def test_there_is_no_account_of_nothing(guest: Guest) -> None:
    assert guest.gets("/tools/time-limits.csv").status_code == 404


def test_every_public_page_leads_there(guest: Guest) -> None:
    assert 'href="/tools/time-limits"' in guest.gets("/").get_data(as_text=True)


# The drawing.


def drawing(received: str, *events: str, today: str = "2026-03-11") -> ClockView:
    """Return the drawing of a clock."""
    return view(clock(received, *events), date.fromisoformat(today))


def stretches(drawn: ClockView) -> list[str]:
    """Return the parts of the bar with their words."""
    return [f"{each.kind} {each.words}" for each in drawn.stretches]


def test_the_bar_shows_what_is_void_used_paused_extended_and_left() -> None:
    # Wednesday 11 March is the third day of the extension.
    assert stretches(drawing("2025-12-22", *LONG)) == [
        "void 原时限，作废",
        "used 用 7 日",
        "paused 征求第三方意见",
        "used 用 13 日",
        "extended 延长 3 日",
        "extended-left 延长 12 日",
    ]


def test_the_bar_is_to_scale_and_without_gaps() -> None:
    drawn = drawing("2025-12-22", *LONG)
    assert drawn.stretches[0].x == 0
    for before, after in zip(drawn.stretches, drawn.stretches[1:], strict=False):
        assert round(before.x + before.width, 1) == round(after.x, 1)
    last = drawn.stretches[-1]
    assert round(last.x + last.width, 1) == 100
    # 79 of 95 days are over.
    assert drawn.today_x == 83.16


def test_a_time_that_is_over_shows_by_how_much() -> None:
    drawn = drawing("2026-02-02", "answered=2026-03-10")
    assert stretches(drawn) == ["used 用 20 日", "late 超期 2 日"]
    assert [tick.why for tick in drawn.ticks] == ["收到", "最迟答复"]
    assert drawn.today_x is None
    drawn = drawing("2026-02-02", "answered=2026-03-20")
    assert [tick.why for tick in drawn.ticks] == ["收到", "最迟答复", "结束"]


def test_waiting_without_an_end_goes_on_until_today() -> None:
    drawn = drawing("2026-02-20", "clarification_sent=2026-02-27")
    assert stretches(drawn) == ["used 用 4 日", "paused 等待补正"]


def test_a_time_still_to_come_is_all_left() -> None:
    drawn = drawing("2026-09-18")
    assert stretches(drawn) == ["left 余 20 日"]
    assert drawn.today_x is None


def test_an_end_on_the_day_of_receipt_has_no_bar() -> None:
    drawn = drawing("2026-03-02", "answered=2026-03-02")
    assert (drawn.stretches, drawn.ticks) == ([], [])


def test_what_is_not_confirmed_has_nothing_to_draw() -> None:
    drawn = view(clock("2026-03-02", channel="fax"))
    assert (drawn.stretches, drawn.ticks, drawn.weeks) == ([], [], [])


def test_a_week_shows_each_day_by_its_number() -> None:
    week = drawing("2025-12-22", *LONG).weeks[7]  # 9 to 15 February
    marks = [cell.mark if cell else "" for cell in week.cells]
    assert marks == ["停", "停", "停", "8", "9", "10", "休"]
    assert [cell.made_up for cell in week.cells if cell] == [*[False] * 5, True, False]
    assert week.used == "10/20"
    assert week.cells[5] is not None
    assert week.cells[5].words == "2月14日第10个工作日"


def test_a_holiday_on_which_a_request_came_is_no_working_day() -> None:
    week = drawing("2026-02-20").weeks[0]  # Friday, 春节
    assert week.notes[0] == ("2月20日到23日", "春节，不计")
