"""What lies in a PDF beside its pages: properties, notes, fields, files, programs."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from engine.content.blocks import Block, Reading

_LONGEST = 20_000
_DEEPEST = 50
#: Ways that lead to pages and back, and to no text of one's own.
_ELSEWHERE = frozenset({"/Parent", "/P", "/Pg", "/D", "/Dest"})
#: What annotations say, and who says it.
_SAYING = {
    "/Contents": "批注",
    "/T": "批注的作者",
    "/RC": "批注",
    "/Subj": "批注的主题",
}
_FILLED = {"/V": "填写的内容", "/TU": "的说明", "/DV": "的默认值"}
_TRAITS = {
    "properties": "文件属性里有作者、制作软件等信息，公开件里不会有。",
    "annotations": "有批注，公开件里不会有。",
    "form_fields": "有可以填写的表单，公开件里只有填好的文字。",
    "attachments": "附有别的文件，公开件里不会有。",
    "scripts": "带有程序代码，公开件里不会有。",
    "external_links": "有指向文件以外的链接，公开件里不会有。",
    "hidden_text": "有可以关闭的图层，其中关闭的部分公开件里不会有。",
}


def read(data: bytes, said: str) -> Reading:
    """Read what lies beside the pages, of which the text is known."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        found = [
            (kind, label, text[:_LONGEST].strip())
            for kind, label, text in _all(reader)
            if text.strip()
        ]
    except Exception:  # noqa: BLE001
        # A stranger wrote the file, and the library raises whatever comes.
        return Reading((), unread=("文件属性、批注和附件没有读出",))
    blocks = [
        Block(f"beside/{number}", label, text, hidden=True)
        for number, (kind, label, text) in enumerate(found, start=1)
        if kind != "form_fields" or text not in said
    ]
    kinds = {kind for kind, _, _ in found}
    traits = tuple((kind, words) for kind, words in _TRAITS.items() if kind in kinds)
    unread = tuple(
        f"附件“{text}”"
        for kind, label, text in found
        if kind == "attachments" and label == "附件名"
    )
    return Reading(tuple(blocks), traits, unread)


def _all(reader: PdfReader) -> Iterator[tuple[str, str, str]]:
    for key, value in (reader.metadata or {}).items():
        yield "properties", f"文件属性 {key.strip('/')}", _words(value)
    root = reader.trailer["/Root"].get_object()
    yield from _of_root(root)
    for number, page in enumerate(reader.pages, start=1):
        for annotation in _items(page.get("/Annots")):
            yield from _of_annotation(annotation, number)
        for key in ("/Metadata", "/PieceInfo"):
            if key in page:
                yield "properties", f"第 {number} 页的属性", _words(page[key])
        if "/AA" in page:
            yield "scripts", f"第 {number} 页的程序", _deep(page["/AA"])


def _of_root(root: Any) -> Iterator[tuple[str, str, str]]:
    if "/Metadata" in root:
        yield "properties", "文件属性（XMP）", _words(root["/Metadata"])
    names = root.get("/Names", DictionaryObject()).get_object()
    files = names.get("/EmbeddedFiles", DictionaryObject()).get_object()
    for file in (*_files(files, 0), *_items(root.get("/AF"))):
        yield from _of_file(file)
    if "/JavaScript" in names:
        yield "scripts", "程序代码", _deep(names["/JavaScript"])
    for key in ("/OpenAction", "/AA"):
        if key in root:
            said = _deep(root[key])
            yield "scripts" if "/JS" in said else "", "打开时的动作", said
    yield from _of_form(root.get("/AcroForm"))
    if "/Outlines" in root:
        yield "", "书签", _deep(root["/Outlines"], only="/Title")
    if "/OCProperties" in root:
        yield "hidden_text", "图层", _deep(root["/OCProperties"], only="/Name")
    for key in ("/ActualText", "/Alt", "/E", "/T"):
        yield "", "替代文字", _deep(root.get("/StructTreeRoot"), only=key)


def _of_form(form: Any) -> Iterator[tuple[str, str, str]]:
    if form is not None:
        form = form.get_object()
        for field in _fields(form.get("/Fields"), 0):
            for key, label in _FILLED.items():
                if key in field:
                    yield "form_fields", f"表单里{label}", _words(field[key])
        if "/XFA" in form:
            yield "form_fields", "表单（XFA）", _deep(form["/XFA"])


def _of_annotation(
    annotation: DictionaryObject, number: int
) -> Iterator[tuple[str, str, str]]:
    is_field = annotation.get("/Subtype") == "/Widget"
    for key, label in _SAYING.items():
        if key in annotation and not is_field:
            words = _words(annotation[key])
            yield "annotations", f"第 {number} 页的{label}", words
    if "/FS" in annotation:
        yield from _of_file(annotation["/FS"].get_object())
    if "/A" in annotation:
        action: Any = annotation["/A"].get_object()
        if "/URI" in action:
            yield "external_links", "链接地址", _words(action["/URI"])
        elif "/JS" in action:
            yield "scripts", "程序代码", _words(action["/JS"])
    if "/AA" in annotation:
        yield "scripts", "程序代码", _deep(annotation["/AA"])


def _of_file(file: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(file, DictionaryObject):
        name = file.get("/UF") or file.get("/F") or "未命名"
        yield "attachments", "附件名", _words(name)
        yield "attachments", "附件的说明", _words(file.get("/Desc"))


def _files(tree: Any, depth: int) -> Iterator[Any]:
    """Yield the leaves of a tree of names."""
    names = _items(tree.get("/Names"))
    yield from names
    if depth < _DEEPEST:
        for kid in _items(tree.get("/Kids")):
            yield from _files(kid, depth + 1)


def _fields(fields: Any, depth: int) -> Iterator[DictionaryObject]:
    for field in _items(fields):
        yield field
        if depth < _DEEPEST:
            yield from _fields(field.get("/Kids"), depth + 1)


def _items(array: Any) -> list[DictionaryObject]:
    """Return the dictionaries of an array."""
    array = array.get_object() if array is not None else ()
    found = (
        (one.get_object() for one in array) if isinstance(array, ArrayObject) else ()
    )
    return [one for one in found if isinstance(one, DictionaryObject)]


def _words(value: Any) -> str:
    """Return a value's text."""
    value = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(value, StreamObject):
        data = value.get_data()
        return data.decode("utf-8", "replace")
    if isinstance(value, DictionaryObject | ArrayObject):
        return _deep(value)
    return "" if value is None else str(value)


def _deep(value: Any, *, only: str = "") -> str:
    """Return all texts in and below a value; of one name only, if there is one."""
    found: list[str] = []
    seen: set[int] = set()
    waiting: list[tuple[Any, int, str]] = [(value, 0, "")]
    while waiting and len(found) < _LONGEST:
        one, depth, name = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if id(one) in seen or depth > _DEEPEST or name in _ELSEWHERE:
            continue
        if isinstance(one, DictionaryObject | ArrayObject):
            seen.add(id(one))
        if isinstance(one, StreamObject):
            found += [] if only else [_words(one)]
        elif isinstance(one, DictionaryObject):
            waiting += [(inner, depth + 1, key) for key, inner in one.items()]
        elif isinstance(one, ArrayObject):
            waiting += [(inner, depth + 1, name) for inner in one]
        elif isinstance(one, str) and (name == only or not only):
            found.append(f"{name} {one}" if name and not only else one)
    return "\n".join(reversed(found))
