"""What everybody may read and ask for. Can be served without the office."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

# Each module adds its routes to the blueprint above.
from web.public import (  # noqa: E402
    apply,
    documents,
    feeds,
    files,
    normative,
    search,
    time_limits,
    track,
)

__all__ = [
    "apply",
    "blueprint",
    "documents",
    "feeds",
    "files",
    "normative",
    "search",
    "time_limits",
    "track",
]
