"""A page of a PDF without anything that is not seen on it."""

import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

_PAGE = frozenset(
    {
        *("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents"),
        *("/UserUnit", "/Group"),
    }
)
#: What may hang on any object of a page and is on no page.
_PRIVATE = frozenset(
    {
        *("/Metadata", "/PieceInfo", "/LastModified", "/Annots", "/AA", "/AF", "/EF"),
        *("/StructParents", "/StructParent", "/Thumb", "/Info", "/OPI", "/Measure"),
        *("/PTData", "/Alternates", "/OC", "/Properties", "/JS", "/Ref"),
    }
)
#: What a page's program names, and where it is found.
_NAMED = ("/XObject", "/Font", "/Pattern", "/Shading", "/ExtGState", "/ColorSpace")
_NAME = re.compile(rb"/([^\s/<>\[\](){}%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STRING = rb"\((?:\\.|[^()\\])*\)"
#: Words and numbers that a program ties to what it draws.
_TIED = re.compile(
    rb"(/[^\s/<>\[\](){}%]+)\s*<<(?:[^<>()]|" + _STRING + rb"|<[0-9A-Fa-f\s]*>"
    rb"|<<(?:[^<>()]|" + _STRING + rb"|<[0-9A-Fa-f\s]*>)*>>)*>>\s*(BDC|DP)\b",
    re.DOTALL,
)
_UNTIED = {b"BDC": b"BMC", b"DP": b"MP"}


def closed_layers(reader: PdfReader) -> bool:
    """Whether a file has layers that its reader does not see at first."""
    root: Any = reader.trailer["/Root"].get_object()
    if "/OCProperties" not in root:
        return False
    default = root["/OCProperties"].get_object().get("/D", DictionaryObject())
    default = default.get_object()
    closed = default.get("/OFF", ArrayObject()).get_object()
    return bool(closed) or default.get("/BaseState", "/ON") != "/ON"


def uses_layers(page: PageObject) -> bool:
    """Whether something on a page may be switched on and off."""
    return any(
        isinstance(one, DictionaryObject) and ("/OC" in one or "/Properties" in one)
        for one in _below(page, set())
    )


def cleaned(page: PageObject, done: set[int]) -> PageObject:
    """Take from a page what is not seen, down to the last object below it.

    Pages share objects; `done` has those that are clean already.
    """
    for key in list(page):
        if key not in _PAGE:
            del page[key]
    resources = page.get("/Resources", DictionaryObject()).get_object()
    contents = page.get_contents()
    data = b"" if contents is None else contents.get_data()
    page[NameObject("/Resources")] = _pruned(resources, data, set())
    if contents is not None:
        stream = DecodedStreamObject()
        stream.set_data(_untied(data))
        page[NameObject("/Contents")] = stream.flate_encode()
    for one in _below(page, done):
        if isinstance(one, DictionaryObject):
            for key in _PRIVATE & set(one):
                del one[key]
        if isinstance(one, StreamObject) and one.get("/Subtype") == "/Form":
            data = _data(one)
            if _TIED.search(data):
                one.set_data(_untied(data))
    return page


def _untied(data: bytes) -> bytes:
    return _TIED.sub(lambda found: found[1] + b" " + _UNTIED[found[2]], data)


def _data(stream: Any) -> bytes:
    data = stream.get_data()
    return data.encode("latin-1") if isinstance(data, str) else bytes(data)


def _below(root: Any, seen: set[int]) -> Iterator[Any]:
    """Yield all that an object leads to, each one once; not the pages above it."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        inside: list[Any] = []
        if isinstance(one, DictionaryObject):
            inside = [one.raw_get(key) for key in one if key != "/Parent"]
        elif isinstance(one, ArrayObject):
            inside = list(list.__iter__(one))
        else:
            continue
        yield one
        waiting += [
            each
            for each in inside
            if isinstance(each, IndirectObject | DictionaryObject | ArrayObject)
        ]


def _pruned(resources: Any, data: bytes, within: set[int]) -> DictionaryObject:
    """Return only those resources that a page's program names.

    Programs often give all pages one list: the pages that are left out of the copy
    would be in it still.
    """
    names = _names(data)
    made = DictionaryObject()
    forms = _entries(resources, "/XObject")
    # What a form without resources of its own names, it takes from the page.
    for name, form in forms.items():
        if name in names and form.get("/Subtype") == "/Form":
            if "/Resources" not in form:
                names |= _names(_data(form))
            elif id(form) not in within:
                inner = form["/Resources"].get_object()
                form[NameObject("/Resources")] = _pruned(
                    inner, _data(form), within | {id(form)}
                )
    for key, value in resources.items():
        if key not in _NAMED:
            made[NameObject(key)] = resources.raw_get(key)
            continue
        kept = DictionaryObject()
        entries = value.get_object()
        for name in entries:
            if name in names:
                kept[NameObject(name)] = entries.raw_get(name)
        made[NameObject(key)] = kept
    return made


def _entries(resources: Any, key: str) -> dict[str, Any]:
    found = resources.get(key, DictionaryObject()).get_object()
    return {name: found[name].get_object() for name in found}


def _names(data: bytes) -> set[str]:
    found = set()
    for name in _NAME.findall(data):
        plain = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name)
        found |= {f"/{plain.decode('latin-1')}", f"/{plain.decode('utf-8', 'replace')}"}
    return found
