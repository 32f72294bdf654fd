"""What lies in an Office file beside its text: properties, links, parts of programs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.content import images
from engine.content.blocks import Block
from engine.content.names import local
from engine.content.package import Element, Package, Unreadable

_LONGEST = 100_000

_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后修改的人",
    "Company": "单位",
    "Manager": "主管",
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
    "Template": "模板",
    "created": "创建时间",
    "modified": "修改时间",
    "lastPrinted": "打印时间",
}
#: Properties that tell of the text's size and nothing else.
_COUNTS = frozenset(
    {
        *("Pages", "Words", "Characters", "CharactersWithSpaces", "Lines"),
        *("Paragraphs", "TotalTime", "AppVersion", "DocSecurity", "ScaleCrop"),
        *("LinksUpToDate", "SharedDoc", "HyperlinksChanged", "revision", "i4"),
        *("Application",),
    }
)
#: An attribute with words or with a number that may belong to somebody.
_TELLING = re.compile(r"[^\x00-\x7f]|\d{6}|@")
#: Binary parts that nothing is read from and that hold the program's own things.
_MACHINE = re.compile(r".*printerSettings\d*\.bin|.*\.(odttf|fntdata|ttf)")

_AUTHORS = frozenset({"author", "initials", "lastModifiedBy"})


def properties(package: Package) -> Iterator[Block]:
    """Yield the properties of a file: who made it, when and with what."""
    for name in package.names:
        if not name.startswith("docProps/") or not name.endswith(".xml"):
            continue
        try:
            root = package.root(name)
        except Unreadable:
            continue
        for number, element in enumerate(root.iter(), start=1):
            key = local(str(element.tag))
            text = (element.text or "").strip()
            if text and key not in _COUNTS:
                label = element.get("name") or _PROPERTIES.get(key, key)
                yield Block(f"{name}/{number}", f"文件属性“{label}”", text, hidden=True)


def authors(roots: Iterable[Element]) -> Iterator[Block]:
    """Yield who commented and revised, each one once."""
    found = {
        str(value)
        for root in roots
        for element in root.iter()
        for key, value in element.attrib.items()
        if local(str(key)) in _AUTHORS
    }
    for number, name in enumerate(sorted(found), start=1):
        if name.strip():
            yield Block(
                f"author/{number}", "批注或修订的作者", name.strip(), hidden=True
            )


def links(package: Package) -> Iterator[Block]:
    """Yield the addresses outside of the file to which it points."""
    seen: set[str] = set()
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        folder, _, base = name.rpartition("_rels/")
        for tie in package.relationships(folder + base.removesuffix(".rels")).values():
            if tie.external and tie.target.strip() and tie.target not in seen:
                seen.add(tie.target)
                number = len(seen)
                yield Block(
                    f"link/{number}", "链接地址", tie.target.strip(), hidden=True
                )


def others(package: Package, known: Iterable[str]) -> Iterator[Block]:
    """Yield what the parts say that nobody else reads, and part by part."""
    known = {*known, "[Content_Types].xml"}
    for name in package.names:
        is_xml = name.endswith((".xml", ".vml"))
        if name in known or not is_xml or name.startswith("docProps/"):
            continue
        try:
            root = package.root(name)
        except Unreadable:
            continue
        text = "\n".join(words(root))[:_LONGEST].strip()
        if text:
            yield Block(f"part/{name}", f"文件部件 {name}", text, hidden=True)


def pictures(package: Package) -> Iterator[Block]:
    """Yield what is written in pictures beside what they show."""
    for name in package.names:
        if "/media/" not in name:
            continue
        try:
            notes = images.read(package.data(name)).blocks
        except Unreadable:
            continue
        for note in notes:
            yield replace(note, address=f"{name}/{note.address}")


def unread(
    package: Package, known: Iterable[str], owners: Iterable[str]
) -> Iterator[str]:
    """Yield the parts that are no XML and that nobody reads, in words.

    The pictures of some owners are counted by them, and are not told again.
    """
    told = {
        tie.target
        for owner in owners
        for tie in package.relationships(owner).values()
        if tie.kind == "image"
    }
    known = {*known, *told}
    for name in package.names:
        if name in known or _MACHINE.fullmatch(name):
            continue
        if name.endswith((".xml", ".vml")):
            try:
                package.root(name)
            except Unreadable as unreadable:
                yield unreadable.reason
        elif not name.endswith(".rels"):
            yield _called(name)


def traits(package: Package, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what lies in the file beside its text, with a sentence for each."""
    places = {address.partition("/")[0] for address in addresses}
    if "docProps" in places:
        yield "properties", "文件属性里有作者、单位等信息，公开件里不会有。"
    if "link" in places:
        yield "external_links", "有指向文件以外的链接，公开件里只留文字，不留链接。"
    if any("/embeddings/" in name for name in package.names):
        yield "attachments", "嵌有别的文件，公开件里不会有。"
    if any(name.startswith("customXml/") for name in package.names):
        yield "custom_xml", "带有办公软件存入的附加数据，公开件里不会有。"


def _called(name: str) -> str:
    if name.startswith("docProps/"):
        return "缩略图"
    if "/embeddings/" in name:
        return f"嵌入对象 {name}"
    if "/media/" in name:
        return f"图片文件 {name}"
    return f"文件部件 {name}"


def words(root: Element) -> Iterator[str]:
    for element in root.iter():
        for text in (element.text, element.tail):
            if text and text.strip():
                yield text.strip()
        for value in element.attrib.values():
            if _TELLING.search(str(value)) and "://" not in str(value):
                yield str(value)
