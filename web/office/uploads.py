"""Files that come with a form: looked at before anything of them is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from engine import erasing, files
from engine.content.kept import Looked, remember
from engine.errors import BadFile, InvalidAnswers
from engine.forms import Form
from engine.work import Work
from models.workflow import Task
from processes.registers import papers

#: Said of what was uploaded and must not be here.
DESTROYED = "传上来的这一份已经销毁，没有留存。"


@dataclass(frozen=True)
class Upload:
    """A file as the browser sent it, for a field of the form."""

    field: str
    name: str
    data: bytes
    #: Added to the files that the field has, and not in their place.
    adds: bool
    #: What it says, as far as it was looked at and a machine can read it.
    looked: Looked | None = None


def sent(form: type[Form]) -> list[Upload]:
    """Return the files that came with the request, for fields of the form."""
    fields = form().fields
    return [
        Upload(field, each.filename, each.read(), name.endswith("-uploads"))
        for name, chosen in request.files.lists()
        if owner(field := name.rpartition("-")[0]) in fields
        for each in chosen
        if each.filename
    ]


def judge(work: Work, form: type[Form], uploads: list[Upload]) -> list[Upload]:
    """Refuse what must not be here before any byte of it is written; return the rest
    with what it says.

    Raises:
        InvalidAnswers: by the field that a file was chosen for.
    """
    judged = []
    for each in uploads:
        try:
            looked = papers.refuse_secret(
                work, each.name, each.data, _accepted(form, each)
            )
        except BadFile as bad:
            raise InvalidAnswers({each.field: [bad.message]}) from bad
        judged.append(replace(each, looked=looked))
    return judged


def keep(
    work: Work,
    task: Task,
    form: type[Form],
    uploads: list[Upload],
    typed: dict[str, Any],
) -> None:
    """Store files and name them in what was typed."""
    placed: set[str] = set()
    for each in uploads:
        try:
            file = files.store(
                work,
                each.name,
                each.data,
                root_id=task.case.root_id,
                accepted=_accepted(form, each),
            )
        except BadFile as bad:
            raise InvalidAnswers({each.field: [bad.message]}) from bad
        if each.looked is not None:
            remember(work, file, each.looked)
        # Of one file the newest counts; several are added to those there are.
        goes_on = each.adds or each.field in placed
        earlier = typed.get(each.field, "") if goes_on else ""
        typed[each.field] = f"{earlier} {file.public_id}".strip()
        placed.add(each.field)


def destroy_locked(
    work: Work, form: type[Form], typed: Mapping[str, Any]
) -> dict[str, str]:
    """Destroy the uploads among the answers that are locked by now; return what is
    left in the fields that named them. What a record names stays locked there."""
    left = {}
    for field, ids in named(form, typed).items():
        locked = papers.locked_uploads(work, ids)
        gone = {each.public_id for each in locked}
        if erasing.destroy(work, locked):
            left[field] = " ".join(each for each in ids if each not in gone)
    return left


def named(form: type[Form], typed: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the public ids of the files that answers name, by field."""
    fields = form().fields
    holding = {
        name
        for name, field in fields.items()
        if field.metadata["widget"] in {"upload", "uploads"}
        or (field.metadata["widget"] == "rows" and field.metadata["accepts"])
    }
    return {
        name: str(value or "").split()
        for name, value in typed.items()
        if owner(name) in holding
    }


def owner(field: str) -> str:
    """Return the field that a row's answer belongs to: it is named field.key."""
    return field.partition(".")[0]


def _accepted(form: type[Form], upload: Upload) -> tuple[str, ...]:
    facts = form().fields[owner(upload.field)].metadata
    return tuple(facts.get("accepts") or files.DOCUMENTS)
