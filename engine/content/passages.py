"""The text of one paragraph or cell, as the pieces of XML in which it lies."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from engine.content.blocks import Block, Cut
from engine.content.package import Element


class State(Enum):
    """Whether a reader sees a piece of text; if not, the words that say why."""

    SEEN = ""
    DELETED = "已删除的文字"
    VANISHED = "隐藏的文字"
    CODE = "域代码"
    ASIDE = "备用版本里的文字"


@dataclass(eq=False)
class Leaf:
    """A piece of text: an element's text, an attribute, or a sign such as a tab."""

    element: Element
    text: str
    state: State = State.SEEN
    #: The attribute that holds the text, if it is no element's own text.
    attribute: str = ""
    #: What an element that stands for a sign is replaced by when its text changes.
    as_text: Callable[[Element, str], None] | None = None

    def write(self, text: str) -> None:
        """Put another text in the place of this one."""
        if self.attribute:
            self.element.set(self.attribute, text)
        elif self.as_text is not None:
            self.as_text(self.element, text)
        else:
            self.element.text = text


@dataclass(eq=False)
class Passage:
    """What stands together: a paragraph, a cell, a line of a drawing."""

    address: str
    label: str
    leaves: list[Leaf] = field(default_factory=list)
    kind: str = "body"
    #: Nothing of it is seen, whatever its pieces say.
    hidden: bool = False

    def blocks(self) -> Iterator[Block]:
        """Yield what is seen of it and, apart, what is not."""
        for state in State:
            text = "".join(each.text for each in self.leaves if each.state is state)
            text = text.strip()
            if not text:
                continue
            if state is State.SEEN:
                yield Block(self.address, self.label, text, self.kind, self.hidden)
            else:
                yield Block(
                    f"{self.address}/{state.name.lower()}",
                    f"{self.label}（{state.value}）",
                    text,
                    hidden=True,
                )

    @property
    def seen(self) -> str:
        """What a reader sees of it."""
        seen = (leaf.text for leaf in self.leaves if leaf.state is State.SEEN)
        return "".join(seen).strip()

    def cut(self, cuts: Iterable[Cut]) -> None:
        """Take characters out of what is seen, wherever the pieces begin and end."""
        leaves = [leaf for leaf in self.leaves if leaf.state is State.SEEN]
        for leaf, text in zip(
            leaves, cut_pieces([leaf.text for leaf in leaves], cuts), strict=True
        ):
            if text != leaf.text:
                leaf.write(text)


def cut_pieces(pieces: Sequence[str], cuts: Iterable[Cut]) -> list[str]:
    """Return pieces of text without what is cut; a replacement stands in the first.

    Offsets count from the first character of the whole that is no white space.
    """
    whole = "".join(pieces)
    margin = len(whole) - len(whole.lstrip())
    left = list(pieces)
    # From the last to the first: what stands before a cut keeps its offsets.
    for cut in sorted(cuts, key=lambda each: each.start, reverse=True):
        begin, end = cut.start + margin, cut.end + margin
        replacement = cut.replacement
        first = 0
        for index, piece in enumerate(pieces):
            last = first + len(piece)
            if first < end and begin < last:
                text = left[index]
                left[index] = (
                    text[: max(begin - first, 0)]
                    + replacement
                    + text[min(end, last) - first :]
                )
                replacement = ""
            first = last
    return left


def cut_text(text: str, cuts: Iterable[Cut]) -> str:
    """Return a text with what stands in place of the cuts."""
    return cut_pieces([text], cuts)[0]


def fitting(blocks: Iterable[Block], cuts: Iterable[Cut]) -> dict[str, list[Cut]]:
    """Return the cuts by address, in order.

    Raises:
        ValueError: one has no block, lies outside of it, or meets another one.
    """
    texts = {block.address: block.text for block in blocks}
    found: dict[str, list[Cut]] = {}
    for cut in sorted(cuts, key=lambda each: (each.address, each.start)):
        if cut.address not in texts:
            raise ValueError(f"no block at {cut.address}")
        if not 0 <= cut.start < cut.end <= len(texts[cut.address]):
            raise ValueError(f"a cut lies outside of {cut.address}")
        before = found.setdefault(cut.address, [])
        if before and before[-1].end > cut.start:
            raise ValueError(f"two cuts meet in {cut.address}")
        before.append(cut)
    return found
