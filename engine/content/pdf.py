"""PDF files: the lines of every page, and all that lies beside the pages."""

import ctypes
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdf import PdfReader, PdfWriter

from engine.content import pdf_beside
from engine.content.blocks import Block, Reading
from engine.content.package import Unreadable
from engine.content.standing import kinds

MOST_PAGES = 1_000
#: Two pages are never worked on at once: the library behind is not made for it.
_ONE_AT_A_TIME = threading.RLock()

_HYPHEN = "\x02"
_UNKNOWN = "\ufffd"
#: A page is unreadable if more of its characters than this are unknown.
_MOST_UNKNOWN = 0.1
#: An image of this part of the page may hold a text of its own.
_LARGE = 0.3
_DEEPEST_FORM = 3


@dataclass(frozen=True)
class Line:
    """A line of a page, and the number of its first character on the page."""

    start: int
    text: str


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a file as its reader sees it: filled-in forms are text like any other.

    Raises:
        Unreadable: it has a password, is broken or too long.
    """
    with _ONE_AT_A_TIME:
        document = _opened(data)
        try:
            if len(document) > MOST_PAGES:
                raise Unreadable(f"超过 {MOST_PAGES} 页，请拆分成几个文件")
            fields = [_without_notes(document, at) for at in range(len(document))]
            if any(fields):
                whole = _spread(saved(document))
                document.close()
                document = _opened(whole)
                document.init_forms()
                for number in range(len(document)):
                    _flatten(document, number)
            yield document
        except pdfium.PdfiumError as error:
            raise Unreadable("文件已损坏，打不开") from error
        finally:
            document.close()


def _opened(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable(_why_not(str(error))) from error


def _why_not(message: str) -> str:
    if "password" in message.lower() or "security" in message.lower():
        return "文件设有打开密码"
    return "文件已损坏，打不开"


def _without_notes(document: Any, number: int) -> bool:
    """Take the annotations off a page; return whether it has fields of a form."""
    page = document[number]
    fields = 0
    try:
        for index in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
            annotation = raw.FPDFPage_GetAnnot(page.raw, index)
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if kind == raw.FPDF_ANNOT_WIDGET:
                fields += 1
            else:
                raw.FPDFPage_RemoveAnnot(page.raw, index)
    finally:
        page.close()
    return fields > 0


def _spread(data: bytes) -> bytes:
    """Give each page all that it has from the tree of pages.

    The library forgets what a page inherits when it makes fields a part of it.
    """
    reader = PdfReader(io.BytesIO(data))
    # Listing the pages is what hands their inheritance down to them.
    if not list(reader.pages):
        raise Unreadable("文件里没有页")
    stream = io.BytesIO()
    PdfWriter(clone_from=reader).write(stream)
    return stream.getvalue()


def _flatten(document: Any, number: int) -> None:
    """Let what is filled into a form be a part of the page."""
    page = document[number]
    try:
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    finally:
        page.close()


@contextmanager
def text_of(page: Any) -> Iterator[Any]:
    """Open the text of a page."""
    text = page.get_textpage()
    try:
        yield text
    finally:
        text.close()


def lines(text: Any) -> Iterator[Line]:
    """Yield the lines of a page that have something on them."""
    characters = "".join(
        _character(raw.FPDFText_GetUnicode(text.raw, index))
        for index in range(text.count_chars())
    )
    start = 0
    for line in characters.replace("\r", "\n").split("\n"):
        if line.strip():
            margin = len(line) - len(line.lstrip())
            yield Line(start + margin, line.strip())
        start += len(line) + 1


def _character(code: int) -> str:
    character = chr(code) if code < 0x110000 else _UNKNOWN
    if character == _HYPHEN:
        return "-"
    is_lone_half = "\ud800" <= character <= "\udfff"
    return _UNKNOWN if is_lone_half or character == "\0" else character


def read(data: bytes) -> Reading:
    """Read a PDF file."""
    found: list[tuple[int, Line, int]] = []
    unread: list[str] = []
    with opened(data) as document:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            try:
                with text_of(page) as text:
                    on_page = list(lines(text))
                unread += _unread(page, number, on_page)
            finally:
                page.close()
            found += [(number, line, at) for at, line in enumerate(on_page, start=1)]
    stands = kinds([line.text for _, line, _ in found])
    blocks = [
        Block(address(number, at), f"第 {number} 页第 {at} 行", line.text, kind)
        for (number, line, at), kind in zip(found, stands, strict=True)
    ]
    said = "".join(line.text for _, line, _ in found)
    beside = pdf_beside.read(data, said)
    return Reading((*blocks, *beside.blocks), beside.traits, (*unread, *beside.unread))


def address(page: int, line: int) -> str:
    """Return the address of a line."""
    return f"page/{page}/{line}"


def _unread(page: Any, number: int, on_page: list[Line]) -> Iterator[str]:
    text = "".join(line.text for line in on_page)
    if not text:
        if raw.FPDFPage_CountObjects(page.raw):
            yield f"第 {number} 页没有文字层"
        return
    unknown = sum(each == _UNKNOWN or "\ue000" <= each <= "\uf8ff" for each in text)
    if unknown > len(text) * _MOST_UNKNOWN:
        yield f"第 {number} 页的文字编码读不懂"
    width, height = page.get_size()
    if any(area > _LARGE * width * height for area in _images(page)):
        yield f"第 {number} 页有大幅图片"


def _images(page: Any) -> Iterator[float]:
    """Yield how much of a page each of its images covers."""
    count = raw.FPDFPage_CountObjects(page.raw)
    found = [(raw.FPDFPage_GetObject(page.raw, index), 0) for index in range(count)]
    while found:
        one, depth = found.pop()
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_IMAGE or (
            kind == raw.FPDF_PAGEOBJ_FORM and depth == _DEEPEST_FORM
        ):
            yield _area(one)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            inside = range(raw.FPDFFormObj_CountObjects(one))
            found += [(raw.FPDFFormObj_GetObject(one, at), depth + 1) for at in inside]


def _area(one: Any) -> float:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(one, *sides):
        return 0
    left, bottom, right, top = (side.value for side in sides)
    return abs((right - left) * (top - bottom))


def saved(document: Any) -> bytes:
    """Return an opened file written anew, without passwords and older versions."""
    stream = io.BytesIO()
    document.save(stream, flags=raw.FPDF_REMOVE_SECURITY | raw.FPDF_NO_INCREMENTAL)
    return stream.getvalue()
