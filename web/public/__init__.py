"""What everybody may read: published documents. Can be served without the office."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

# Each module adds its routes to the blueprint above.
from web.public import documents, feeds, files, normative, search  # noqa: E402

__all__ = ["blueprint", "documents", "feeds", "files", "normative", "search"]
