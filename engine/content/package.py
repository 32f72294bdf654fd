"""Office files are zipped XML: opened within limits, parsed safely, zipped anew."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import unquote

from lxml import etree

Element = etree._Element  # noqa: SLF001 (lxml has no other name for the type)

#: More than any honest office file has; a bomb has more.
MOST_PARTS = 10_000
LARGEST_PART = 150_000_000
LARGEST_PACKAGE = 300_000_000

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
#: The strict dialect of the standard, rewritten to the one that everybody writes.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
#: The oldest that a zip can say, so that the same parts give the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Unreadable(Exception):
    """A file or a part of one that cannot be read; `reason` in words for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Relationship:
    """What one part of a package says about another one, or about the world."""

    id: str
    #: The last word of its type: header, image, hyperlink.
    kind: str
    #: The name of the part, or an address outside.
    target: str
    external: bool


class Package:
    """The parts of an Office file by name, and what ties them together."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Unreadable(_why_not(data)) from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > MOST_PARTS:
            raise Unreadable("文件里的部件太多，可能不是正常的文件")
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}
        self._spelling = {name.lower(): name for name in self._entries}
        self._left = LARGEST_PACKAGE
        self._read: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, sorted."""
        return tuple(sorted(self._entries))

    def data(self, name: str) -> bytes:
        """Return a part's bytes; what its size claims to be is not believed.

        Raises:
            Unreadable: it is not there, broken, protected or too large.
        """
        name = self._spelling.get(name.lower(), name)
        most = LARGEST_PART if name in self._read else min(LARGEST_PART, self._left)
        try:
            with self._zip.open(self._entries[name]) as stream:
                data = stream.read(most + 1)
        except (KeyError, RuntimeError, NotImplementedError) as error:
            raise Unreadable(f"部件 {name} 打不开") from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
            raise Unreadable(f"部件 {name} 已损坏") from error
        if name not in self._read:
            self._read.add(name)
            self._left -= len(data)
        if len(data) > LARGEST_PART or self._left < 0:
            raise Unreadable("文件解开后太大，可能不是正常的文件")
        return data

    def root(self, name: str) -> Element:
        """Return a part's XML.

        Raises:
            Unreadable: it is no XML that may be read.
        """
        return parse(self.data(name), name)

    def stream(self, name: str, tag: str, visit: Callable[[Element], None]) -> Element:
        """Visit a large part's elements of one name, which are then let go.

        Returns what is left of the part.

        Raises:
            Unreadable: it is no XML that may be read.
        """
        source = io.BytesIO(_STRICT.sub(_TRANSITIONAL, self.data(name)))
        events = etree.iterparse(
            source,
            tag=tag,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _event, element in events:
                visit(element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise Unreadable(f"部件 {name} 不是可以读懂的 XML") from error
        root: Element = events.root
        _without_definitions(root, name)
        return root

    def relationships(self, name: str = "") -> dict[str, Relationship]:
        """Return what a part, or the whole package, is tied to, by id."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if part.lower() not in self._spelling:
            return {}
        found = {}
        for element in self.root(part).iter(f"{_RELATIONSHIP}Relationship"):
            tie = _relationship(element, folder)
            if not tie.external:
                known = self._spelling.get(tie.target.lower(), tie.target)
                tie = Relationship(tie.id, tie.kind, known, external=False)
            found[tie.id] = tie
        return found

    def main(self, fallback: str) -> str:
        """Return the name of the part that the file is about."""
        for tie in self.relationships().values():
            if tie.kind == "officeDocument" and tie.target in self._entries:
                return tie.target
        return fallback


def _relationship(element: Element, folder: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
        target = target.lstrip("/")
    kind = element.get("Type", "").rsplit("/", 1)[-1]
    return Relationship(element.get("Id", ""), kind, target, external)


def _why_not(data: bytes) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "文件设有打开密码，或者是旧格式的 Office 文件"
    return "文件已损坏，打不开"


def parse(data: bytes, name: str = "XML") -> Element:
    """Parse XML that a stranger may have written: no DTD, no entity, no network.

    Raises:
        Unreadable: it is broken, nested too deep or brings definitions of its own.
    """
    try:
        root = etree.fromstring(_STRICT.sub(_TRANSITIONAL, data), _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable(f"部件 {name} 不是可以读懂的 XML") from error
    _without_definitions(root, name)
    return root


def _without_definitions(root: Element, name: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"部件 {name} 带有 DTD，可能藏有实体")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts, in the order given, without anything of when, where and by whom."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            packed.writestr(entry, data)
    return stream.getvalue()


def content_types(types: Mapping[str, str]) -> bytes:
    """Return the part that tells each part's type."""
    root = unnamed_root(f"{{{_CONTENT_TYPES}}}Types", _CONTENT_TYPES)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    for extension, type_ in (("rels", rels), ("xml", "application/xml")):
        etree.SubElement(root, "Default", Extension=extension, ContentType=type_)
    for name, type_ in types.items():
        etree.SubElement(root, "Override", PartName=f"/{name}", ContentType=type_)
    return written(root)


def relationships(ties: Mapping[str, tuple[str, str]]) -> bytes:
    """Return a part of ties: by id the type and the target."""
    root = unnamed_root(f"{_RELATIONSHIP}Relationships", _RELATIONSHIP[1:-1])
    for id_, (type_, target) in ties.items():
        etree.SubElement(root, "Relationship", Id=id_, Type=type_, Target=target)
    return written(root)


def unnamed_root(tag: str, space: str) -> Element:
    """Return a root whose own space needs no prefix."""
    # The stubs know only of spaces with a prefix.
    return etree.Element(tag, nsmap=cast("Any", {None: space}))


def written(root: Element) -> bytes:
    """Write XML as Office does."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
