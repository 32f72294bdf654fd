"""主要负责人的解读: how often each head has interpreted in a year."""

from dataclasses import dataclass

from flask import request

from engine import settings
from engine.errors import NotAllowed
from engine.work import Work
from processes.registers.documents import agencies_read
from processes.registers.leaders import LeaderCount, yearly_counts
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required

#: Where the office's registers begin at the earliest.
_FIRST_YEAR = 2019


@dataclass(frozen=True)
class Share:
    """How many of the leaders have interpreted, for the bar on top."""

    done: int
    all: int

    @property
    def percent(self) -> int:
        """The part that has, in percent."""
        return round(100 * self.done / self.all) if self.all else 0


@blueprint.get("/interpretations")
@login_required
def interpretations() -> str:
    """Show the yearly count of each head whose agency the actor oversees."""
    with gongkai().read(actor_id()) as work:
        year = _year(work)
        found = _counts(work, year)
        done = sum(bool(each.published) for each in found)
        return page(
            "office/interpretations.html",
            work,
            year=year,
            # Who has none stands first: there something is to be done.
            leaders=sorted(found, key=lambda each: (bool(each.published),)),
            share=Share(done, len(found)),
            site=_site(work),
            earlier=year - 1 if year > _FIRST_YEAR else None,
            later=year + 1 if year < work.today.year else None,
            here="interpretations",
        )


def _year(work: Work) -> int:
    asked = request.args.get("year", work.today.year, type=int)
    return min(max(asked, _FIRST_YEAR), work.today.year)


def _site(work: Work) -> str:
    """Return where the public's pages are, which may be another server."""
    site = settings.read(
        work.session, "publication.site", on=work.today, root_id=work.actor.root_id
    )
    return str(site or "").rstrip("/")


def _counts(work: Work, year: int) -> list[LeaderCount]:
    agencies = {each.id for each in agencies_read(work)}
    if not agencies or work.actor.root_id is None:
        msg = "各单位主要负责人的解读情况由单位负责人和政务公开机构负责人查看。"
        raise NotAllowed(msg)
    return [
        each
        for each in yearly_counts(work, year, work.actor.root_id)
        if each.organisation.id in agencies
    ]
