"""The places of a PDF: every object, every program of a page, used or not."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from engine.content.proof_places import Place, unpacked

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TOKEN = re.compile(
    rb"/([^\s/<>\[\](){}%]+)\s+[-+.\d]+\s+Tf|<([0-9A-Fa-f\s]+)>"
    rb"|\(((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*)\)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_MOST_CODES = 70_000
_USUAL = "/FlateDecode"
#: Encodings whose codes are a text by themselves.
_ENCODINGS = {
    **dict.fromkeys(("UTF16", "UCS2"), "utf-16-be"),
    **dict.fromkeys(("GBK-EUC", "GBK2K", "GBKp-EUC", "GB-EUC"), "gb18030"),
}


def places(data: bytes, unread: list[str]) -> Iterator[Place]:
    """Yield every place of a PDF where a text may stand."""
    for number, found in enumerate(_STREAM.finditer(data), start=1):
        body = unpacked(found[1])
        yield Place(f"第 {number} 个数据流", _strings(body), data=body)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    used = _used(reader)
    for number in sorted({*reader.xref_objStm, *_numbers(reader)}):
        one: Any = reader.get_object(IndirectObject(number, 0, reader))
        is_unused = number not in used and isinstance(one, DictionaryObject)
        if is_unused and one.get("/Type") not in {"/XRef", "/ObjStm"}:
            unread.append(f"没有用到的对象 {number}")
        yield from _object(f"对象 {number}", one)
    fonts = _Fonts()
    for number, page in enumerate(reader.pages, start=1):
        contents = page.get_contents()
        program = b"" if contents is None else contents.get_data()
        resources = page.get("/Resources", DictionaryObject())
        words = f"第 {number} 页的文字"
        yield Place(words, fonts.texts(program, resources), together=True)
    for number in sorted(used):
        one = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(one, StreamObject) and one.get("/Subtype") == "/Form":
            texts = fonts.texts(_data(one), one.get("/Resources", DictionaryObject()))
            yield Place(f"对象 {number} 里的文字", texts, together=True)
    unread += [f"用字体 {name} 写的文字" for name in fonts.unknown]


def _numbers(reader: PdfReader) -> Iterator[int]:
    for entries in reader.xref.values():
        yield from entries


def _used(reader: PdfReader) -> set[int]:
    """Return the numbers of the objects that the file's root leads to."""
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(list.__iter__(one))
    return seen


def _object(words: str, one: Any) -> Iterator[Place]:
    """Yield the texts of an object that do not lie in another one."""
    found: list[str] = []
    looks: list[str] = []
    waiting = [one]
    while waiting:
        value = waiting.pop()
        if isinstance(value, DictionaryObject):
            looks += list(value)
            waiting += [value.raw_get(key) for key in value]
        elif isinstance(value, ArrayObject):
            waiting += list(list.__iter__(value))
        elif isinstance(value, ByteStringObject):
            found += [value.decode(code, "ignore") for code in ("utf-16-be", "gb18030")]
        elif isinstance(value, NameObject):
            looks.append(str(value))
        elif isinstance(value, TextStringObject):
            found.append(str(value))
            found.append(value.original_bytes.decode("utf-16-be", "ignore"))
    data = b""
    is_image = isinstance(one, StreamObject) and one.get("/Subtype") == "/Image"
    # What is packed in the usual way was looked at before, with the raw streams.
    if isinstance(one, StreamObject) and not is_image and one.get("/Filter") != _USUAL:
        data = _data(one)
        found += _strings(data)
    yield Place(words, tuple(found), tuple(looks), data)


def _data(stream: Any) -> bytes:
    data = stream.get_data()
    return data.encode("latin-1", "replace") if isinstance(data, str) else bytes(data)


def _strings(data: bytes) -> tuple[str, ...]:
    """Return the strings of a program as if they were texts by themselves."""
    found = [_bytes(token) for token in _TOKEN.finditer(data)]
    wide = (text.decode("utf-16-be", "ignore") for text in found if len(text) > 1)
    return (b"".join(found).decode("latin-1"), "\n".join(wide))


def _bytes(token: re.Match[bytes]) -> bytes:
    """Return the bytes of a string, however it is written."""
    if token[2] is not None:
        digits = re.sub(rb"\s", b"", token[2])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if token[3] is not None:
        return _ESCAPE.sub(_sign, token[3])
    return b""


def _sign(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code.isdigit():
        return bytes([int(code, 8) & 0xFF])
    return b"" if code.endswith(b"\n") else _SIGNS.get(code, code)


class _Fonts:
    """What the codes of fonts mean, each font looked at once."""

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self._known: dict[int, _Font] = {}

    def texts(self, program: bytes, resources: Any) -> tuple[str, ...]:
        """Return what a program writes, string by string."""
        fonts = resources.get_object().get("/Font", DictionaryObject()).get_object()
        font: _Font | None = None
        named: dict[str, _Font | None] = {}
        found = []
        for token in _TOKEN.finditer(program):
            if token[1] is not None:
                name = "/" + token[1].decode("latin-1")
                if name not in named:
                    named[name] = self._font(fonts, name)
                font = named[name]
            elif font is not None:
                found.append(font.decode(_bytes(token)))
                if not font.is_known and font.name not in self.unknown:
                    self.unknown.append(font.name)
        return ("".join(found),)

    def _font(self, fonts: Any, name: str) -> "_Font | None":
        if name not in fonts:
            return None
        one = fonts[name].get_object()
        if id(one) not in self._known:
            self._known[id(one)] = _Font(one)
        return self._known[id(one)]


class _Font:
    """What the codes of a font mean."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", "")).strip("/")
        self._font = font
        self._meanings: dict[bytes, str] = {}
        encoding = str(font.get("/Encoding", ""))
        self._encoding = next(
            (code for part, code in _ENCODINGS.items() if part in encoding), ""
        )
        is_wide = font.get("/Subtype") == "/Type0"
        if "/ToUnicode" in font and isinstance(font["/ToUnicode"], StreamObject):
            self._meanings = _meanings(_data(font["/ToUnicode"]))
        elif not self._encoding and not is_wide:
            self._encoding = "cp1252"
        self.is_known = bool(self._meanings or self._encoding)
        self._width = len(next(iter(self._meanings), b"00"))

    def decode(self, text: bytes) -> str:
        """Return what a string of codes says."""
        if not self._meanings:
            return text.decode(self._encoding or "latin-1", "ignore")
        width = self._width
        return "".join(
            self._meanings.get(text[at : at + width], "")
            for at in range(0, len(text), width)
        )


def _meanings(table: bytes) -> dict[bytes, str]:
    """Read what a font's codes mean from the table that it brings."""
    found: dict[bytes, str] = {}
    for section in _SECTION.finditer(table):
        codes = [_code(one) for one in _HEX.finditer(section[2])]
        if section[1] == b"bfchar":
            pairs = zip(codes[::2], codes[1::2], strict=False)
            found.update((code, _said(said)) for code, said in pairs)
        else:
            _ranges(codes, found)
    return found


def _code(found: re.Match[bytes]) -> bytes:
    if found[1] is None:
        return found[0]
    digits = re.sub(rb"\s", b"", found[1])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _ranges(codes: list[bytes], found: dict[bytes, str]) -> None:
    waiting = iter(codes)
    for first in waiting:
        last, said = next(waiting, first), next(waiting, b"")
        width, start = len(first), int.from_bytes(first, "big")
        span = range(start, min(int.from_bytes(last, "big"), start + _MOST_CODES) + 1)
        if said == b"[":
            each = iter(lambda: next(waiting, b"]"), b"]")
            for code, one in zip(span, each, strict=False):
                found[code.to_bytes(width, "big")] = _said(one)
            continue
        for number, code in enumerate(span):
            text = int.from_bytes(said, "big") + number
            found[code.to_bytes(width, "big")] = _said(
                text.to_bytes(max(len(said), 2), "big")
            )


def _said(code: bytes) -> str:
    return code.decode("utf-16-be", "ignore")
