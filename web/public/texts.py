"""The text of published files for the page; the same bytes are read once."""

from collections import OrderedDict
from threading import Lock

from engine.content import display
from engine.content.display import Piece
from engine.work import Work
from models.records import StoredFile

#: Reading a large file takes seconds; what is read often stays at hand.
_MOST = 64

_kept: OrderedDict[str, list[Piece] | None] = OrderedDict()
_lock = Lock()


def text_of(work: Work, file: StoredFile) -> list[Piece] | None:
    """Return what a published file says; None where a page cannot show it.

    Raises:
        BadFile: its bytes are not those that were published.
    """
    with _lock:
        if file.sha256 in _kept:
            _kept.move_to_end(file.sha256)
            return _kept[file.sha256]
    text = display.text_of(file.media_type, work.engine.files.get(file))
    with _lock:
        _kept[file.sha256] = text
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return text
