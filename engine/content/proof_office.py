"""The places of an Office file: every part of the zip, read without the office."""

import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.parsers import expat

from engine.content.package import LARGEST_PACKAGE, LARGEST_PART, Unreadable
from engine.content.proof_places import Place, pictured

#: Elements after which a text ends: paragraphs, cells, rows, entries of a list.
_ENDS = frozenset({"p", "si", "c", "tc", "pt", "comment", "text", "author", "property"})
_ROWS = frozenset({"tr", "row"})
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
#: Attributes that are words for people wherever they stand.
_WORDS = frozenset(
    {
        *("name", "descr", "title", "alt", "author", "initials", "target", "string"),
        *("tooltip", "display", "location", "prompt", "error", "lastclr", "userid"),
    }
)
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def places(data: bytes, unread: list[str]) -> Iterator[Place]:
    """Yield every part of an Office file."""
    shared: list[str] = []
    sheets: list[tuple[str, _Part]] = []
    left = LARGEST_PACKAGE
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise Unreadable("文件已损坏，打不开") from error
    yield Place("压缩包的说明", (packed.comment.decode("utf-8", "replace"),))
    for entry in packed.infolist():
        words = f"部件 {entry.filename}"
        yield Place(
            f"{words} 的名称", (entry.filename, entry.comment.decode("latin-1"))
        )
        with packed.open(entry) as stream:
            body = stream.read(min(LARGEST_PART, left) + 1)
        left -= len(body)
        if len(body) > LARGEST_PART or left < 0:
            raise Unreadable("文件解开后太大")
        yield Place(words, data=body)
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            yield from _binary(words, entry.filename, body, unread)
            continue
        try:
            part = _Part(body)
        except (expat.ExpatError, Unreadable, LookupError, ValueError):
            unread.append(words)
            yield Place(
                words, (re.sub(r"<[^>]*>", "", body.decode("utf-8", "replace")),)
            )
            continue
        yield from part.places(words)
        if entry.filename.endswith("sharedStrings.xml"):
            shared = part.entries
        elif part.cells:
            sheets.append((words, part))
    for words, part in sheets:
        yield from part.table(words, shared)


def _binary(words: str, name: str, body: bytes, unread: list[str]) -> Iterator[Place]:
    if name.lower().endswith(_IMAGES):
        yield from pictured(words, body)
    else:
        unread.append(words)
        if body.startswith(b"PK\x03\x04"):
            inner: list[str] = []
            for place in places(body, inner):
                yield Place(f"{words} 里的{place.words}", place.texts, data=place.data)


class _Part:
    """One part of XML, read by a parser that knows nothing of Office."""

    def __init__(self, body: bytes) -> None:
        self.entries: list[str] = []
        #: Cells of a table: place, type, value.
        self.cells: list[tuple[str, str, str]] = []
        self._texts: list[str] = []
        self._words: list[str] = []
        self._looks: set[str] = set()
        self._now: list[str] = []
        self._row: list[str] = []
        self._entry: list[str] = []
        self._cell = ("", "")
        self._value: list[str] = []
        self._path: list[str] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._words.append
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartNamespaceDeclHandler = self._space
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(body, True)
        self._close(self._now)

    def places(self, words: str) -> Iterator[Place]:
        """Yield the part's texts and attributes."""
        yield Place(words, (*self._texts, *self._words), tuple(sorted(self._looks)))

    def table(self, words: str, shared: list[str]) -> Iterator[Place]:
        """Yield the rows and columns of a table, with the texts that cells name."""
        rows: dict[str, list[str]] = {}
        columns: dict[str, list[str]] = {}
        for where, kind, value in self.cells:
            if kind == "s":
                named = int(value) if value.isdecimal() else len(shared)
                text = shared[named] if named < len(shared) else ""
            else:
                text = value
            place = _PLACE.fullmatch(where)
            column, row = (place[1], place[2]) if place else ("", "")
            rows.setdefault(row, []).append(text)
            columns.setdefault(column, []).append(text)
        yield Place(words, tuple("".join(row) for row in rows.values()))
        for column in columns.values():
            yield Place(words, tuple(column))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._path.append(local)
        if local in _ROWS:
            self._row = []
        if local == "si":
            self._entry = []
        if local == "c":
            self._cell = (attributes.get("r", ""), attributes.get("t", "n"))
            self._value = []
        for key, value in attributes.items():
            plain = unquote(value) if "%" in value else value
            if key.rpartition(" ")[2].lower() in _WORDS:
                self._words.append(plain)
            else:
                self._looks.add(plain)

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self._path.pop()
        if local in _ENDS:
            self._close(self._now)
        if local in _ROWS:
            self._close(self._row)
        if local == "si":
            self.entries.append("".join(self._entry))
        if local == "c":
            self.cells.append((*self._cell, "".join(self._value)))

    def _text(self, text: str) -> None:
        if "c" in self._path and self._path[-1] in {"v", "t"}:
            self._value.append(text)
            # The number of a shared text is no text; the table names the text itself.
            if self._cell[1] == "s":
                return
        for kept in (self._now, self._row, self._entry):
            kept.append(text)

    def _close(self, texts: list[str]) -> None:
        if texts:
            self._texts.append("".join(texts))
            texts.clear()

    def _instruction(self, target: str, text: str) -> None:
        self._words += [target, text]

    def _space(self, prefix: str | None, uri: str) -> None:
        self._looks |= {prefix or "", uri or ""}


def _refuse(*_: object) -> None:
    raise Unreadable("部件带有 DTD")
