"""The pages where people work; everything here needs a login but the login itself."""

from flask import Blueprint

blueprint = Blueprint("office", __name__, url_prefix="/office")

# Each module adds its routes to the blueprint above.
from web.office import (  # noqa: E402
    annual,
    archives,
    calendar,
    case_lists,
    cases,
    circulation,
    files,
    handing,
    incidents,
    interpretations,
    letters,
    limit_lengths,
    lists,
    login,
    query_slips,
    requests,
    returns,
    same_information,
    search,
    shell,
    tasks,
    urging,
    withdrawals,
)

__all__ = [
    "annual",
    "archives",
    "blueprint",
    "calendar",
    "case_lists",
    "cases",
    "circulation",
    "files",
    "handing",
    "incidents",
    "interpretations",
    "letters",
    "limit_lengths",
    "lists",
    "login",
    "query_slips",
    "requests",
    "returns",
    "same_information",
    "search",
    "shell",
    "tasks",
    "urging",
    "withdrawals",
]
