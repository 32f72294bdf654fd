"""How ordinary a character is in an office's text; garbled text is full of others."""

import re
from functools import cache

from opencc import OpenCC

_to_simplified = OpenCC("t2s")

#: Figures of full width, and those that they are.
WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
HANZI = r"\u3400-\u4dbf\u4e00-\u9fff"

#: Signs that running text has; full-width forms of ASCII are ordinary as well.
_SIGNS = frozenset(
    " \t\n\r\u00a0\u3000、。·—…–-‘’“”〔〕〈〉《》「」『』【】（），：；！？％．～"
)
#: The rows of GB 2312 with the 3755 characters of everyday use (first level).
_EVERYDAY_ROWS = (0xB0, 0xD7)


def simplified(text: str) -> str:
    """Return a text in simplified characters; each character keeps its place."""
    if len(text) <= 1:
        return _simplified_alone(text)
    converted = _convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_simplified_alone(char) for char in text)


@cache
def _simplified_alone(char: str) -> str:
    converted = _convert(char)
    return converted if len(converted) == len(char) else char


def _convert(text: str) -> str:
    # Half a surrogate pair, as broken files have it, would stop the converter.
    return str(_to_simplified.convert(text.encode(errors="replace").decode()))


@cache
def is_traditional(char: str) -> bool:
    """Whether a character occurs in traditional text only.

    A few traditional forms are also characters of simplified text (乾, 後 as names);
    GB 2312 has them, and they prove nothing.
    """
    return is_hanzi(char) and not _in_gb2312(char) and _simplified_alone(char) != char


@cache
def oddity(char: str) -> int:
    """Tell how odd a character is: 0 everyday, 1 rare, 2 in no office's text."""
    if char.isascii() or char in _SIGNS:
        return 0
    if "\uff10" <= char <= "\uff5a":
        return 0 if char.isalnum() else 2
    plain = _simplified_alone(char)
    if not (is_hanzi(char) and _in_gb2312(plain)):
        return 2
    first, last = _EVERYDAY_ROWS
    return 0 if first <= plain.encode("gb2312")[0] <= last else 1


@cache
def is_hanzi(char: str) -> bool:
    """Whether this is a Chinese character and no sign or letter."""
    return re.match(f"[{HANZI}]", char) is not None


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
