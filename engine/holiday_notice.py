"""Reading a holiday notice: which days it names as off, and which as worked.

Every sentence of an arrangement must be understood from end to end; one that is not
refuses the whole notice and is named. Nothing is ever guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar import in_words
from engine.calendars import CalendarRefused, NoticeDays
from models.calendar import DayKind


class UnclearNotice(CalendarRefused):
    """A sentence of the notice cannot be read for certain."""

    def __init__(self, sentence: str, reason: str) -> None:
        super().__init__(
            f"“{sentence}”：{reason}。没有导入。核对原文，或者改用 CSV 列出日期。"
        )
        self.sentence = sentence


@dataclass(frozen=True)
class Notice:
    """A notice as read: its year, its name, its days."""

    year: int
    title: str
    days: NoticeDays


def parse_notice(text: str, year: int) -> Notice:
    """Read the pasted text of a notice about a year.

    Raises: UnclearNotice, CalendarRefused.
    """
    reading = _Reading(year)
    title = ""
    for item, sentence in _sentences(text):
        named = _TITLE.search(sentence)
        if item is None and named:
            title = title or named[0]
            if int(named["year"]) != year:
                raise UnclearNotice(
                    sentence, f"这是{named['year']}年的，不是{year}年的"
                )
        if item is None and _says_nothing(sentence):
            continue
        reading.read(item or "", sentence)
    if not reading.kinds:
        raise CalendarRefused(
            "没有读出放假和调休上班的日期。粘贴通知全文，或者改用 CSV 列出日期。"
        )
    return Notice(year, title, reading.days())


# A sentence is one or more of: dates, what happens on them, what is said about it.

_NUMBER = "一二三四五六七八九十"
_ITEM = re.compile(
    rf"(?:[（(][{_NUMBER}]+[）)]|[{_NUMBER}]+、|\d+[.．、])(?P<name>[^：:。]{{1,20}})[：:]"
)
_NAME = re.compile(r"[\u4e00-\u9fff、]{1,20}")
_TITLE = re.compile(r"(?:[\u4e00-\u9fff]+)?关于(?P<year>\d{4})年[^。]*?安排的通知")
_DAY = r"(?:(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
_SPAN_DAY = re.compile(_DAY + r"(?:[（(](?P<note>[^（()）]*)[）)])?")
_TO = re.compile(r"至|到|—|－|-|~|～")
_AND = re.compile(r"、|和|及|，|,")
_VERB = re.compile(r"(?P<off>放假调休|放假|补休)|(?P<make_up>调休上班|正常上班|上班)")
_TAIL = re.compile(r"[，,]?(?:共|放假)?(?P<count>\d+)天|[，,]不调休|[，,]与周末连休")
_BREAK = re.compile(r"[，,；;]")
_WEEKDAY = re.compile(r"(?:周|星期)(?P<day>[一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"

#: Days are worked close to the festival that they are worked for.
_A_MONTH = timedelta(days=31)

#: Words of an arrangement; a sentence outside of the items without one says nothing.
_ARRANGES = re.compile(r"放假|上班|调休|补休|休息|连休|补班|放\d+天")
_ISSUED_ON = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_LEADS_IN = re.compile(r"安排的?通知(?:[（(][^（()）]*[）)])?$|通知如下|安排如下|如下$")


def _says_nothing(sentence: str) -> bool:
    """Tell whether a sentence outside of the items is only the notice's frame."""
    if not _ARRANGES.search(sentence):
        return True
    names_days = re.search(r"\d日", _ISSUED_ON.sub("", sentence))
    return bool(_LEADS_IN.search(sentence)) and not names_days


def _sentences(text: str) -> Iterator[tuple[str | None, str]]:
    """Yield each sentence with the name of the item that it stands in, if any."""
    for line in _lines(text):
        item: str | None = None
        for sentence in line.split("。"):
            found = _ITEM.match(sentence)
            item = found["name"] if found else item
            rest = sentence[found.end() :] if found else sentence
            if rest:
                yield item, rest


def _lines(text: str) -> Iterator[str]:
    """Yield paragraphs without blanks; an item broken over lines is put together."""
    held = ""
    for raw in text.splitlines():
        line = re.sub(r"\s", "", raw)
        unfinished = _ITEM.match(held) and not held.endswith(("。", "；"))
        if unfinished and line and not _ITEM.match(line):
            held += line
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


class _Reading:
    """The days read so far."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.kinds: dict[date, DayKind] = {}
        self.names: dict[date, str] = {}
        self.sentences: dict[date, str] = {}

    def days(self) -> NoticeDays:
        def of(kind: DayKind) -> frozenset[date]:
            return frozenset(day for day, each in self.kinds.items() if each is kind)

        return NoticeDays(
            of(DayKind.OFF), of(DayKind.MAKE_UP), self.names, self.sentences
        )

    def read(self, name: str, sentence: str) -> None:
        """Read one sentence from end to end."""
        whole = f"{name}：{sentence}" if name else sentence
        if not name and "：" in sentence:
            name, _, sentence = sentence.rpartition("：")
            if not _NAME.fullmatch(name):
                raise UnclearNotice(whole, "没有读懂")
        clause = _Clause(whole, sentence, self.year)
        while clause.rest:
            kind, days = clause.next()
            for day in days:
                if day in self.kinds:
                    raise UnclearNotice(whole, f"{in_words(day)}在通知里出现了两次")
                if kind is DayKind.MAKE_UP and self._is_far(name, day):
                    raise UnclearNotice(whole, f"{in_words(day)}离放假超过一个月")
                self.kinds[day] = kind
                self.sentences[day] = f"{whole}。"
                if name and kind is DayKind.OFF:
                    self.names[day] = name

    def _is_far(self, name: str, day: date) -> bool:
        """Tell whether a day is worked for a festival that lies far from it."""
        off = [each for each, festival in self.names.items() if festival == name]
        return bool(off) and all(abs(day - each) > _A_MONTH for each in off)


class _Clause:
    """What is left of a sentence, read from its beginning."""

    def __init__(self, whole: str, rest: str, year: int) -> None:
        self.whole = whole
        self.rest = rest
        self.year = year
        self.month: int | None = None

    def next(self) -> tuple[DayKind, list[date]]:
        """Read the dates up to the next verb, the verb, and what is said about it."""
        days = self._span()
        while not (verb := self._take(_VERB)):
            if not self._take(_AND):
                raise self._unclear("没有读懂")
            days += self._span()
        while tail := self._take(_TAIL):
            if tail["count"] and int(tail["count"]) != len(days):
                raise self._unclear(f"写的是{tail['count']}天，列出的是{len(days)}天")
        if self.rest and not self._take(_BREAK):
            raise self._unclear("没有读懂")
        return (DayKind.OFF if verb["off"] else DayKind.MAKE_UP), days

    def _span(self) -> list[date]:
        first = self._day()
        if not self._take(_TO):
            return [first]
        last = self._day()
        if last <= first:
            raise self._unclear("起止日期颠倒")
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def _day(self) -> date:
        found = self._take(_SPAN_DAY)
        if found is None:
            raise self._unclear("没有读懂")
        self.month = int(found["month"]) if found["month"] else self.month
        if self.month is None:
            raise self._unclear("没有写明是几月")
        try:
            day = date(int(found["year"] or self.year), self.month, int(found["day"]))
        except ValueError:
            raise self._unclear("没有这一天") from None
        weekday = _WEEKDAY.search(found["note"] or "")
        named = weekday["day"].replace("天", "日") if weekday else ""
        if named and named != _WEEKDAYS[day.weekday()]:
            raise self._unclear(f"{in_words(day)}，不是周{named}")
        return day

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.rest)
        if found is not None:
            self.rest = self.rest[found.end() :]
        return found

    def _unclear(self, reason: str) -> UnclearNotice:
        return UnclearNotice(self.whole, reason)
