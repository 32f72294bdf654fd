"""Places of a file in which a proof looks, and those of a picture."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.content.likeness import plain

#: A character that means nothing and stands in no value.
_APART = "\ue000"
_MOST_UNPACKED = 20_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
#: Parts of a PNG file that are the picture and no words.
_PIXELS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs"})
_JPEG = b"\xff\xd8"
_SCAN = 0xDA
_FIRST_NOTE, _LAST_NOTE, _COMMENT = 0xE0, 0xEF, 0xFE


@dataclass(frozen=True)
class Place:
    """A place of a file: texts that stand in it, and bytes."""

    words: str
    #: Texts that each stand alone: a paragraph, a row.
    texts: tuple[str, ...] = ()
    #: Attributes that may be words, and may be measures.
    looks: tuple[str, ...] = ()
    data: bytes = b""
    #: Each text goes on in the next one.
    together: bool = False
    #: The texts are looked at elsewhere; here counts what stands where they meet.
    seams: bool = False

    @cached_property
    def apart(self) -> str:
        """The texts in the one form of all spellings, each apart from the next."""
        return plain(_APART.join(self.texts))

    @cached_property
    def whole(self) -> str:
        """The same without anything between them."""
        return self.apart.replace(_APART, "")

    @cached_property
    def plain_looks(self) -> str:
        """The attributes in the one form of all spellings."""
        return plain(_APART.join(self.looks))


def pictured(words: str, data: bytes) -> Iterator[Place]:
    """Yield the parts of a picture's file that are not the picture."""
    notes = list(_png(data) if data.startswith(_PNG) else _jpeg(data))
    texts = tuple(
        note.decode(encoding, "ignore")
        for note in notes
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    )
    yield Place(f"{words}的附加信息", texts)


def unpacked(data: bytes) -> bytes:
    """Return what was packed, as far as it can be unpacked; no bomb goes off."""
    try:
        return zlib.decompressobj().decompress(data, _MOST_UNPACKED)
    except zlib.error:
        return b""


def _png(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        if kind not in _PIXELS:
            yield body
            for start in range(min(len(body), 100)):
                if body[start : start + 1] == b"\x78":
                    yield unpacked(body[start:])
        at += size + 12
        if kind == b"IEND":
            break
    yield data[at:]


def _jpeg(data: bytes) -> Iterator[bytes]:
    at = len(_JPEG)
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if _FIRST_NOTE <= marker <= _LAST_NOTE or marker == _COMMENT:
            yield data[at + 4 : at + 2 + size]
        if marker == _SCAN:
            break
        at += size + 2
    # Behind the end of the picture anything may follow.
    end = data.rfind(b"\xff\xd9")
    yield data[end + 2 :] if end >= 0 else b""
