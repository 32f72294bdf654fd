"""An Office file made anew: only what is known to be seen is carried over."""

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.content import images
from engine.content.names import (
    EXCEL,
    KNOWN,
    TIES,
    XML,
    a,
    c,
    local,
    m,
    mc,
    space,
    w,
    x,
)
from engine.content.package import (
    Element,
    Package,
    Relationship,
    Unreadable,
    content_types,
    relationships,
    written,
    zipped,
)

#: Elements whose own text is carried over; other elements have none worth keeping.
_TEXTS = frozenset({w("t"), m("t"), a("t"), c("v"), w("instrText"), x("t")})
_HEADER_FOOTER = re.compile(r"(odd|even|first)(Header|Footer)")
_PLAIN_TEXTS = {
    "align": re.compile(r"[a-z]+"),
    **dict.fromkeys(("pctWidth", "pctHeight"), re.compile(r"\d{1,8}")),
    **dict.fromkeys(("row", "col"), re.compile(r"\d{1,7}")),
    **dict.fromkeys(("posOffset", "rowOff", "colOff"), re.compile(r"-?\d{1,10}")),
    "separator": re.compile(r"\W{1,4}"),
}
_PLAIN_FORMAT = re.compile(r"[#0?,.%;\-_ ()/:ymdhsEe+]*|General")
#: Attributes about persons, sources and older versions; notes that no page shows.
_PRIVATE = frozenset(
    {
        *("alt", "descr", "title", "href", "tooltip", "gfxdata", "author", "initials"),
        *("date", "dateUtc", "paraId", "textId", "uid", "codeName", "userId"),
        *("textlink", "macro"),
    }
)
#: A name of VML by which shapes find one another, and no words.
_SHAPE_ID = re.compile(r"_x0000_[a-z]+\d+")

Handler = Callable[["PartMaker", Element], list[Element]]


@dataclass(frozen=True)
class Rules:
    """What becomes of which elements; what is not named stays as it is."""

    #: By the kind of its tie: where a part goes to, and its content type.
    parts: Mapping[str, tuple[str, str]]
    #: The folder of the pictures.
    media: str
    dropped: AbstractSet[str] = frozenset()
    #: Only what is inside of them stays.
    unwrapped: AbstractSet[str] = frozenset()
    special: Mapping[str, Handler] = field(default_factory=dict)
    #: By the kind of a part: the kinds that it is tied to without naming them.
    unnamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Puts a part's new XML right where something was left out.
    finish: Callable[[Element], None] = lambda _root: None


class Remaking:
    """One copy while it is made."""

    def __init__(
        self,
        source: Package,
        rules: Rules,
        roots: Mapping[str, Element],
        gone: AbstractSet[Element] = frozenset(),
    ) -> None:
        self.source = source
        self.rules = rules
        self.gone = gone
        self._roots = roots
        self._parts: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._taken: dict[str, str] = {}
        self._pictures: dict[tuple[str, tuple[float, ...]], str] = {}

    def take(self, old: str, kind: str) -> str:
        """Make a part and all that it needs anew; return its new name.

        Raises:
            Unreadable: it is no part that can be read.
        """
        if old in self._taken:
            return self._taken[old]
        root = self._roots.get(old)
        if root is None:
            root = self.source.root(old)
        path, type_ = self.rules.parts[kind]
        same = sum(type_ == other for other in self._types.values())
        name = path.format(same + 1)
        self._taken[old] = name
        self.put(name, b"", type_)
        maker = PartMaker(self, self.source.relationships(old))
        self.put(name, maker.make(root), type_)
        maker.tie_unnamed(self.rules.unnamed.get(kind, ()))
        self.tie(name, maker.ties)
        return name

    def picture(self, old: str, crop: tuple[float, float, float, float]) -> str:
        """Draw a picture anew, without what was cropped; return its new name."""
        key = (old, crop)
        if key not in self._pictures:
            try:
                data, type_ = images.redrawn(self.source.data(old), crop)
            except Unreadable:
                data, type_ = images.placeholder()
            number = len(self._pictures) + 1
            name = f"{self.rules.media}/image{number}.{type_.rpartition('/')[2]}"
            self.put(name, data, type_)
            self._pictures[key] = name
        return self._pictures[key]

    def put(self, name: str, data: bytes, type_: str) -> None:
        """Keep a part."""
        self._parts[name] = data
        self._types[name] = type_

    def change(self, name: str, old: bytes, new: bytes) -> None:
        """Put something in the place of what stands once in a part."""
        self._parts[name] = self._parts[name].replace(old, new, 1)

    def tie(self, name: str, ties: Mapping[str, tuple[str, str]]) -> None:
        """Tie a part, or the package as a whole, to others: by id type and name."""
        if not ties:
            return
        folder, _, base = name.rpartition("/")
        part = f"{folder}/_rels/{base}.rels".lstrip("/")
        self._parts[part] = relationships(
            {
                id_: (f"{TIES}/{kind}", f"/{target}")
                for id_, (kind, target) in ties.items()
            }
        )

    def data(self) -> bytes:
        """Return the whole file."""
        return zipped(
            {"[Content_Types].xml": content_types(self._types), **self._parts}
        )


class PartMaker:
    """One part while it is made: element by element, from what is known."""

    def __init__(self, whole: Remaking, ties: Mapping[str, Relationship]) -> None:
        self.whole = whole
        self.rules = whole.rules
        self.ties: dict[str, tuple[str, str]] = {}
        self._old_ties = ties
        self._new_ids: dict[str, str] = {}

    def make(self, root: Element) -> bytes:
        """Return the part."""
        # Cells are written as text, without a prefix.
        prefixes: Any = {
            None if uri == EXCEL else key: uri
            for key, uri in root.nsmap.items()
            if uri in KNOWN
        }
        made = etree.Element(root.tag, nsmap=prefixes)
        self._attributes(root, made)
        ignorable = root.get(mc("Ignorable"), "").split()
        known = [prefix for prefix in ignorable if prefix in prefixes]
        made.attrib.pop(mc("Ignorable"), "")
        if known:
            made.set(mc("Ignorable"), " ".join(known))
        self.root = made
        handler = self.rules.special.get(str(root.tag))
        if handler is None:
            made.extend(self.children(root))
        else:
            for one in handler(self, root):
                made.attrib.update(one.attrib)
                made.extend(list(one))
        self.rules.finish(made)
        return written(made)

    def element(self, element: Element) -> list[Element]:
        """Return what an element becomes: itself made anew, its inside, nothing."""
        tag = element.tag
        if element in self.whole.gone or tag in self.rules.dropped:
            return []
        if space(tag) not in KNOWN:
            return []
        if local(tag) == "extLst":
            return []
        handler = self.rules.special.get(tag)
        if handler is not None:
            return handler(self, element)
        if tag in self.rules.unwrapped:
            return self.children(element)
        return self.alike(element)

    def alike(self, element: Element) -> list[Element]:
        """Return an element made anew, or nothing where it points to nothing."""
        made = self.root.makeelement(str(element.tag))
        if not self._attributes(element, made):
            return []
        made.text = _text(element)
        made.extend(self.children(element))
        return [made]

    def children(self, element: Element) -> list[Element]:
        """Return all that is inside of an element, made anew."""
        return [made for child in element for made in self.element(child)]

    def tied(self, id_: str, kind: str, target: str) -> str:
        """Return the new id of a tie to a new part."""
        new = self._new_ids.setdefault(f"{id_} {target}", f"rId{len(self.ties) + 1}")
        self.ties[new] = (kind, target)
        return new

    def tie_unnamed(self, kinds: tuple[str, ...]) -> None:
        """Take the parts that this one has without naming them."""
        for kind in kinds:
            for id_, tie in self._old_ties.items():
                if tie.kind == kind:
                    self._new_id(id_)

    def target(self, id_: str | None) -> tuple[str, str]:
        """Return the kind and the old part that an id names; empty if none does."""
        tie = self._old_ties.get(id_ or "")
        if tie is None or tie.external:
            return "", ""
        return tie.kind, tie.target

    def _attributes(self, element: Element, made: Element) -> bool:
        """Carry attributes over; False where one points to what is not carried over."""
        for key, value in _attributes(element):
            if space(key) == TIES:
                new = self._new_id(value)
                if new is None:
                    return False
                made.set(key, new)
            elif _is_kept(element, key, value):
                made.set(key, value)
        return True

    def _new_id(self, id_: str) -> str | None:
        kind, old = self.target(id_)
        try:
            if kind == "image":
                new = self.whole.picture(old, (0, 0, 0, 0))
            elif kind in self.rules.parts:
                new = self.whole.take(old, kind)
            else:
                return None
        except Unreadable:
            return None
        return self.tied(id_, kind, new)


def _attributes(element: Element) -> list[tuple[str, str]]:
    return [(str(key), str(value)) for key, value in element.attrib.items()]


def _is_kept(element: Element, key: str, value: str) -> bool:
    name = local(key)
    if (space(key) and space(key) not in KNOWN) or name in _PRIVATE:
        return False
    if name.startswith("rsid"):
        return False
    if name == "id" and "vml" in space(str(element.tag)):
        return bool(_SHAPE_ID.fullmatch(value))
    return True


def _text(element: Element) -> str | None:
    text = element.text
    if element.tag in _TEXTS or text is None:
        return text
    name = local(str(element.tag))
    if _HEADER_FOOTER.fullmatch(name):
        return text
    if name == "formatCode":
        return text if _PLAIN_FORMAT.fullmatch(text) else "General"
    allowed = _PLAIN_TEXTS.get(name)
    return text if allowed and allowed.fullmatch(text.strip()) else None


def keep_space(element: Element) -> None:
    """Say of a text that its white space counts."""
    text = element.text or ""
    if text != text.strip():
        element.set(f"{{{XML}}}space", "preserve")
