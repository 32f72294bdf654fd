"""The text of a file for reading beside a form: paragraphs, as far as it has any."""

import io
import re
from dataclasses import dataclass
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError

from engine.files import TEXT, WORD


@dataclass(frozen=True)
class Paragraph:
    """One paragraph and how it stands: title, heading, body or right-aligned."""

    text: str
    kind: str


def paragraphs(media_type: str, data: bytes) -> list[Paragraph] | None:
    """Return a document's paragraphs; None where the type has no text we can read."""
    if media_type == TEXT:
        lines = data.decode("utf-8-sig").splitlines()
    elif media_type == WORD:
        try:
            document = docx.Document(io.BytesIO(data))
        except (OpcError, BadZipFile, KeyError, ValueError):
            return None
        lines = [paragraph.text for paragraph in document.paragraphs]
    else:
        return None
    return _classified([line.strip() for line in lines if line.strip()])


#: The longest that titles and signatures are; longer lines are sentences.
_LONGEST_TITLE = 80
_LONGEST_SIGNATURE = 40

_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
_DATE = re.compile(r"[〇○零一二三四五六七八九十\d]{4}年.{1,3}月.{1,3}日")


def _classified(texts: list[str]) -> list[Paragraph]:
    kinds = ["body"] * len(texts)
    if texts and len(texts[0]) <= _LONGEST_TITLE:
        kinds[0] = "title"
    # The addressees stand right below the title; later colons begin a list.
    if len(texts) > 1 and texts[1].endswith(("：", ":")):
        kinds[1] = "addressees"
    for index, text in enumerate(texts):
        if _HEADING.match(text) and len(text) <= _LONGEST_SIGNATURE:
            kinds[index] = "heading"
        if _DATE.fullmatch(text):
            kinds[index] = "right"
            # The date stands under the name of the one who signs.
            if index > 1 and len(texts[index - 1]) <= _LONGEST_SIGNATURE:
                kinds[index - 1] = "right"
    return [Paragraph(text, kind) for text, kind in zip(texts, kinds, strict=True)]
