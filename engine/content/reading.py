"""The text of a file in addressable blocks, whatever type the file is of."""

import logging
from collections.abc import Callable

from engine.content import excel, images, pdf, plain, word
from engine.content.blocks import Block, Reading
from engine.content.package import Unreadable
from engine.files import EXCEL, JPEG, PDF, PNG, TEXT, WORD

#: What one file may say; what comes after is not read.
MOST_CHARACTERS = 5_000_000

_READERS: dict[str, Callable[[bytes], Reading]] = {
    WORD: word.read,
    EXCEL: excel.read,
    PDF: pdf.read,
    TEXT: plain.read,
    PNG: images.read,
    JPEG: images.read,
}

_log = logging.getLogger(__name__)


def read(media_type: str, data: bytes) -> Reading:
    """Read a file; what cannot be read of it is said in `unread`."""
    reader = _READERS.get(media_type)
    if reader is None:
        return Reading((), unread=("这种类型的文件读不出文字",))
    try:
        return _within_limits(reader(data))
    except Unreadable as unreadable:
        return Reading((), unread=(unreadable.reason,))
    except Exception as error:  # noqa: BLE001
        # A stranger wrote the file, and the libraries raise whatever comes.
        _log.warning("a file of type %s was not read: %s", media_type, type(error))
        return Reading((), unread=("文件已损坏，打不开",))


def _within_limits(reading: Reading) -> Reading:
    left = MOST_CHARACTERS
    kept: list[Block] = []
    for block in reading.blocks:
        left -= len(block.text)
        if left < 0:
            words = f"文件太长，只读了前 {MOST_CHARACTERS // 10_000} 万个字"
            return Reading(tuple(kept), reading.traits, (*reading.unread, words))
        kept.append(block)
    return reading
