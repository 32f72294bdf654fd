"""The texts of a review as the desk shows them: findings joined with their places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from engine.content import display
from engine.content.blocks import Block, Cut
from engine.content.passages import cut_text

#: A page in the browser is no place for more; the file has them all.
MOST_LINES = 3000


@dataclass(frozen=True)
class Spot:
    """Where a finding stands in a text, and how far it is."""

    id: str
    number: int
    address: str
    start: int
    end: int
    #: open, kept, or cut: the public copy says something else here.
    state: str


@dataclass(frozen=True)
class Segment:
    """Some characters of a line, and the findings that they belong to."""

    text: str
    spots: tuple[Spot, ...] = ()
    #: The findings that begin here.
    begins: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Line:
    """A paragraph, in segments."""

    address: str
    kind: str
    #: What the ids of its marks begin with: one paper is shown more than once.
    anchor: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table and how far it goes."""

    lines: tuple[Line, ...]
    columns: int
    rows: int


@dataclass(frozen=True)
class Grid:
    """A table."""

    rows: tuple[tuple[Cell, ...], ...]
    left_out: int


def shown(
    blocks: Iterable[Block], spots: Sequence[Spot], anchor: str
) -> list[Line | Grid]:
    """Return a text for the page, each finding in its place.

    A text longer than a page can hold ends with a line that says so.
    """
    at: dict[str, list[Spot]] = {}
    for spot in spots:
        at.setdefault(spot.address, []).append(spot)
    found: list[Line | Grid] = []
    for is_cell, group in groupby(blocks, key=lambda block: block.kind == "cell"):
        lines = [line(block, at.get(block.address, ()), anchor) for block in group]
        found.extend(_grids(lines) if is_cell else lines)
    if len(found) > MOST_LINES:
        sentence = f"还有 {len(found) - MOST_LINES} 段没有显示，打开文件看。"
        rest = Line("", "aside", anchor, (Segment(sentence),))
        return [*found[:MOST_LINES], rest]
    return found


def line(block: Block, spots: Sequence[Spot], anchor: str) -> Line:
    """Return a block cut into segments at the edges of its findings.

    The segments joined are the block's text, whatever overlaps.
    """
    text = block.text
    edges = {0, len(text)}
    for spot in spots:
        edges |= {min(spot.start, len(text)), min(spot.end, len(text))}
    ordered = sorted(edges)
    found = []
    for start, end in pairwise(ordered):
        over = tuple(spot for spot in spots if spot.start <= start and end <= spot.end)
        begins = tuple(spot for spot in over if spot.start == start)
        found.append(Segment(text[start:end], over, begins))
    return Line(block.address, block.kind, anchor, tuple(found))


def in_the_copy(
    original: Iterable[Block],
    copy: Iterable[Block],
    cuts: Sequence[Cut],
    spots: Sequence[Spot],
) -> list[Spot]:
    """Return where findings of an original stand in its public copy.

    Only where the copy says what the cuts make of the original; elsewhere the copy is
    shown as it is, without them.
    """
    texts = {block.address: block.text for block in copy}
    found: list[Spot] = []
    for block in original:
        own = [cut for cut in cuts if cut.address == block.address]
        if texts.get(block.address) != cut_text(block.text, own):
            continue
        moved = (_moved(spot, own) for spot in spots if spot.address == block.address)
        found.extend(spot for spot in moved if spot is not None)
    return found


def _moved(spot: Spot, cuts: Sequence[Cut]) -> Spot | None:
    shift = 0
    for cut in sorted(cuts, key=lambda each: each.start):
        if cut.end <= spot.start:
            shift += len(cut.replacement) - (cut.end - cut.start)
        elif cut.start <= spot.start and spot.end <= cut.end:
            start = cut.start + shift
            end = start + len(cut.replacement)
            if start == end:
                return None
            return replace(spot, start=start, end=end, state="cut")
        elif cut.start < spot.end:
            return None
    return replace(spot, start=spot.start + shift, end=spot.end + shift)


def _grids(lines: Sequence[Line]) -> list[Line | Grid]:
    """Return cells as the tables that they make up.

    The page's own arrangement of cells is asked for with a number in the place of
    each text, and the numbers tell which line stands where.
    """
    numbered = [
        Block(each.address, "", str(number), "cell")
        for number, each in enumerate(lines)
    ]
    found: list[Line | Grid] = []
    for piece in display.pieces(numbered):
        if isinstance(piece, display.Table):
            rows = tuple(
                tuple(_cell(cell, lines) for cell in row) for row in piece.rows
            )
            found.append(Grid(rows, piece.left_out))
        else:
            found.append(lines[int(piece.text)])
    return found


def _cell(cell: display.Cell, lines: Sequence[Line]) -> Cell:
    inside = tuple(lines[int(number)] for number in cell.text.split())
    return Cell(inside, cell.columns, cell.rows)
