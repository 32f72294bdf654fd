"""The pages where people work; everything here needs a login but the login itself."""

from flask import Blueprint

blueprint = Blueprint("office", __name__, url_prefix="/office")

# Each module adds its routes to the blueprint above.
from web.office import cases, files, incidents, lists, login, shell, tasks  # noqa: E402

__all__ = [
    "blueprint",
    "cases",
    "files",
    "incidents",
    "lists",
    "login",
    "shell",
    "tasks",
]
