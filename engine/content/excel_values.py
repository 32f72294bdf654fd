"""What a number of a table looks like in its cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from openpyxl.styles.numbers import BUILTIN_FORMATS

#: What Excel in Chinese shows under the numbers whose meaning depends on the country.
_CHINESE = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((33, 35, 56), 'h"时"mm"分"ss"秒"'),
}
_PIECE = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|AM/PM|上午/下午|[yY]+|[mM]+|[dD]+|[hH]+'
    r"|[sS]+(?:\.0+)?|[eE][+-]|.",
    re.DOTALL,
)
_DATE = re.compile(r"[yYmMdDhHsS]+(\.0+)?|\[([hH]+|[mM]+|[sS]+)\]")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_PLACES = frozenset("0#?")
_LARGEST_DAY = 2_958_465
_FEBRUARY_1900 = 60
_THOUSAND = 3
_MORNING = 12
#: Longer than any number that somebody shows; a broken file may claim more.
_MOST_DIGITS = 30


@dataclass(frozen=True)
class Shown:
    """What a reader sees of a number."""

    text: str
    #: The number that a copy may hold without telling more; None: only the text.
    number: str | None


def shown(raw: str, code: str, *, since_1904: bool = False) -> Shown:
    """Return how a stored number stands in its cell."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return Shown(raw, None)
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        return Shown(raw, None)
    sections = _sections(code)
    section, signed = _section(sections, value)
    if not section and len(sections) > 1:
        return Shown("", None)
    if any(_DATE.fullmatch(piece) for piece in section):
        return _date(value, section, since_1904)
    return _number(value, section, signed)


def format_of(number: int, own: dict[int, str]) -> str:
    """Return the format that a style names."""
    found = own.get(number) or _CHINESE.get(number) or BUILTIN_FORMATS.get(number)
    return found or "General"


def literals(code: str) -> str:
    """Return the words that a format puts beside the number."""
    return "".join(map(_literal, _PIECE.findall(code)))


@cache
def _sections(code: str) -> tuple[tuple[str, ...], ...]:
    sections: list[tuple[str, ...]] = []
    current: list[str] = []
    for piece in [*_PIECE.findall(code), ";"]:
        if piece == ";":
            sections.append(tuple(current))
            current = []
        else:
            current.append(piece)
    return tuple(sections)


def _section(
    sections: Sequence[tuple[str, ...]], value: Decimal
) -> tuple[tuple[str, ...], bool]:
    """Return the part of a format for this number, and whether it shows the sign."""
    conditional = False
    for section in sections:
        for piece in section:
            condition = _CONDITION.fullmatch(piece)
            if condition:
                conditional = True
                if _meets(value, condition[1], Decimal(condition[2])):
                    return section, True
    if conditional:
        return sections[-1], True
    positive, negative, zero, *_ = (*sections, (), ())
    if value < 0 and len(sections) > 1:
        return negative, False
    if value == 0 and zero:
        return zero, False
    return positive, True


def _meets(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _literal(piece: str) -> str:
    """Return what a piece says by itself."""
    if piece.startswith('"'):
        return piece.strip('"')
    if piece.startswith("\\"):
        return piece[1:]
    if piece.startswith("[$"):
        return piece[2:-1].partition("-")[0]
    if len(piece) == 1 and piece not in "0#?@,.%/;*_":
        return piece
    return " " if piece.startswith("_") else ""


def general(value: Decimal) -> str:
    """Write a number in full, without the noise of the last binary digits."""
    if value == value.to_integral_value():
        return str(int(value))
    text = f"{Decimal(f'{float(value):.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: Decimal, section: tuple[str, ...], signed: bool) -> Shown:
    places = [index for index, piece in enumerate(section) if piece in _PLACES]
    if not places:
        if "General" in section or "@" in section:
            text = general(value if signed else abs(value))
            words = "".join(
                text if piece in {"General", "@"} else _literal(piece)
                for piece in section
            )
            return Shown(words, general(value))
        return Shown("".join(map(_literal, section)).strip(), None)
    if "/" in section or any(piece[0] in "eE" for piece in section):
        return Shown(general(value), general(value))
    return _placed(value, section, places, signed)


def _placed(
    value: Decimal, section: tuple[str, ...], places: list[int], signed: bool
) -> Shown:
    """Put a number's digits into the places of a format."""
    point = section.index(".") if "." in section else len(section)
    whole = [index for index in places if index < point]
    parts = [index for index in places if index > point]
    last_whole = whole[-1] if whole else point - 1
    grouped = any(section[index] == "," for index in range(places[0], last_whole))
    scale = Decimal(100) ** section.count("%")
    behind = (section[last_whole + 1 : point], section[places[-1] + 1 :])
    scale /= Decimal(1000) ** max(pieces.count(",") for pieces in behind)
    step = Decimal(1).scaleb(-len(parts))
    rounded = (abs(value) * scale).quantize(step, ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    chunks = dict(zip(whole, _chunks(digits, section, whole, grouped), strict=True))
    chunks.update(zip(parts, _decimals(decimals, section, parts), strict=True))
    text = "".join(
        chunks.get(index, _mark(piece, index == point))
        for index, piece in enumerate(section)
    )
    if not whole and digits != "0":
        text = digits + text
    if parts and not any(chunks[index] for index in parts):
        text = text.replace(".", "", 1)
    sign = "-" if value < 0 and signed and rounded else ""
    told = rounded / scale * (-1 if value < 0 else 1)
    return Shown((sign + text).strip(), general(told) if scale >= 1 else None)


def _mark(piece: str, is_point: bool) -> str:
    if piece == "%":
        return "%"
    return "." if is_point else _literal(piece)


def _chunks(
    digits: str, section: tuple[str, ...], whole: list[int], grouped: bool
) -> Iterator[str]:
    digits = digits.lstrip("0")
    missing = len(whole) - len(digits)
    for number, index in enumerate(whole):
        left = len(whole) - number - 1
        if number < missing:
            chunk = {"0": "0", "?": " "}.get(section[index], "")
        elif number == 0:
            chunk = digits[: len(digits) - left]
        else:
            chunk = digits[number - missing]
        yield _grouped(chunk, left) if grouped else chunk


def _grouped(chunk: str, left: int) -> str:
    """Set a comma behind each digit that has a multiple of three behind it."""
    marked = ""
    for number, digit in enumerate(chunk):
        behind = left + len(chunk) - number - 1
        comma = behind and behind % _THOUSAND == 0 and digit.isdigit()
        marked += f"{digit}," if comma else digit
    return marked


def _decimals(
    decimals: str, section: tuple[str, ...], parts: list[int]
) -> Iterator[str]:
    needed = len(decimals.rstrip("0"))
    for number, index in enumerate(parts):
        optional = section[index] == "#" and number >= needed
        yield "" if optional else decimals[number]


def _date(value: Decimal, section: tuple[str, ...], since_1904: bool) -> Shown:
    if not 0 <= value <= _LARGEST_DAY:
        return Shown(general(value), general(value))
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    if not since_1904 and value < _FEBRUARY_1900:
        # Excel believes that 1900 had a 29 February.
        start += timedelta(days=1)
    seconds = int((value * 86_400).to_integral_value(ROUND_HALF_UP))
    moment = start + timedelta(seconds=seconds)
    text = "".join(_moments(moment, seconds, section)).strip()
    return Shown(text, general(value) if _tells_all(value, section) else None)


def _tells_all(value: Decimal, section: tuple[str, ...]) -> bool:
    """Whether a date is shown whole: a birthday without its year is not."""
    letters = "".join(piece.lower() for piece in section if _DATE.fullmatch(piece))
    has_time = value != value.to_integral_value()
    needed = ("ymd" if value >= 1 and "[" not in letters else "") + "h" * has_time
    return all(letter in letters for letter in needed)


def _moments(moment: datetime, seconds: int, section: tuple[str, ...]) -> Iterator[str]:
    units = [piece for piece in section if _DATE.fullmatch(piece)]
    halves = "AM/PM" in section or "上午/下午" in section
    number = 0
    for piece in section:
        if _DATE.fullmatch(piece):
            before = units[number - 1][:2].strip("[").lower()[:1] if number else ""
            after = units[number + 1][:1].lower() if number + 1 < len(units) else ""
            number += 1
            minutes = before == "h" or after == "s"
            yield _unit(moment, seconds, piece.lower(), minutes, halves)
        elif piece in {"AM/PM", "上午/下午"}:
            names = piece.split("/")
            yield names[moment.hour >= _MORNING]
        elif piece in {"/", ".", ","}:
            yield piece
        else:
            yield _literal(piece)


def _unit(
    moment: datetime, seconds: int, piece: str, minutes: bool, halves: bool
) -> str:
    if piece.startswith("["):
        unit = {"h": 3600, "m": 60, "s": 1}[piece[1]]
        return str(seconds // unit).zfill(len(piece) - 2)
    letter, width = piece[0], len(piece.partition(".")[0])
    if letter == "y":
        return f"{moment.year:04}" if width > 2 else f"{moment.year % 100:02}"
    if letter == "d" and width > 2:
        return "星期" + "一二三四五六日"[moment.weekday()]
    hour = (moment.hour + 11) % 12 + 1 if halves else moment.hour
    value = {
        "m": moment.minute if minutes else moment.month,
        "d": moment.day,
        "h": hour,
        "s": moment.second,
    }[letter]
    return str(value).zfill(min(width, 2))
