"""The search over everything that the actor may read."""

import re
from datetime import date

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine import search
from engine.search import Place, Wanted
from engine.work import Work
from processes.registers import person_search
from processes.registers.search_sources import KINDS
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required

_LONGEST = 100


@blueprint.get("/search")
@login_required
def find() -> str:
    """Show what was found; a number that identifies somebody is not looked for here."""
    wanted = _wanted()
    with gongkai().read(actor_id()) as work:
        if person_search.identifies(wanted.words):
            return _page(work, Wanted(""), identifying=True)
        return _page(work, wanted)


@blueprint.post("/search")
@login_required
def ask() -> Response | str:
    """Look for what was typed in the header.

    What identifies a person never comes into an address: the answer is this page.
    """
    words = request.form.get("q", "")[:_LONGEST].strip()
    if not person_search.identifies(words):
        return redirect(url_for("office.find", q=words or None))
    with gongkai().work(actor_id()) as work:
        cases = person_search.find(work, words)
        return page("office/search_person.html", work, cases=cases, here="search")


def _page(work: Work, wanted: Wanted, *, identifying: bool = False) -> str:
    found = search.find(work, wanted, _after())
    processes = {each.key: each.texts.title for each in work.engine.definitions}
    said = {
        "q": wanted.words,
        "kind": wanted.kind,
        "process": wanted.process,
        "year": wanted.year,
    }
    return page(
        "office/search.html",
        work,
        wanted=wanted,
        identifying=identifying,
        found=found,
        total=search.count(work, wanted),
        most=search.MOST_COUNTED,
        said={key: value for key, value in said.items() if value},
        next=_in_address(found.next),
        kinds=KINDS,
        processes=processes,
        here="search",
    )


def _wanted() -> Wanted:
    typed = request.args
    kind, year = typed.get("kind", ""), typed.get("year", "")
    return Wanted(
        words=typed.get("q", "")[:_LONGEST].strip(),
        kind=kind if kind in KINDS else "",
        process=typed.get("process", "")[:60],
        year=int(year) if re.fullmatch(r"[12]\d{3}", year, re.ASCII) else None,
    )


def _in_address(place: Place | None) -> str:
    return f"{place.rank}.{place.dated:%Y%m%d}.{place.entry}" if place else ""


def _after() -> Place | None:
    """Read where the page begins; what is no place begins at the top."""
    typed = request.args.get("after", "")
    found = re.fullmatch(r"([012])\.(\d{8})\.(\d{1,18})", typed, re.ASCII)
    if found is None:
        return None
    try:
        return Place(int(found[1]), date.fromisoformat(found[2]), int(found[3]))
    except ValueError:
        return None
