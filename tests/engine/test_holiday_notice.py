"""Reading a holiday notice: all of it, or nothing and which sentence is not clear."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import CalendarYear, national_calendar
from engine.calendars import CalendarRefused, refuse_bad_year
from engine.holiday_notice import UnclearNotice, parse_notice

HERE = Path(__file__).parents[1]
INVENTED = (HERE / "notices/invented_2027.txt").read_text(encoding="utf-8")

#: The real notices are kept beside the repository, not in it.
REAL = next(iter(HERE.parents[1].glob("*/domain/holiday_notices.md")), None)

FRAMED = """\
经批准，现将2026年放假调休日期安排通知如下。一、元旦：1月1日、2日和3日放假；\
1月4日正常上班。
云川区人民政府
2025年11月20日
（此件公开发布）"""


def days(*spans: tuple[str, str]) -> set[date]:
    """Return all days of spans, first and last included."""
    found: set[date] = set()
    for first, last in spans:
        day, end = date.fromisoformat(first), date.fromisoformat(last)
        found |= {day + timedelta(days=n) for n in range((end - day).days + 1)}
    return found


def test_every_day_of_a_notice_is_read() -> None:
    notice = parse_notice(INVENTED, 2027)
    assert notice.days.off == days(
        ("2027-01-01", "2027-01-03"),
        ("2027-02-05", "2027-02-11"),
        ("2027-04-03", "2027-04-05"),
        ("2027-05-01", "2027-05-05"),
        ("2027-06-09", "2027-06-09"),
        ("2027-09-15", "2027-09-15"),
        ("2027-10-01", "2027-10-07"),
    )
    assert notice.days.make_up == {
        date(2027, 2, 20),  # Saturday
        date(2027, 5, 8),  # Saturday
        date(2027, 9, 26),  # Sunday
        date(2027, 10, 9),  # Saturday
    }
    refuse_bad_year(2027, notice.days.off, notice.days.make_up)


def test_each_day_keeps_its_festival_and_the_sentence_it_came_from() -> None:
    read = parse_notice(INVENTED, 2027).days
    assert read.names[date(2027, 2, 11)] == "春节"
    assert read.sentences[date(2027, 6, 9)] == "端午节：6月9日（周三）放假1天，不调休。"
    assert read.sentences[date(2027, 2, 20)] == "春节：2月20日（周六）上班。"
    # A day that is worked has no festival.
    assert date(2027, 2, 20) not in read.names


def test_a_notice_moves_days_about_and_gives_none_away() -> None:
    read = parse_notice(INVENTED, 2027).days
    year = CalendarYear(2027, read.off, read.make_up, "")
    # 261 Mondays to Fridays, 13 statutory days.
    assert len(year.working_days) == 248


@pytest.mark.skipif(REAL is None, reason="the real notices are not at hand")
@pytest.mark.parametrize("year", [2025, 2026])
def test_the_state_councils_notices_are_read_day_by_day(year: int) -> None:
    assert REAL is not None
    text = REAL.read_text(encoding="utf-8")
    table = json.loads((REAL.parent / "testdata.json").read_text(encoding="utf-8"))
    expected = table["calendar"][str(year)]
    (part,) = (p for p in text.split("\n## ") if f"关于{year}年" in p)
    notice = parse_notice(part, year)
    assert sorted(map(str, notice.days.off)) == expected["off"]
    assert sorted(map(str, notice.days.make_up)) == expected["make_up_workdays"]
    refuse_bad_year(year, notice.days.off, notice.days.make_up)
    known = national_calendar().years[year]
    assert {d for d in notice.days.off if d.weekday() < 5} == {
        d for d in known.off if d.weekday() < 5
    }


@pytest.mark.parametrize(
    ("text", "off", "make_up"),
    [
        # A region's notice: other numbers, other words for weekdays.
        (
            "（一）开斋节：3月20日（星期五）放假。3月22日（星期日）上班。",
            days(("2026-03-20", "2026-03-20")),
            days(("2026-03-22", "2026-03-22")),
        ),
        (
            "1.元旦：2026年1月1日放假，与周末连休。",
            days(("2026-01-01", "2026-01-01")),
            set(),
        ),
        # Broken over lines, as it is copied from a PDF.
        (
            "五、端午节：6月19日\n(星期五)至21日放假，\n共3天。",
            days(("2026-06-19", "2026-06-21")),
            set(),
        ),
        # The whole notice in one paragraph, with its frame.
        (
            FRAMED,
            days(("2026-01-01", "2026-01-03")),
            days(("2026-01-04", "2026-01-04")),
        ),
        (
            "一、清明节：4月4日（周六）放假，4月6日（周一）补休。",
            days(("2026-04-04", "2026-04-04"), ("2026-04-06", "2026-04-06")),
            set(),
        ),
    ],
)
def test_notices_are_written_in_several_ways(
    text: str, off: set[date], make_up: set[date]
) -> None:
    read = parse_notice(text, 2026).days
    assert (set(read.off), set(read.make_up)) == (off, make_up)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("一、元旦：1月1日至3日放假，共4天。", "写的是4天，列出的是3天"),
        ("一、元旦：1月1日（周三）放假。", "2026年1月1日 周四，不是周三"),
        ("二、春节：除夕至初六放假。", "没有读懂"),
        ("三、清明节：4月4日至6日调休。", "没有读懂"),
        ("一、元旦：1月1日放假，其中1月2日上班。", "没有读懂"),
        ("一、元旦：1日放假。", "没有写明是几月"),
        ("二、春节：2月30日放假。", "没有这一天"),
        ("一、元旦：1月3日至1日放假。", "起止日期颠倒"),
        ("一、元旦：1月1日放假。1月1日上班。", "2026年1月1日 周四在通知里出现了两次"),
        (
            "七、国庆节：10月1日（周四）放假1天。1月10日（周六）上班。",
            "2026年1月10日 周六离放假超过一个月",
        ),
        ("元旦放假一天。", "没有读懂"),
        ("鼓励各单位安排职工在除夕（2月9日）休息。", "没有读懂"),
        ("2月9日休息，其余时间安排如下。", "没有读懂"),
        ("各单位于1月2日前把放假安排上报。", "没有读懂"),
        ("国务院办公厅关于2025年部分节假日安排的通知", "这是2025年的，不是2026年的"),
    ],
)
def test_what_is_not_certain_is_refused_by_its_sentence(
    sentence: str, reason: str
) -> None:
    whole = f"一、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。\n{sentence}"
    with pytest.raises(UnclearNotice, match=re.escape(f"：{reason}。没有导入。")):
        parse_notice(whole, 2026)


def test_a_text_without_any_day_is_refused() -> None:
    with pytest.raises(CalendarRefused, match="没有读出放假和调休上班的日期"):
        parse_notice("各镇人民政府：\n现将有关事项通知如下。", 2026)


@given(st.data())
def test_a_notice_that_loses_a_word_is_never_read_as_another(
    data: st.DataObject,
) -> None:
    """Any character may be missing: the days stay the same, or it is refused."""
    at = data.draw(st.integers(0, len(INVENTED) - 1))
    whole = parse_notice(INVENTED, 2027).days
    try:
        read = parse_notice(INVENTED[:at] + INVENTED[at + 1 :], 2027).days
        refuse_bad_year(2027, read.off, read.make_up)
    except CalendarRefused:
        return
    assert (read.off, read.make_up) == (whole.off, whole.make_up)
