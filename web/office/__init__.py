"""The pages where people work; everything here needs a login but the login itself."""

from flask import Blueprint

blueprint = Blueprint("office", __name__, url_prefix="/office")

# Each module adds its routes to the blueprint above.
from web.office import (  # noqa: E402
    annual,
    calendar,
    cases,
    files,
    incidents,
    interpretations,
    letters,
    lists,
    login,
    query_slips,
    requests,
    returns,
    search,
    shell,
    tasks,
)

__all__ = [
    "annual",
    "blueprint",
    "calendar",
    "cases",
    "files",
    "incidents",
    "interpretations",
    "letters",
    "lists",
    "login",
    "query_slips",
    "requests",
    "returns",
    "search",
    "shell",
    "tasks",
]
