"""A public copy of a file, made anew, and the proof that it lacks what was cut."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.content import excel_copy, images, pdf_copy, plain, word_copy
from engine.content.blocks import Block, Cut
from engine.content.package import Unreadable
from engine.content.passages import cut_text, fitting
from engine.content.proof import Verdict, prove
from engine.content.reading import read
from engine.errors import BadFile
from engine.files import EXCEL, JPEG, PDF, PNG, TEXT, WORD

__all__ = ["Verdict", "cut_blocks", "make", "verify"]

_MAKERS: dict[str, Callable[[bytes, Mapping[str, Sequence[Cut]]], bytes]] = {
    WORD: word_copy.copy,
    EXCEL: excel_copy.copy,
    PDF: pdf_copy.copy,
    TEXT: plain.copy,
}
_IMAGES = frozenset({PNG, JPEG})


def make(media_type: str, data: bytes, cuts: Sequence[Cut]) -> bytes:
    """Make a file anew without what is cut and without anything that is not seen.

    The same file and cuts give the same bytes. Comments, deletions, hidden text, rows,
    columns and sheets, properties, attachments, programs and links are never in it.

    Raises:
        BadFile: no copy can be made of this file, or nothing can be cut out of it.
        ValueError: a cut does not fit the text that `read` gives for these bytes.
    """
    if cuts and media_type in _IMAGES:
        raise BadFile("图片里的文字不能在这里遮盖，请用看图软件遮盖后重新上传。")
    if media_type not in _MAKERS and media_type not in _IMAGES:
        raise BadFile("这种类型的文件不能做公开件，请换成可以接受的类型。")
    fitted = fitting(read(media_type, data).blocks, cuts) if cuts else {}
    try:
        if media_type in _IMAGES:
            return images.copy(data)
        return _MAKERS[media_type](data, fitted)
    except Unreadable as unreadable:
        raise BadFile(f"公开件没有做成：{unreadable.reason}。") from unreadable
    except Exception as error:
        # A stranger wrote the file, and the libraries raise whatever comes.
        raise BadFile("公开件没有做成：文件已损坏，请重新保存后再上传。") from error


def verify(media_type: str, data: bytes, forbidden: Iterable[str]) -> Verdict:
    """Look for forbidden values in everything that a file holds.

    Spaces, widths and dashes in a value do not matter. A file is clean only if nothing
    was found and nothing was left unread; what is unread, a person has to look at.
    """
    return prove(media_type, data, read(media_type, data), forbidden)


def cut_blocks(blocks: Iterable[Block], cuts: Sequence[Cut]) -> tuple[Block, ...]:
    """Return the same text with what stands in place of the cuts.

    Beside a PDF whose pages became images this is the text that can be read aloud.

    Raises:
        ValueError: a cut does not fit.
    """
    blocks = tuple(blocks)
    fitted = fitting(blocks, cuts)
    return tuple(
        Block(
            block.address,
            block.label,
            cut_text(block.text, fitted.get(block.address, ())),
            block.kind,
            block.hidden,
        )
        for block in blocks
    )
