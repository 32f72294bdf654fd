"""One annual report put together: of one agency, or of all that it oversees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from engine.authoring import NotFound, Work, office_date, visible_to
from models.challenges import Challenge
from models.people import Level, Organisation, OrganisationKind, Role
from models.requests import InformationRequest
from models.workflow import Case
from processes.registers.annual_checks import Report
from processes.registers.annual_editions import newest_edition, report_in
from processes.registers.annual_figures import (
    Figures,
    agencies_with_cells,
    figures_of,
    sum_of,
    whole_texts_of,
)
from processes.registers.annual_report import (
    BLOCKS,
    KINDS,
    PENDING,
    ROWS,
    SUM,
    Agencies,
    Table,
    challenges_behind,
    fees_collected,
    requests_behind,
    table3,
    table4,
)
from processes.registers.clock_events import in_full
from processes.registers.documents import overseen

#: Who reads an agency's figures, and writes into its report.
REPORT_READERS = (Role.DISCLOSURE_CLERK, Role.DISCLOSURE_HEAD, Role.UNIT_HEAD)
#: A list behind a number shows so many at once.
PAGE = 50


@dataclass(frozen=True)
class Scope:
    """Whose report it is."""

    #: In whose name it is written; None for all agencies of the installation.
    agency: Organisation | None
    #: The name in its title.
    name: str
    members: Sequence[Organisation]
    #: Of all that the agency oversees together (Art 49(2)), itself among them.
    of_whole: bool = False

    @property
    def keys(self) -> Agencies:
        """Whose cases count."""
        return None if self.agency is None else [each.id for each in self.members]


def everybody(session: Session) -> Scope:
    """Return the scope of all agencies together."""
    agencies = session.scalars(
        select(Organisation)
        .where(Organisation.acts_in_own_name)
        .order_by(Organisation.code)
    ).all()
    return Scope(None, "全部机关", agencies, of_whole=True)


def one_agency(agency: Organisation) -> Scope:
    """Return the scope of an agency's own report."""
    return Scope(agency, agency.name, [agency])


def scopes_read(work: Work) -> list[Scope]:
    """Return the reports that the actor may read, of the own agency and of those that
    it oversees, and of all of them together; empty for most people.

    A government's office oversees the government's own report, too.
    """
    roles = [held for held in work.actor.roles if held.role in REPORT_READERS]
    own = {held.agency_id for held in roles}
    members = overseen(work, own)
    government = _government_of(work.session, members, own)
    if government is not None and government not in members:
        members.append(government)
    members = [each for each in members if each.acts_in_own_name]
    members.sort(key=lambda each: (each.id not in own, each.code))
    scopes = [one_agency(each) for each in members]
    if len(members) > 1:
        mine = next((x for x in members if x.id == work.actor.agency_id), members[0])
        name = government.name if government else f"{mine.name}及所属单位"
        scopes.append(Scope(mine, name, members, of_whole=True))
    return scopes


def may_write(work: Work, scope: Scope) -> bool:
    """Tell whether the actor writes into a report: of an agency where he has a part in
    its disclosure work, not of those below it."""
    return scope.agency is not None and any(
        held.role in REPORT_READERS and held.agency_id == scope.agency.id
        for held in work.actor.roles
    )


def report_of(session: Session, scope: Scope, year: int) -> Report:
    """Put a report together from the registers and what was typed."""
    table, figures, basis = _last_year(session, scope, year)
    return Report(
        table3=table3(session, year, scope.keys),
        table4=table4(session, year, scope.keys),
        figures=_figures(session, scope, year),
        fees=fees_collected(session, year, scope.keys),
        makes_rules=any(map(_makes_rules, scope.members)),
        last_table3=table,
        last_basis=basis,
        last_figures=figures,
        without_figures=_without_figures(session, scope, year),
    )


def cases_behind_requests(
    work: Work, scope: Scope, year: int, row: int, column: int, *, after: int = 0
) -> list[InformationRequest]:
    """Return a page of the requests that a cell of table 3 counts, as far as the actor
    may read them, by their numbers."""
    if not (0 <= row < len(ROWS) and 0 <= column <= SUM):
        raise NotFound("这个数字")
    kinds = KINDS if column == SUM else (KINDS[column],)
    query = (
        select(InformationRequest)
        .join(Case, Case.id == InformationRequest.case_id)
        .options(joinedload(InformationRequest.case))
        .where(
            requests_behind(row, year),
            InformationRequest.applicant_kind.in_(kinds),
            InformationRequest.id > after,
            visible_to(work.actor),
        )
        .order_by(InformationRequest.id)
        .limit(PAGE)
    )
    if scope.keys is not None:
        query = query.where(InformationRequest.agency_id.in_(scope.keys))
    return list(work.session.scalars(query))


def cases_behind_challenges(
    work: Work, scope: Scope, year: int, row: int, column: int, *, after: int = 0
) -> list[Challenge]:
    """Return a page of the challenges that a cell of table 4 counts, as far as the
    actor may read them."""
    if not (0 <= row < len(BLOCKS) and 0 <= column <= PENDING + 1):
        raise NotFound("这个数字")
    query = (
        select(Challenge)
        .join(Case, Case.id == Challenge.case_id)
        .options(joinedload(Challenge.case))
        .where(
            challenges_behind(BLOCKS[row], column, year),
            Challenge.id > after,
            visible_to(work.actor),
        )
        .order_by(Challenge.id)
        .limit(PAGE)
    )
    if scope.keys is not None:
        query = query.where(Challenge.agency_id.in_(scope.keys))
    return list(work.session.scalars(query))


def first_year(session: Session, scope: Scope) -> int | None:
    """Return the year of the oldest request; None where there is none."""
    query = select(func.min(InformationRequest.received_on))
    if scope.keys is not None:
        query = query.where(InformationRequest.agency_id.in_(scope.keys))
    oldest: date | None = session.scalar(query)
    return oldest.year if oldest else None


def _government_of(
    session: Session, members: Sequence[Organisation], own: set[int]
) -> Organisation | None:
    """Return the government whose office is one of the own agencies."""
    for each in members:
        if each.id in own and each.kind == OrganisationKind.OFFICE and each.parent_id:
            parent = session.get_one(Organisation, each.parent_id)
            if parent.kind == OrganisationKind.GOVERNMENT:
                return parent
    return None


def _figures(session: Session, scope: Scope, year: int) -> Figures:
    if scope.agency is not None and not scope.of_whole:
        return figures_of(session, scope.agency, year)
    keys = None if scope.keys is None else list(scope.keys)
    cells = sum_of(session, keys, year)
    told = whole_texts_of(session, scope.agency, year) if scope.agency else {}
    base = Figures()
    return Figures(cells or base.cells, told or base.texts, is_there=cells is not None)


def _without_figures(session: Session, scope: Scope, year: int) -> list[str]:
    """Name the agencies of a sum that have not typed their table 2."""
    if not scope.of_whole:
        return []
    typed = agencies_with_cells(session, year)
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    return [
        each.name
        for each in scope.members
        if each.id not in typed
        and each.valid_from <= ends
        and (each.valid_to is None or each.valid_to >= begins)
    ]


def _last_year(
    session: Session, scope: Scope, year: int
) -> tuple[Table | None, Figures, str]:
    """Return tables 3 and 2 of the year before, and where they come from.

    What went out holds (C4, C6); without it the register is counted anew, where there
    was anything to report.
    """
    last = year - 1
    if scope.agency is not None:
        edition = newest_edition(session, scope.agency, last, of_whole=scope.of_whole)
        if edition is not None:
            report, on = report_in(edition), in_full(office_date(edition.made_at))
            return report.table3, report.figures, f"{last}年度报告{on}的定稿"
    figures, oldest = _figures(session, scope, last), first_year(session, scope)
    if oldest is None or oldest >= year:
        return None, figures, ""
    words = f"登记里{last}年的数字，{last}年度报告没有定稿"
    return table3(session, last, scope.keys), figures, words


def _makes_rules(agency: Organisation) -> bool:
    """Tell whether an agency may make 规章 (立法法第93条: provinces, 设区的市)."""
    return agency.kind == OrganisationKind.GOVERNMENT and agency.level in (
        Level.PROVINCE,
        Level.CITY,
    )
