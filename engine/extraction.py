"""The text of a file for reading beside a form: paragraphs, as far as it has any."""

import io
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
    texts = [line for line in lines if line.strip()]
    return [
        Paragraph(text.strip(), _kind(text, first=index == 0))
        for index, text in enumerate(texts)
    ]


_LARGE_NUMBERS = "一二三四五六七八九十"


def _kind(text: str, *, first: bool) -> str:
    stripped = text.strip()
    if first and len(stripped) < 60:
        return "title"
    if stripped[0] in _LARGE_NUMBERS and "、" in stripped[:4]:
        return "heading"
    if stripped.endswith(("：", ":")) and len(stripped) < 80:
        return "addressees"
    indent = len(text) - len(text.lstrip())
    if indent > 8:
        return "right"
    return "body"
