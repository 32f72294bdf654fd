"""Letters from Word templates that an office edits: filled in, read back, shown.

Knows no law and no kind of letter. A template is a stranger's file and may only name
values, repeat and leave out; a value is text and never a command.
"""

from engine.letters.pdf import pdf_of
from engine.letters.reading import Line, lines, text_of
from engine.letters.safety import BadTemplate, refuse_unsafe
from engine.letters.templates import digest, placeholders, render
from engine.letters.values import Row, Value, cleaned

__all__ = [
    "BadTemplate",
    "Line",
    "Row",
    "Value",
    "cleaned",
    "digest",
    "lines",
    "pdf_of",
    "placeholders",
    "refuse_unsafe",
    "render",
    "text_of",
]
