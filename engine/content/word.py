"""Word files: every text that lies in one, and whether a reader sees it."""

import re
from collections import Counter
from collections.abc import Iterator

from engine.content import leftovers
from engine.content.blocks import Block, Reading
from engine.content.names import w
from engine.content.package import Element, Package, Unreadable
from engine.content.passages import Leaf, Passage, State
from engine.content.standing import kinds
from engine.content.story import Story
from engine.content.styles import Styles

#: Parts with text, by the kind of their tie: how they are called, and in what order.
_STORIES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "chart": "图表",
    "diagramData": "图示",
}
_HIDDEN_STORIES = {"comments": "批注", "glossaryDocument": "构建基块"}
#: Parts about how the text looks, which hold no text of the document.
_LOOKS = frozenset(
    {
        *("styles", "stylesWithEffects", "settings", "webSettings", "fontTable"),
        *("theme", "numbering", "diagramLayout", "diagramColors", "chartColorStyle"),
        *("diagramQuickStyle", "chartStyle", "themeOverride", "diagramDrawing"),
    }
)
#: Numbering that says no more than this before or behind its number is only a number.
_SHORTEST_NUMBER_TEXT = 3
_REVISIONS = frozenset(
    {
        *(w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("cellIns"), w("cellDel")),
        *(w(f"{what}PrChange") for what in ("r", "p", "sect", "tbl", "tc", "tr")),
    }
)


class Document:
    """A Word file taken apart: its stories by part, in the order of reading."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main("word/document.xml")
        #: Parts that stay as they are looked at: nothing in them is read.
        self.looks: dict[str, str] = {}
        self.stories: dict[str, Story] = {}
        self.numbering: list[Passage] = []
        self.numbering_roots: dict[str, Element] = {}
        self._counts: Counter[str] = Counter()
        styles = self._only("styles")
        root = None if styles is None else package.root(styles)
        self.styles = Styles(root)
        self.stories[self.main] = self._body()
        self._gather(self.main)
        self._number_texts()
        settings = self._only("settings")
        if settings is not None:
            root = package.root(settings)
            self.stories[settings] = Story(settings, root, "设置", hidden=True)

    def passages(self) -> Iterator[Passage]:
        """Yield everything that can be cut, with its address."""
        for story in self.stories.values():
            yield from story.passages
        yield from self.numbering

    def blocks(self) -> Iterator[Block]:
        """Yield the text of all parts."""
        for story in self.stories.values():
            yield from story.blocks()
        for passage in self.numbering:
            yield from passage.blocks()

    def _body(self) -> Story:
        root = self.package.root(self.main)
        if root.tag != w("document"):
            raise Unreadable("文件里没有 Word 正文")
        story = Story(self.main, root, "正文", kind="body", styles=self.styles)
        lines = [each for each in story.passages if each.kind == "body" and each.seen]
        stands = kinds([line.seen for line in lines])
        for line, kind in zip(lines, stands, strict=True):
            line.kind = kind
        return story

    def _gather(self, owner: str) -> None:
        """Take in the stories that a part is tied to, in a fixed order."""
        ties = self.package.relationships(owner).values()
        for words in (_STORIES, _HIDDEN_STORIES):
            for kind, name in words.items():
                for tie in sorted(ties, key=lambda each: each.target):
                    if tie.kind == kind and not tie.external:
                        self._take(tie.target, name, hidden=kind in _HIDDEN_STORIES)
        for tie in ties:
            if tie.kind in _LOOKS and not tie.external:
                self.looks[tie.target] = tie.kind

    def _take(self, part: str, name: str, *, hidden: bool) -> None:
        if part in self.stories:
            return
        self._counts[name] += 1
        called = f"{name} {self._counts[name]} "
        if name in {"脚注", "尾注", "批注"}:
            called = name
        root = self.package.root(part)
        self.stories[part] = Story(
            part, root, called, styles=self.styles, hidden=hidden
        )
        self._gather(part)

    def _only(self, kind: str) -> str | None:
        for tie in self.package.relationships(self.main).values():
            if tie.kind == kind and not tie.external:
                return tie.target
        return None

    def _number_texts(self) -> None:
        """Find words that stand in a list's numbering and in no paragraph."""
        part = self._only("numbering")
        if part is None:
            return
        root = self.package.root(part)
        self.numbering_roots[part] = root
        for element in root.iter(w("lvlText")):
            text = element.get(w("val"), "")
            words = re.sub(r"%\d|\W", "", text)
            if len(words) >= _SHORTEST_NUMBER_TEXT:
                number = len(self.numbering) + 1
                leaf = Leaf(element, text, State.SEEN, w("val"))
                self.numbering.append(
                    Passage(f"{part}/{number}", "列表编号", [leaf], "aside")
                )


def read(data: bytes) -> Reading:
    """Read a Word file."""
    package = Package(data)
    document = Document(package)
    known = {*document.stories, *document.looks}
    roots = [story.root for story in document.stories.values()]
    blocks = [
        *document.blocks(),
        *leftovers.authors(roots),
        *leftovers.links(package),
        *leftovers.properties(package),
        *leftovers.others(package, known),
        *leftovers.pictures(package),
    ]
    unread = [*_unread(document), *leftovers.unread(package, known, document.stories)]
    return Reading(tuple(blocks), tuple(_traits(document, blocks)), tuple(unread))


def _unread(document: Document) -> Iterator[str]:
    pictures = sum(len(story.pictures) for story in document.stories.values())
    yield from (f"图片 {number}" for number in range(1, pictures + 1))
    drawn = sum(story.drawn_codes for story in document.stories.values())
    if drawn:
        yield f"用域代码画出的 {drawn} 处内容"
    for part in document.stories:
        for tie in document.package.relationships(part).values():
            if tie.kind == "aFChunk":
                yield "插入的外部正文"
            if tie.kind == "chartUserShapes":
                yield "图表上另画的图形"


def _traits(document: Document, blocks: list[Block]) -> Iterator[tuple[str, str]]:
    addresses = [block.address for block in blocks]
    comments = [part for part in document.stories if "comments" in part]
    if any(
        block.address.startswith(f"{part}/") for block in blocks for part in comments
    ):
        yield "comments", "有批注，公开件里不会有。"
    if any(
        element.tag in _REVISIONS
        for story in document.stories.values()
        for element in story.root.iter()
    ):
        yield "tracked_changes", "有修订痕迹，公开件里是接受全部修订后的文字。"
    if any(address.endswith("/vanished") for address in addresses):
        yield "hidden_text", "有隐藏的文字，公开件里不会有。"
    yield from leftovers.traits(document.package, addresses)
