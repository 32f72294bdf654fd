"""What is written into a letter: text as people typed it, and nothing else."""

import unicodedata
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from engine.errors import Refusal

#: One row of a list: its columns by name.
Row = Mapping[str, str]

#: What one placeholder stands for: a text, or rows to repeat.
Value = str | Sequence[Row]

#: Turns the direction of what follows, so that a text reads otherwise than it is.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: No characters at all, for XML.
_NOT_CHARACTERS = frozenset("\ufffe\uffff")


def cleaned(text: str) -> str:
    """Return a text with plain line breaks and without space around it.

    Raises:
        Refusal: it holds control characters, which no letter can show.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(_is_control(character) for character in text):
        msg = "有看不见的控制字符，一般是从别处粘贴带来的。删掉重新输入这一段。"
        raise Refusal(msg)
    return text


def _is_control(character: str) -> bool:
    if character in "\n\t":
        return False
    return (
        unicodedata.category(character) in ("Cc", "Cs")
        or character in _TURNING
        or character in _NOT_CHARACTERS
    )


def markup(value: Value) -> Markup | list[dict[str, Markup]]:
    """Return a value as Word's XML may hold it, each line a paragraph of its own."""
    if isinstance(value, str):
        return _text(value)
    return [{name: _text(text) for name, text in row.items()} for row in value]


def _text(text: str) -> Markup:
    """Escape a text; its braces too, which the library would read once more."""
    escaped = str(escape(cleaned(text)))
    for character in "{}%":
        escaped = escaped.replace(character, f"&#{ord(character)};")
    # The library makes a new paragraph, like the one it stands in, of this character.
    return Markup(escaped.replace("\n", "\a"))  # noqa: S704 (escaped above)
