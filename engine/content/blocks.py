"""The text of a file in addressable pieces: what checks find and redaction cuts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One stretch of text with its place; addresses are stable for the same bytes."""

    #: Opaque to everybody but the format it comes from: "body/12", "sheet/1/B7".
    address: str
    #: The place in words: 正文第 12 段, 表“名单”B7 单元格, 第 2 页第 5 行.
    label: str
    text: str
    #: How it stands on a page: title, addressees, heading, body, right, cell, aside.
    kind: str = "body"
    #: Not seen by who reads the file as it is meant to be read: comments, deleted
    #: text of a revision, hidden sheets, properties of the file.
    hidden: bool = False


@dataclass(frozen=True)
class Reading:
    """What could be read of a file, and what could not."""

    blocks: tuple[Block, ...]
    #: What else lies in the file, by code: comments, tracked_changes, hidden_sheets,
    #: hidden_text, properties, attachments, annotations; with a sentence for each.
    traits: tuple[tuple[str, str], ...] = ()
    #: Places that hold something nobody could read, in words: 图片 1.
    unread: tuple[str, ...] = ()

    @property
    def visible(self) -> tuple[Block, ...]:
        """What a reader of the file sees."""
        return tuple(block for block in self.blocks if not block.hidden)


@dataclass(frozen=True)
class Cut:
    """Characters of one block that the public copy must not have."""

    address: str
    start: int
    end: int
    #: What stands in their place.
    replacement: str
