"""The proof that a file lacks what must not be in it, whatever place it might hide in.

It reads the bytes in a way of its own: what made a copy might have a blind spot, and
the proof must not share it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.content import proof_office, proof_pdf
from engine.content.blocks import Reading
from engine.content.likeness import plain
from engine.content.package import Unreadable
from engine.content.proof_places import Place, pictured
from engine.files import EXCEL, PDF, TEXT, WORD

#: Values shorter than this may stand together by chance where lines meet.
_LONG = 6
#: Fewer bytes than this may stand together by chance in packed data.
_FEWEST_BYTES = 6
_MOST_PLACES = 50
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


@dataclass(frozen=True)
class Verdict:
    """What was found of the forbidden values, and what nobody could look into."""

    #: Nothing was found, and nothing was left unread.
    clean: bool
    #: Places in words where a forbidden value still is.
    found: tuple[str, ...]
    #: 未检查: neither clean nor dirty, because it could not be read.
    unread: tuple[str, ...]


class _Value:
    """A value that must not be there, in all the ways in which it may be written."""

    def __init__(self, value: str) -> None:
        self.plain = plain(value)
        self.is_long = len(self.plain) >= _LONG
        #: A short number may be a measure of the page's looks.
        self.is_number = self.plain.isascii() and not self.is_long
        self.bytes = {
            encoded
            for text in (value.strip(), self.plain)
            for encoding in _ENCODINGS
            if len(encoded := text.encode(encoding, "ignore")) >= _FEWEST_BYTES
        }


def prove(
    media_type: str, data: bytes, reading: Reading, forbidden: Iterable[str]
) -> Verdict:
    """Look for forbidden values in everything that a file holds."""
    values = [_Value(value) for value in forbidden if plain(value)]
    unread = list(reading.unread)
    found: dict[str, None] = {}
    for place in (
        *_places(media_type, data, unread),
        *_read(media_type, reading, values),
    ):
        if any(_is_in(value, place) for value in values):
            found[place.words] = None
    places = tuple(found)
    if len(places) > _MOST_PLACES:
        rest = len(places) - _MOST_PLACES
        places = (*places[:_MOST_PLACES], f"另有 {rest} 处")
    return Verdict(not places and not unread, places, tuple(dict.fromkeys(unread)))


def _places(media_type: str, data: bytes, unread: list[str]) -> list[Place]:
    whole = Place("文件的原始内容", data=data)
    try:
        if media_type in (WORD, EXCEL):
            return [whole, *proof_office.places(data, unread)]
        if media_type == PDF:
            return [whole, *proof_pdf.places(data, unread)]
        if media_type == TEXT:
            lines = data.decode("utf-8-sig").splitlines()
            return [whole, Place("文本", tuple(lines), together=True)]
        return [whole, *pictured("图片", data)]
    except (Unreadable, UnicodeDecodeError):
        unread.append("文件打不开")
    except Exception:  # noqa: BLE001
        # Whatever is wrong with the file, it is not proved to be clean.
        unread.append("文件的一部分打不开")
    return [whole]


def _read(
    media_type: str, reading: Reading, values: Sequence[_Value]
) -> Iterator[Place]:
    """Yield what a reader of the file sees or may find, with its place in words."""
    whole = Place("", tuple(block.text for block in reading.blocks)).apart
    is_there = any(value.plain in whole for value in values)
    pages: dict[str, list[str]] = {}
    for block in reading.blocks:
        if is_there:
            yield Place(block.label, (block.text,))
        page = block.address.rpartition("/")[0] if media_type == PDF else ""
        pages.setdefault(page, []).append(block.text)
    for page, texts in pages.items():
        words = f"第 {page.rpartition('/')[2]} 页" if page else "文字相接的地方"
        # A line of a page goes on in the next one; a paragraph does not.
        yield Place(words, tuple(texts), together=media_type == PDF, seams=True)


def _is_in(value: _Value, place: Place) -> bool:
    if value.plain in place.apart:
        return not place.seams
    if (value.is_long or place.together) and value.plain in place.whole:
        return True
    if not value.is_number and value.plain in place.plain_looks:
        return True
    return any(encoded in place.data for encoded in value.bytes)
