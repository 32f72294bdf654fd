"""档案移交: closed files put on numbered lists, printed, downloaded, handed over."""

from datetime import date
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.errors import InvalidAnswers, NotAllowed, NotFound, Refusal
from engine.work import Work
from models.archives import Transfer
from models.people import Organisation
from processes.registers import archives
from processes.registers.archives import ClosedFile, Handover
from web.office import blueprint
from web.office.shell import page
from web.office.tables import plain, table_file
from web.security import actor_id, gongkai, login_required

_HEADINGS = ("件号", "编号", "种类", "题名", "归档日期", "保管期限")


@blueprint.get("/archive")
@login_required
def archive() -> str:
    """Show the files of a year and a retention that are on no list, and the lists."""
    with gongkai().read(actor_id()) as work:
        return _archive_page(work)


@blueprint.post("/archive/lists")
@login_required
def draw_up_list() -> Response | tuple[str, int]:
    """Put the chosen files on a list of their own, with its number."""
    try:
        with gongkai().work(actor_id()) as work:
            transfer = archives.draw_up(
                work,
                _agency(work),
                request.form.get("year", 0, type=int),
                request.form.get("retention", ""),
                request.form.getlist("files"),
            )
            return _to(transfer)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        with gongkai().read(actor_id()) as work:
            return _archive_page(work, refusal.message), 409


@blueprint.get("/archive/lists/<public_id>")
@login_required
def transfer_list(public_id: str) -> str:
    """Show a list as it is printed."""
    with gongkai().read(actor_id()) as work:
        return _list_page(work, archives.list_of(work, public_id))


@blueprint.get("/archive/lists/<public_id>.xlsx")
@login_required
def transfer_table(public_id: str) -> Response:
    """Download a list as a table."""
    with gongkai().read(actor_id()) as work:
        transfer = archives.list_of(work, public_id)
        rows = [
            (
                str(position),
                file.number,
                file.kind,
                plain(file.subject),
                str(file.archived_on),
                file.retention,
            )
            for position, file in archives.files_on(work, transfer)
        ]
        name = f"移交清单{transfer.number}.xlsx"
    return table_file(name, "移交清单", (_HEADINGS, *rows))


@blueprint.post("/archive/lists/<public_id>/handover")
@login_required
def hand_over_list(public_id: str) -> Response | tuple[str, int]:
    """Record who handed the files over, and who received them."""
    typed = {name: request.form.get(name, "").strip() for name in _TYPED}
    try:
        with gongkai().work(actor_id()) as work:
            transfer = archives.list_of(work, public_id)
            archives.hand_over(
                work,
                transfer,
                Handover(
                    _day(typed["on"]),
                    typed["handed_by"],
                    typed["receiver"],
                    typed["received_by"],
                ),
            )
            return _to(transfer)
    except InvalidAnswers as invalid:
        with gongkai().read(actor_id()) as work:
            transfer = archives.list_of(work, public_id)
            return _list_page(work, transfer, typed, invalid.errors), 422


@blueprint.post("/archive/lists/<public_id>/void")
@login_required
def void_list(public_id: str) -> Response:
    """Take a list back that was drawn up wrongly."""
    with gongkai().work(actor_id()) as work:
        transfer = archives.list_of(work, public_id)
        archives.void(work, transfer, request.form.get("reason", "").strip())
        return _to(transfer)


_TYPED = ("on", "handed_by", "receiver", "received_by")


def _archive_page(work: Work, sentence: str = "") -> str:
    agency = _agency(work)
    waiting = archives.waiting(work, agency)
    groups = sorted({(each.archived_on.year, each.retention) for each in waiting})
    chosen = _group(groups)
    return page(
        "office/archive.html",
        work,
        agency=agency,
        agencies=archives.agencies_of(work),
        groups=[(*group, _count(waiting, group)) for group in groups],
        chosen=chosen,
        files=[
            archives.checked(work, each)
            for each in waiting
            if (each.archived_on.year, each.retention) == chosen
        ],
        lists=archives.lists_of(work, agency),
        may_keep=archives.may_keep(work, agency),
        sentence=sentence,
        here="archive",
    )


def _group(groups: list[tuple[int, str]]) -> tuple[int, str] | None:
    wanted = (
        request.values.get("year", 0, type=int),
        request.values.get("retention", ""),
    )
    if wanted in groups:
        return wanted
    return groups[0] if groups else None


def _count(waiting: list[ClosedFile], group: tuple[int, str]) -> int:
    return sum((each.archived_on.year, each.retention) == group for each in waiting)


def _list_page(
    work: Work,
    transfer: Transfer,
    typed: dict[str, str] | None = None,
    errors: Any = None,
) -> str:
    return page(
        "office/transfer_list.html",
        work,
        transfer=transfer,
        files=archives.files_on(work, transfer),
        may_keep=archives.may_keep(work, transfer.agency),
        typed=typed or {},
        errors=errors or {},
        here="archive",
    )


def _agency(work: Work) -> Organisation:
    """Return the agency that is named, of those whose files the actor reads."""
    agencies = archives.agencies_of(work)
    wanted = request.values.get("agency", "")
    if not wanted:
        return agencies[0]
    found = next((each for each in agencies if each.public_id == wanted), None)
    if found is None:
        raise NotFound("这个单位的档案")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidAnswers({"on": ["写移交日期"]}) from None


def _to(transfer: Transfer) -> Response:
    return redirect(url_for("office.transfer_list", public_id=transfer.public_id))
