"""Templates that are refused: what would run, fetch, hide or fill the memory."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from engine.content.package import Element, Package, Unreadable
from engine.errors import Refusal

#: More than any honest template has.
LARGEST = 5_000_000
LARGEST_UNPACKED = 30_000_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: Parts that run, embed another file or fetch one.
_FORBIDDEN_TIES = frozenset(
    {
        *("vbaProject", "control", "oleObject", "package", "aFChunk"),
        *("attachedTemplate", "subDocument", "frame", "comments", "mailMergeSource"),
    }
)

#: Word's own fields that only count pages.
_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})

#: All that a template may say: name a value, repeat, leave out.
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)

_DEEPEST = 2


class BadTemplate(Refusal):
    """A Word file that cannot be used as a template; the sentence says where."""


def refuse_unsafe(data: bytes) -> None:
    """Refuse a file that is no plain Word document.

    Raises:
        BadTemplate: it is too large, or something in it would run, fetch or hide.
    """
    if len(data) > LARGEST:
        msg = "模板文件太大，可能夹带了图片或者别的文件。模板里只放文字和表格。"
        raise BadTemplate(msg)
    try:
        _refuse_parts(Package(data))
    except Unreadable as unreadable:
        msg = f"模板打不开：{unreadable.reason}。换成 Word 或 WPS 存出的 .docx 文件。"
        raise BadTemplate(msg) from unreadable


def _refuse_parts(package: Package) -> None:
    if "word/document.xml" not in package.names:
        msg = "这个文件不是 Word 文档（.docx），不能用作模板。"
        raise BadTemplate(msg)
    size = 0
    for name in package.names:
        size += len(package.data(name))
        if size > LARGEST_UNPACKED:
            msg = "模板解开后太大，可能不是正常的文件，没有保存。"
            raise BadTemplate(msg)
        _refuse_ties(package, name)
        if name.endswith((".xml", ".rels")):
            _refuse_elements(name, package.root(name))


def _refuse_ties(package: Package, name: str) -> None:
    source = "" if name == "_rels/.rels" else name
    for tie in package.relationships(source).values():
        if tie.external:
            msg = f"模板链接到外面的“{tie.target[:60]}”。去掉链接，重新保存。"
            raise BadTemplate(msg)
        if tie.kind in _FORBIDDEN_TIES:
            msg = "模板里有宏、控件、批注或者嵌入的文件。删掉以后重新保存。"
            raise BadTemplate(msg)


def _refuse_elements(name: str, root: Element) -> None:
    if name.startswith("docProps/") and re.search("[{][{%#]", _text(root)):
        msg = "模板的文件属性里写了占位符。占位符只写在正文、页眉和页脚里。"
        raise BadTemplate(msg)
    for element in root.iter():
        if element.tag in (f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"):
            msg = "模板里还有修订痕迹。接受全部修订，重新保存。"
            raise BadTemplate(msg)
    for command in _fields(root):
        if command.split()[:1] and command.split()[0].upper() not in _FIELDS:
            msg = f"模板里有域“{command.strip()[:40]}”，只可以用页码域。"
            raise BadTemplate(msg)


def _fields(root: Element) -> Iterator[str]:
    """Return what the fields of a part say; one field may lie in several runs."""
    for simple in root.iter(f"{_W}fldSimple"):
        yield simple.get(f"{_W}instr", "")
    for paragraph in root.iter(f"{_W}p"):
        said = "".join(each.text or "" for each in paragraph.iter(f"{_W}instrText"))
        yield from filter(
            None, (each.strip() for each in re.split(r"(?=\bPAGE\b)", said))
        )


def _text(root: Element) -> str:
    return "".join(str(piece) for piece in root.itertext())


class TemplateLanguage(SandboxedEnvironment):
    """Jinja without calls, filters, tests, constants, macros and includes.

    The library compiles every piece of a template through `_parse`, so nothing is
    compiled that was not looked at here.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # The parts of a template that is used again are not compiled again.
        self._compiled = lru_cache(maxsize=256)(super().from_string)

    def from_string(
        self, source: str | nodes.Template, *_more: Any, **_named: Any
    ) -> Template:
        """Return a piece of a template, ready to be filled in."""
        return self._compiled(source)

    def _parse(
        self, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        try:
            parsed = super()._parse(source, name, filename)
        except TemplateSyntaxError as error:
            msg = f"模板里的占位符写错了，在“{_line(source, error.lineno)}”这一段。"
            raise BadTemplate(msg) from error
        _refuse_commands(parsed, source, 0)
        return parsed


def _refuse_commands(node: nodes.Node, source: str, depth: int) -> None:
    if isinstance(node, nodes.For):
        depth += 1
        plain = isinstance(node.iter, nodes.Name) and isinstance(
            node.target, nodes.Name
        )
        if depth > _DEEPEST or not plain or node.recursive or node.test or node.else_:
            _refuse_command(node, source)
    if not isinstance(node, _ALLOWED) or (
        isinstance(node, nodes.Getattr) and _is_private(node)
    ):
        _refuse_command(node, source)
    for child in node.iter_child_nodes():
        _refuse_commands(child, source, depth)


def _is_private(node: nodes.Getattr) -> bool:
    return node.attr.startswith("_") or not isinstance(node.node, nodes.Name)


def _refuse_command(node: nodes.Node, source: str) -> None:
    msg = (
        f"模板里“{_line(source, node.lineno)}”这一段写了不能用的命令。"
        "花括号里只写占位符的名称、for 和 if。"
    )
    raise BadTemplate(msg)


def _line(source: str, number: int) -> str:
    """Return what a line of a part says, for people to find it."""
    lines = source.splitlines()
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return re.sub(r"<[^>]*>", "", line).strip()[:60] or f"第{number}段"
