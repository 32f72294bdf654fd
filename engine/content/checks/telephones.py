"""Telephone numbers: a person's, an office's, and the hotlines of all."""

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from engine.content.checks.stream import Stream
from engine.content.checks.values import Value, mask

MOBILE = "mobile_phone"
LANDLINE = "landline"

_LANDLINE = re.compile(
    r"(?<![\d/])(?<!\d-)(?:(?:\+|00)86[ -]?\(?0?|\(?0)(\d{2,3})\)?[ -]{0,2}"
    r"([2-8]\d{2,3}[ -]?\d{4})(?:(?:-|转|转接)\d{1,6})?(?!\d)"
)
#: Without the area's code, only words tell that it is a telephone.
_LOCAL = re.compile(r"(?<![\d./-])[2-8]\d{2,3}[ -]?\d{4}(?![\d.]|-\d{1,2}-)")
_SERVICE = re.compile(r"(?<![\d-])[48]00(?:-\d{3}-?|\d-?\d{2}-?)\d{4}(?!\d)")
_HOTLINE = re.compile(
    r"(?<![\d.,/-])(?:123\d{2}|9[56]\d{3,4}|11[09]|12[02])(?![\d.%/-])"
)

_TELEPHONE = re.compile(r"电\s*话|座机|传真|热线|Tel", re.IGNORECASE)
#: No word stands between a telephone's name and its number.
_NAMED = re.compile(rf"(?:{_TELEPHONE.pattern})[^\u4e00-\u9fff\n]*\Z", re.IGNORECASE)
_HOTLINE_WORDS = re.compile(r"热线|专线|拨打|电话|平台|一号通|举报|报警|急救")
#: 110 is mostly an amount.
_SHORT_HOTLINE_WORDS = re.compile(r"(?:拨打|电话|报警)[^\u4e00-\u9fff]{0,2}\Z")

_AT_HOME = re.compile(r"家庭|住宅|宅电|家里|家中")
_AT_OFFICE = re.compile(
    r"电\s*话|咨询|监督|举报|投诉|值班|热线|传真|联系方式|办公|Tel", re.IGNORECASE
)
_FOOTER = re.compile(r"ICP备|主办单位|版权所有|网站标识码|承办单位")

_OFFICE_MESSAGE = "像是单位对外的固定电话。是单位公开的号码就保留，是个人的就遮盖"
_PERSON_MESSAGE = "固定电话号码，没有写明是单位的。是个人的就遮盖"
_HOTLINE_MESSAGE = "公共服务热线，是对外公布的号码，一般保留"


@lru_cache(maxsize=4096)
def _is_valid(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number, "CN"))


def is_mobile(digits: str) -> bool:
    """Whether these digits are a mobile telephone's number, with 86 or without."""
    match = re.fullmatch(r"(?:86|0086)?(1[3-9]\d{2})\d{7}", digits)
    # Who may have a number depends on its beginning alone.
    return bool(match) and _is_valid(f"{match[1]}0000000" if match else "")


def landlines(stream: Stream) -> Iterator[Value]:
    """Find fixed telephones; an office's own is meant to be public."""
    plain = stream.plain
    for match in _LANDLINE.finditer(plain):
        local = re.sub(r"\D", "", match[2])
        if _is_valid(f"0{match[1]}{local[:3]}{'0' * (len(local) - 3)}"):
            yield _landline(stream, *match.span())
    for match in _LOCAL.finditer(plain):
        if _NAMED.search(stream.before(match.start())) and not _is_date(match[0]):
            yield _landline(stream, *match.span())
    for match in _SERVICE.finditer(plain):
        yield _public(stream, *match.span())
    for match in _HOTLINE.finditer(plain):
        if _is_hotline(stream, match):
            yield _public(stream, *match.span())


def _landline(stream: Stream, start: int, end: int) -> Value:
    before = stream.before(start)
    office = _AT_OFFICE.search(before) or _FOOTER.search(stream.line(start))
    if office and not _AT_HOME.search(before):
        return _public(stream, start, end, _OFFICE_MESSAGE)
    masked = mask(LANDLINE, stream.text[start:end])
    return Value(start, end, LANDLINE, _PERSON_MESSAGE, "redact", masked)


def _public(
    stream: Stream, start: int, end: int, message: str = _HOTLINE_MESSAGE
) -> Value:
    masked = mask(LANDLINE, stream.text[start:end])
    return Value(start, end, LANDLINE, message, "look", masked)


def _is_hotline(stream: Stream, match: re.Match[str]) -> bool:
    if len(match[0]) == len("110"):
        return bool(_SHORT_HOTLINE_WORDS.search(stream.before(match.start(), 6)))
    around = stream.before(match.start(), 8) + stream.after(match.end(), 12)
    return bool(_HOTLINE_WORDS.search(around))


def _is_date(number: str) -> bool:
    return bool(
        re.fullmatch(r"20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", number)
    )
