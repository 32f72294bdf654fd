"""How a line stands on a page, told by what it says: title, heading, signature."""

import re
from collections.abc import Sequence

#: The longest that titles and signatures are; longer lines are sentences.
_LONGEST_TITLE = 80
_LONGEST_SIGNATURE = 40

_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
_DATE = re.compile(r"[〇○零一二三四五六七八九十\d]{4}年.{1,3}月.{1,3}日")


def kinds(texts: Sequence[str]) -> list[str]:
    """Return for each line of a document the kind of its block."""
    found = ["body"] * len(texts)
    if texts and len(texts[0]) <= _LONGEST_TITLE:
        found[0] = "title"
    # The addressees stand right below the title; later colons begin a list.
    if len(texts) > 1 and texts[1].endswith(("：", ":")):
        found[1] = "addressees"
    for index, text in enumerate(texts):
        if is_heading(text):
            found[index] = "heading"
        if _DATE.fullmatch(text):
            found[index] = "right"
            # The date stands under the name of the one who signs.
            if index > 1 and len(texts[index - 1]) <= _LONGEST_SIGNATURE:
                found[index - 1] = "right"
    return found


def is_heading(text: str) -> bool:
    """Whether a line is the heading of a section."""
    return bool(_HEADING.match(text)) and len(text) <= _LONGEST_SIGNATURE
