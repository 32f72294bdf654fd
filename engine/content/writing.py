"""Writes a plain Word file in the looks of an official document (GB/T 9704-2012)."""

import re
from collections.abc import Sequence

from lxml import etree

from engine.content.names import WORD, XML, w
from engine.content.package import (
    Element,
    content_types,
    relationships,
    written,
    zipped,
)

_MAIN = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
_TIE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
)
#: What XML cannot hold.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMERALS = "一二三四五六七八九十"

#: Fonts and sizes in half points: 小标宋 二号, 黑体 三号, 仿宋 三号.
_TITLE = ("方正小标宋简体", 44)
_HEADING = ("黑体", 32)
_BODY = ("仿宋_GB2312", 32)
#: 28 points from line to line; two characters of three-hao indented.
_LINE = "560"
_INDENT = "640"
#: A4 with the margins of an official document, in twentieths of a point.
_PAGE = {"w": "11906", "h": "16838"}
_MARGINS = {"top": "2098", "right": "1474", "bottom": "1984", "left": "1587"}


def word_document(title: str, parts: Sequence[tuple[str, str]]) -> bytes:
    """Return a Word file: a title, then each part's numbered heading and its text.

    The same words always give the same bytes.
    """
    root = etree.Element(w("document"), nsmap={"w": WORD})
    body = etree.SubElement(root, w("body"))
    _paragraph(body, title, _TITLE, title=True)
    _paragraph(body, "", _BODY)
    for numeral, (heading, text) in zip(_NUMERALS, parts, strict=False):
        _paragraph(body, f"{numeral}、{heading}", _HEADING)
        for line in filter(None, map(str.strip, text.splitlines())):
            _paragraph(body, line, _BODY)
    section = etree.SubElement(body, w("sectPr"))
    _element(section, "pgSz", **_PAGE)
    _element(section, "pgMar", **_MARGINS, header="851", footer="992", gutter="0")
    return zipped(
        {
            "[Content_Types].xml": content_types({"word/document.xml": _MAIN}),
            "_rels/.rels": relationships({"rId1": (_TIE, "word/document.xml")}),
            "word/document.xml": written(root),
        }
    )


def _paragraph(
    body: Element, text: str, looks: tuple[str, int], *, title: bool = False
) -> None:
    font, size = looks
    paragraph = etree.SubElement(body, w("p"))
    shape = etree.SubElement(paragraph, w("pPr"))
    _element(shape, "spacing", line=_LINE, lineRule="exact")
    if title:
        _element(shape, "jc", val="center")
    else:
        _element(shape, "ind", firstLine=_INDENT, firstLineChars="200")
    if not text:
        return
    run = etree.SubElement(paragraph, w("r"))
    properties = etree.SubElement(run, w("rPr"))
    _element(properties, "rFonts", ascii=font, hAnsi=font, eastAsia=font)
    _element(properties, "sz", val=str(size))
    _element(properties, "szCs", val=str(size))
    words = etree.SubElement(run, w("t"))
    words.text = _UNWRITABLE.sub("", text)
    words.set(f"{{{XML}}}space", "preserve")


def _element(parent: Element, name: str, **attributes: str) -> None:
    made = etree.SubElement(parent, w(name))
    for key, value in attributes.items():
        made.set(w(key), value)
