"""Dates as documents write them, in Arabic or Chinese figures."""

import re
from datetime import date

from engine.content.checks.characters import WIDE_DIGITS

_FIGURES = "〇○零ОOo一二三四五六七八九"
_DIGIT = dict.fromkeys("〇○零ОOo", 0)
_DIGIT |= {figure: value for value, figure in enumerate("一二三四五六七八九", start=1)}

#: A date in full: 2019年9月20日, 二〇一九年九月二十日.
DATE = (
    rf"(?:[12]\s?\d\s?\d\s?\d|[一二][{_FIGURES}]{{3}})\s?年"
    r"\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月"
    r"\s?(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s?日"
)
_SHORT = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")


def parse(text: str) -> date | None:
    """Return the date that a text is; None if it is no date of the calendar."""
    text = re.sub(r"\s", "", text.translate(WIDE_DIGITS))
    short = _SHORT.match(text)
    if short:
        parts = [short[1], short[3], short[4]]
    elif re.fullmatch(DATE, text):
        parts = re.split("[年月日]", text)[:3]
    else:
        return None
    year, month, day = parts
    try:
        return date(_year(year), _number(month), _number(day))
    except ValueError:
        return None


def _year(text: str) -> int:
    return int("".join(str(_DIGIT.get(char, char)) for char in text))


def _number(text: str) -> int:
    """Return a number below a hundred: 9, 十二, 二十, 二十一, 廿一."""
    if text.isdigit() and text.isascii():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGIT[text] if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * _DIGIT.get(tens, 1) + _DIGIT.get(ones, 0)
