"""What processes use of this package; the package itself imports nothing, because
files, which it reads, know of it."""

from engine.content.blocks import Block, Cut, Reading
from engine.content.findings import (
    EXCEPTIONS,
    Finding,
    check,
    excuses,
    is_marked_secret,
)
from engine.content.mangled import needs_typing
from engine.content.public_copy import Verdict, cut_blocks, make, verify
from engine.content.reading import read
from engine.content.recognition import Recognised, recognise
from engine.content.writing import word_document

__all__ = [
    "EXCEPTIONS",
    "Block",
    "Cut",
    "Finding",
    "Reading",
    "Recognised",
    "Verdict",
    "check",
    "cut_blocks",
    "excuses",
    "is_marked_secret",
    "make",
    "needs_typing",
    "read",
    "recognise",
    "verify",
    "word_document",
]
