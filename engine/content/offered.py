"""What processes use of this package; the package itself imports nothing, because
files, which it reads, know of it."""

from engine.content.blocks import Block, Cut, Reading
from engine.content.findings import (
    EXCEPTIONS,
    Finding,
    check,
    excuses,
)
from engine.content.kept import (
    CopyOrder,
    Looked,
    MadeCopy,
    forget,
    look,
    looked_at,
    made_copies,
    prepare_readings,
    remember,
)
from engine.content.mangled import needs_typing
from engine.content.public_copy import cut_blocks
from engine.content.reading import read
from engine.content.recognition import Recognised, recognise
from engine.content.writing import word_document

__all__ = [
    "EXCEPTIONS",
    "Block",
    "CopyOrder",
    "Cut",
    "Finding",
    "Looked",
    "MadeCopy",
    "Reading",
    "Recognised",
    "check",
    "cut_blocks",
    "excuses",
    "forget",
    "look",
    "looked_at",
    "made_copies",
    "needs_typing",
    "prepare_readings",
    "read",
    "recognise",
    "remember",
    "word_document",
]
