"""年度报告: its tables with the cases behind each number, its checks, its Word file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, NoReturn

from flask import redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from engine.clock import office_date
from engine.errors import InvalidAnswers, NotAllowed, NotFound
from engine.work import Work
from models.annual import AnnualEdition
from models.challenges import CHALLENGE_RESULT_NAMES
from models.people import Person
from processes.registers import annual_editions, annual_figures, annual_reports
from processes.registers.annual_checks import (
    BLOCK_NAMES,
    CHAPTERS,
    Report,
    checks,
    is_complete,
)
from processes.registers.annual_months import by_month
from processes.registers.annual_report import (
    COLUMNS,
    CORNER,
    LEVELS,
    RESULT_COLUMNS,
    ROWS,
    labels,
)
from processes.registers.annual_reports import (
    PAGE,
    Scope,
    cases_behind_challenges,
    cases_behind_requests,
)
from processes.registers.annual_word import as_word
from processes.registers.decision_codes import CODES
from processes.registers.fees import yuan
from web.office import blueprint
from web.office.annual_chart import chart_of
from web.office.shell import page
from web.security import actor_id, gongkai, login_required

#: The Regulations' first year (国令492); no register is older.
_FIRST_YEAR = 2008
#: Until this month people work on the report of the year before (Art 49).
_LAST_MONTH = 3
#: The scope of all agencies together, in an address.
_WHOLE = "whole"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Shown:
    """Which report a page is about."""

    scope: Scope
    #: The scope's name in an address.
    of: str
    year: int
    #: Whether the actor writes into it: of the own agency, not of others.
    may_write: bool

    @property
    def name(self) -> str:
        """Whose report it is, as its title says."""
        return self.scope.name


@blueprint.get("/annual-report")
@login_required
def annual_report() -> str:
    """Show the report of a year."""
    return _report_page({})


def _report_page(errors: Mapping[str, list[str]]) -> str:
    with gongkai().read(actor_id()) as work:
        scopes = _scopes(work)
        shown = _shown(work, scopes)
        scope, year = shown.scope, shown.year
        report = annual_reports.report_of(work.session, scope, year)
        found = checks(report)
        months = by_month(work.session, year, scope.keys, work.today)
        return page(
            "office/annual/report.html",
            work,
            shown=shown,
            scopes=scopes,
            report=report,
            checks=sorted(found, key=lambda each: each.ok),
            failed=sum(not each.ok for each in found),
            complete=is_complete(report),
            charged=yuan(report.fees.amount),
            months=months,
            chart=chart_of(months),
            editions=_editions(work, shown, report),
            is_over=year < work.today.year,
            errors=errors,
            typed=request.form,
            earlier=year - 1 if year > _FIRST_YEAR else None,
            later=year + 1 if year < work.today.year else None,
            here="annual_report",
            **_WORDS,
        )


@blueprint.get("/annual-report/cases")
@login_required
def annual_cases() -> str:
    """Show the cases behind one number of table 3 or 4."""
    with gongkai().read(actor_id()) as work:
        shown = _shown(work, _scopes(work))
        table, row, column = (
            request.args.get(name, -1, type=int) for name in ("table", "row", "column")
        )
        find, rows_named, columns = _BEHIND.get(table) or _no_number()
        found = find(
            work,
            shown.scope,
            shown.year,
            row,
            column,
            after=request.args.get("after", 0, type=int),
        )
        return page(
            "office/annual/cases.html",
            work,
            shown=shown,
            table=table,
            row=row,
            column=column,
            words=(rows_named[row], columns[column]),
            rows=found,
            codes=CODES,
            results=CHALLENGE_RESULT_NAMES,
            next=found[-1].id if len(found) == PAGE else None,
            here="annual_report",
        )


@blueprint.get("/annual-report/figures")
@login_required
def annual_figures_form() -> str:
    """Show the form for table 2 and the texts."""
    with gongkai().read(actor_id()) as work:
        shown = _writing(work)
        typed = _typed(work, shown)
        return _form(work, shown, typed, {})


@blueprint.post("/annual-report/figures")
@login_required
def write_annual_figures() -> Response | tuple[str, int]:
    """Keep table 2 and the texts."""
    typed = request.form.to_dict()
    try:
        with gongkai().work(actor_id()) as work:
            shown = _writing(work)
            agency = shown.scope.agency
            assert agency is not None  # noqa: S101 (a scope that is read has one)
            if shown.scope.of_whole:
                annual_figures.write_whole_texts(work, agency, shown.year, typed)
            else:
                annual_figures.write_figures(work, agency, shown.year, typed)
            of, year = shown.of, shown.year
    except InvalidAnswers as refusal:
        with gongkai().read(actor_id()) as work:
            return _form(work, _writing(work), typed, refusal.errors), 422
    return redirect(url_for("office.annual_report", year=year, of=of))


@blueprint.post("/annual-report/editions")
@login_required
def finish_annual_report() -> Response | tuple[str, int]:
    """定稿, or 更正 of what went out: keep the report as it is now."""
    try:
        with gongkai().work(actor_id()) as work:
            shown = _writing(work)
            scope, agency = shown.scope, shown.scope.agency
            assert agency is not None  # noqa: S101 (a scope that is read has one)
            report = annual_reports.report_of(work.session, scope, shown.year)
            annual_editions.finish(
                *(work, agency, shown.year, report),
                of_whole=scope.of_whole,
                reason=request.form.get("reason", ""),
            )
            of, year = shown.of, shown.year
    except InvalidAnswers as refusal:
        return _report_page(refusal.errors), 422
    return redirect(url_for("office.annual_report", year=year, of=of))


@blueprint.get("/annual-report/word")
@login_required
def annual_word() -> Response:
    """Download the report as a Word file, as it is now or as an edition has it;
    refused while a cell is blank (C8)."""
    with gongkai().read(actor_id()) as work:
        shown = _shown(work, _scopes(work))
        number = request.args.get("edition", type=int)
        if number is None:
            report = annual_reports.report_of(work.session, shown.scope, shown.year)
        else:
            report = annual_editions.report_in(_edition(work, shown, number))
        return send_file(
            BytesIO(as_word(report, shown.name, shown.year)),
            mimetype=_WORD,
            as_attachment=True,
            download_name=f"{shown.name}{shown.year}年政府信息公开工作年度报告.docx",
        )


#: What lies behind the numbers of tables 3 and 4, and the names of rows and columns.
_BEHIND: Mapping[int, tuple[Callable[..., Sequence[Any]], Sequence[str], Sequence[str]]]
_BEHIND = {
    3: (cases_behind_requests, [row.in_words for row in ROWS], COLUMNS),
    4: (cases_behind_challenges, BLOCK_NAMES, RESULT_COLUMNS),
}
_WORDS: dict[str, Any] = {
    "labels": labels(),
    "columns": COLUMNS,
    "corner": CORNER,
    "levels": LEVELS,
    "results": RESULT_COLUMNS,
    "chapters": [title for title, _ in CHAPTERS],
    "heads": annual_figures.HEADS,
    "lines": annual_figures.LINES,
    "in_digits": annual_figures.in_digits,
}


@dataclass(frozen=True)
class ShownEdition:
    """One 定稿 as the page tells it."""

    edition: AnnualEdition
    by: str
    on: date
    #: It is as its digest says.
    is_intact: bool
    #: Where the register differs by now; only of the edition that holds.
    differences: Sequence[str] = ()


def _editions(work: Work, shown: Shown, report: Report) -> list[ShownEdition]:
    """Return what went out of a report, the newest first."""
    return [
        ShownEdition(
            each,
            work.session.get_one(Person, each.made_by).name,
            office_date(each.made_at),
            annual_editions.digest_of(each) == each.digest,
            () if at else annual_editions.differences(each, report),
        )
        for at, each in enumerate(_rows(work, shown))
    ]


def _rows(work: Work, shown: Shown) -> Sequence[AnnualEdition]:
    scope = shown.scope
    if scope.agency is None:
        return ()
    return annual_editions.editions(
        work.session, scope.agency, shown.year, of_whole=scope.of_whole
    )


def _edition(work: Work, shown: Shown, number: int) -> AnnualEdition:
    for each in _rows(work, shown):
        if each.number == number:
            return each
    raise NotFound("这一次定稿")


def _no_number() -> NoReturn:
    raise NotFound("这个数字")


def _scopes(work: Work) -> list[Scope]:
    scopes = annual_reports.scopes_read(work)
    if not scopes:
        msg = "年度报告由政务公开经办人、政务公开机构负责人和单位负责人查看。"
        raise NotAllowed(msg)
    return scopes


def _name_of(scope: Scope) -> str:
    if scope.of_whole or scope.agency is None:
        return _WHOLE
    return scope.agency.public_id


def _shown(work: Work, scopes: list[Scope]) -> Shown:
    """Return the report that was asked for; the actor's own one without a wish."""
    own = next((each for each in scopes if not each.of_whole), scopes[0])
    of = request.values.get("of") or _name_of(own)
    scope = next((each for each in scopes if _name_of(each) == of), None)
    if scope is None:
        raise NotFound("这个单位的年度报告")
    return Shown(scope, of, _year(work), annual_reports.may_write(work, scope))


def _year(work: Work) -> int:
    asked = request.values.get("year", _usual_year(work.today), type=int)
    return min(max(asked, _FIRST_YEAR), work.today.year)


def _usual_year(today: date) -> int:
    return today.year - 1 if today.month <= _LAST_MONTH else today.year


def _writing(work: Work) -> Shown:
    shown = _shown(work, _scopes(work))
    if not shown.may_write:
        msg = f"{shown.name}的年度报告由它自己填写，您可以看数字。"
        raise NotAllowed(msg)
    return shown


def _typed(work: Work, shown: Shown) -> dict[str, str]:
    """Return what stands in the form before anybody types."""
    scope = shown.scope
    report = annual_reports.report_of(work.session, scope, shown.year)
    cells = {
        name: annual_figures.in_digits(cell)
        for name, cell in report.figures.cells.items()
    }
    return {**cells, **report.figures.texts}


def _form(
    work: Work,
    shown: Shown,
    typed: Mapping[str, str],
    errors: Mapping[str, list[str]],
) -> str:
    fees = annual_reports.report_of(work.session, shown.scope, shown.year).fees
    return page(
        "office/annual/figures.html",
        work,
        shown=shown,
        typed=typed,
        errors=errors,
        fees=fees,
        charged=yuan(fees.amount),
        here="annual_report",
        **_WORDS,
    )
