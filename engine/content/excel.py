"""Excel files: every cell as it is seen, and all that lies behind the cells."""

import re
from collections.abc import Iterator

from engine.content import leftovers
from engine.content.blocks import Block, Reading
from engine.content.excel_book import Book, Cell, Sheet
from engine.content.excel_values import literals
from engine.content.names import local, x
from engine.content.package import Element, Package
from engine.content.passages import Leaf, Passage
from engine.content.story import Story

#: Parts about looks, which hold no text of a table.
_LOOKS = frozenset({"styles", "theme", "sharedStrings", "worksheet", "officeDocument"})
_SHORTEST_WORDS = 2
_MOST_NAMED = 20
#: What units are called; a format that says no more says nothing.
_UNITS = re.compile(r"[\W\d年月日时分秒星期元万亿人个件次平方米公里吨度千克]*")


class Table:
    """An Excel file with the drawings on its sheets."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.book = Book(package)
        self.stories: dict[str, Story] = {}
        for sheet in self.book.sheets:
            self._draw(sheet.part, hidden=sheet.hidden)
        #: The texts that no cell shows.
        used = {
            int(cell.raw)
            for sheet in self.book.sheets
            for cell in sheet.cells
            if cell.kind == "s" and cell.raw.isdecimal()
        }
        self.unused = [
            text.plain
            for number, text in enumerate(self.book.texts)
            if number not in used
        ]

    def _draw(self, part: str, *, hidden: bool) -> None:
        ties = self.package.relationships(part).values()
        for tie in sorted(ties, key=lambda each: each.target):
            if tie.external or tie.target in self.stories:
                continue
            if tie.kind in {"drawing", "chart", "diagramData"}:
                words = "图表" if tie.kind == "chart" else "图形"
                number = len(self.stories) + 1
                root = self.package.root(tie.target)
                self.stories[tie.target] = Story(
                    tie.target, root, f"{words} {number} ", hidden=hidden
                )
                self._draw(tie.target, hidden=hidden)

    def passages(self) -> Iterator[Passage]:
        """Yield what can be cut beside the cells."""
        for sheet in self.book.sheets:
            yield _name(sheet)
            yield from _printed(sheet)
        for story in self.stories.values():
            yield from story.passages
        yield from self._formats()

    def blocks(self) -> Iterator[Block]:
        """Yield the text, sheet by sheet, then that of the drawings."""
        for sheet in self.book.sheets:
            yield from _name(sheet).blocks()
            for cell in sheet.cells:
                yield from _cell(self.book, sheet, cell)
            for passage in _printed(sheet):
                yield from passage.blocks()
        for story in self.stories.values():
            yield from story.blocks()
        for passage in self._formats():
            yield from passage.blocks()

    def _formats(self) -> Iterator[Passage]:
        """Yield the formats that put words beside a number."""
        if self.book.styles is None:
            return
        used = self.book.used_formats()
        formats = self.book.styles.iter(x("numFmt"))
        for number, one in enumerate(formats, start=1):
            code = one.get("formatCode", "")
            words = _UNITS.sub("", literals(code))
            if len(words) >= _SHORTEST_WORDS:
                leaf = Leaf(one, code, attribute="formatCode")
                hidden = one.get("numFmtId") not in used
                yield Passage(f"format/{number}", "数字格式", [leaf], "aside", hidden)


def _name(sheet: Sheet) -> Passage:
    leaf = Leaf(sheet.entry, sheet.name, attribute="name")
    label = f"第 {sheet.number} 张表的表名"
    address_ = f"sheet/{sheet.number}/name"
    return Passage(address_, label, [leaf], "heading", sheet.hidden)


def _printed(sheet: Sheet) -> Iterator[Passage]:
    found = sheet.root.find(x("headerFooter"))
    for number, line in enumerate([] if found is None else found, start=1):
        leaf = Leaf(line, line.text or "")
        label = f"表“{sheet.name}”打印的页眉页脚"
        address_ = f"sheet/{sheet.number}/print/{number}"
        yield Passage(address_, label, [leaf], "aside", sheet.hidden)


def address(sheet: Sheet, cell: Cell) -> str:
    """Return the address of a cell's block."""
    return f"sheet/{sheet.number}/{sheet.span(cell)}"


def read(data: bytes) -> Reading:
    """Read an Excel file."""
    package = Package(data)
    table = Table(package)
    known = {*table.stories, *_looks(table)}
    blocks = [
        *table.blocks(),
        *_behind(table),
        *leftovers.links(package),
        *leftovers.properties(package),
        *leftovers.others(package, known),
        *leftovers.pictures(package),
    ]
    unread = [*_unread(table), *leftovers.unread(package, known, table.stories)]
    return Reading(tuple(blocks), tuple(_traits(table, blocks)), tuple(unread))


def _cell(book: Book, sheet: Sheet, cell: Cell) -> Iterator[Block]:
    at, label = address(sheet, cell), f"表“{sheet.name}”{cell.place} 单元格"
    seen, shown = sheet.sees(cell), book.shown(cell)
    text = shown.text.strip()
    if text:
        hidden = "" if seen else "（隐藏）"
        yield Block(at, f"{label}{hidden}", text, "cell", not seen)
    if cell.formula:
        yield Block(f"{at}/formula", f"{label}的公式", f"={cell.formula}", hidden=True)
    text_ = book.text(cell)
    raw = cell.raw if text_ is None else text_.plain.strip()
    if raw and (shown.number is None and raw != text):
        yield Block(f"{at}/raw", f"{label}存的值", raw, hidden=True)
    if text_ is not None and text_.spoken.strip():
        yield Block(f"{at}/spoken", f"{label}的注音", text_.spoken.strip(), hidden=True)


def _behind(table: Table) -> Iterator[Block]:
    for sheet in table.book.sheets:
        label = f"表“{sheet.name}”的校验、格式和链接"
        said = "\n".join(_rules(sheet.root))
        if said:
            yield Block(f"sheet/{sheet.number}/rules", label, said, hidden=True)
        yield from _comments(table.package, sheet)
    for number, name in enumerate(table.book.root.iter(x("definedName")), start=1):
        said = f"{name.get('name', '')} {name.text or ''}"
        yield Block(f"name/{number}", "名称", said.strip(), hidden=True)
    for number, text in enumerate(table.unused, start=1):
        if text.strip():
            yield Block(
                f"unused/{number}", "没有单元格用到的文字", text.strip(), hidden=True
            )


def _comments(package: Package, sheet: Sheet) -> Iterator[Block]:
    for tie in package.relationships(sheet.part).values():
        if tie.external or tie.kind not in {"comments", "threadedComment"}:
            continue
        root = package.root(tie.target)
        for number, one in enumerate(_notes(root), start=1):
            said = "".join(str(text) for text in one.itertext()).strip()
            label = f"表“{sheet.name}”{one.get('ref', '')} 的批注"
            if said:
                yield Block(f"{tie.target}/{number}", label, said, hidden=True)
        for number, one in enumerate(root.iter(x("author")), start=1):
            if one.text and one.text.strip():
                at = f"{tie.target}/author/{number}"
                yield Block(at, "批注的作者", one.text.strip(), hidden=True)


def _notes(root: Element) -> Iterator[Element]:
    return (
        one
        for one in root.iter()
        if local(str(one.tag)) in {"comment", "threadedComment"}
    )


def _rules(root: Element) -> Iterator[str]:
    for element in root:
        if element.tag not in (x("headerFooter"), x("sheetData")):
            yield from leftovers.words(element)


def _looks(table: Table) -> Iterator[str]:
    package = table.package
    owners = [table.book.main, *(sheet.part for sheet in table.book.sheets)]
    yield table.book.main
    for owner in owners:
        for tie in package.relationships(owner).values():
            if tie.kind in _LOOKS or tie.kind in {"comments", "threadedComment"}:
                yield tie.target
    for part in table.stories:
        for tie in package.relationships(part).values():
            if tie.kind.startswith(("chart", "diagram")):
                yield tie.target


def _unread(table: Table) -> Iterator[str]:
    pictures = sum(len(story.pictures) for story in table.stories.values())
    yield from (f"图片 {number}" for number in range(1, pictures + 1))
    yield from (f"工作表“{name}”不是表格" for name in table.book.strange)
    empty = [
        f"表“{sheet.name}”{cell.place}"
        for sheet in table.book.sheets
        for cell in sheet.cells
        if cell.has_formula and not cell.raw and sheet.sees(cell)
    ]
    yield from (f"{place} 的公式没有算出的值" for place in empty[:_MOST_NAMED])
    if len(empty) > _MOST_NAMED:
        yield f"另有 {len(empty) - _MOST_NAMED} 处公式没有算出的值"


def _traits(table: Table, blocks: list[Block]) -> Iterator[tuple[str, str]]:
    addresses = [block.address for block in blocks]
    if any(
        "omments" in address or "threadedComment" in address for address in addresses
    ):
        yield "comments", "有批注，公开件里不会有。"
    if any(sheet.hidden for sheet in table.book.sheets):
        yield "hidden_sheets", "有隐藏的工作表，公开件里不会有。"
    open_ = {str(sheet.number) for sheet in table.book.sheets if not sheet.hidden}
    if any(
        block.hidden and block.kind == "cell" and block.address.split("/")[1] in open_
        for block in blocks
    ):
        yield "hidden_text", "有隐藏的行、列或单元格，公开件里不会有。"
    if any(address.endswith("/formula") for address in addresses):
        yield "formulas", "有公式，公开件里只有算出的值。"
    yield from leftovers.traits(table.package, addresses)
