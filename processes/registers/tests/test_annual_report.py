"""Tables 3 and 4 of the annual report, counted from the registers."""

import json

import pytest
from click.testing import CliRunner

from models.requests import InformationRequest
from processes.registers import annual_report, annual_reports
from processes.registers.annual_command import annual_report as command
from processes.registers.annual_report import ROWS, Table
from processes.registers.decision_codes import CODES
from tests.filed import Register
from tests.office import Office


@pytest.fixture
def finance(office: Office) -> Register:
    """The register of the finance bureau."""
    return Register(office)


def counted(office: Office, year: int, place: str | None = "区财政局") -> Table:
    """Count table 3 of one agency, or of all."""
    with office.engine.read() as work:
        keys = [office.organisation(work, place).id] if place else None
        return annual_report.table3(work.session, year, keys)


def rows(table: Table) -> dict[str, list[int]]:
    """Return the rows in which something stands, by their names."""
    return {
        row.in_words: numbers
        for row, numbers in zip(ROWS, table, strict=True)
        if any(numbers)
    }


def file_a_year(register: Register) -> None:
    """Put on file what the bureau got around and in 2025."""
    receives = register.receives
    # Closed before the year began: counted in 2024 alone.
    receives("2024-12-01", decision="D10", closed_on="2024-12-31")
    # Carried in, and closed in the year; the second one never closed.
    receives("2024-12-20", decision="D02", closed_on="2025-01-01")
    receives("2024-12-31", kind="business")
    # New in the year.
    receives("2025-01-01", decision="D53", closed_on="2025-01-01")
    receives("2025-02-03", decision="D01", closed_on="2025-02-10")
    receives("2025-03-03", decision="D03", closed_on="2025-03-31")
    receives("2025-04-07", decision="D31a", closed_on="2025-04-30")
    receives("2025-04-08", decision="D31b", closed_on="2025-05-06", kind="research")
    receives("2025-06-09", decision="D42", closed_on="2025-06-16", kind="other")
    receives("2025-07-01", decision="D51", closed_on="2025-07-29", kind="business")
    receives("2025-11-03", decision="D52", closed_on="2025-12-31", kind="legal_service")
    # New in the year, closed only after it, or not at all.
    receives("2025-12-10", decision="D10", closed_on="2026-01-01")
    receives("2025-12-31", kind="public_interest")
    # Of the year after.
    receives("2026-01-01", decision="D02", closed_on="2026-01-01")


THE_YEAR = {
    "一、本年新收政府信息公开申请数量": [5, 1, 1, 1, 1, 1, 10],
    "二、上年结转政府信息公开申请数量": [1, 1, 0, 0, 0, 0, 2],
    "（一）予以公开": [3, 0, 0, 0, 0, 0, 3],
    "1.本机关不掌握相关政府信息": [1, 0, 1, 0, 0, 0, 2],
    "2.重复申请": [0, 0, 0, 0, 0, 1, 1],
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": [
        *(0, 1, 0, 0, 0, 0, 1)
    ],
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": [
        *(0, 0, 0, 0, 1, 0, 1)
    ],
    "3.其他": [1, 0, 0, 0, 0, 0, 1],
    "（七）总计": [5, 1, 1, 0, 1, 1, 9],
    "四、结转下年度继续办理": [1, 1, 0, 1, 0, 0, 3],
}


def test_a_year_is_counted_by_receipt_by_what_was_open_and_by_what_was_closed(
    finance: Register,
) -> None:
    file_a_year(finance)
    assert rows(counted(finance.office, 2025)) == THE_YEAR


def test_what_a_year_leaves_open_is_carried_into_the_next(finance: Register) -> None:
    file_a_year(finance)
    this, following = (counted(finance.office, year) for year in (2025, 2026))
    assert this[24] == following[1] == [1, 1, 0, 1, 0, 0, 3]


def test_every_decision_stands_in_exactly_one_of_the_21_rows(
    finance: Register,
) -> None:
    for code in CODES:
        finance.receives("2025-03-03", decision=code, closed_on="2025-03-31")
    table = counted(finance.office, 2025)
    assert [numbers[0] for numbers in table] == [
        *(24, 0),
        # 已公开, 可以公开 and 告知获取方式 are one row; 不存在 and 非本机关 are one.
        *(3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
        *(24, 0),
    ]


def test_what_is_not_confirmed_as_received_is_counted_nowhere(
    finance: Register,
) -> None:
    request = finance.receives("2025-03-03", decision="D53", closed_on="2025-03-04")
    with finance.office.engine.work() as work:
        work.session.get_one(InformationRequest, request).received_on = None
    assert rows(counted(finance.office, 2025)) == {}


def test_agencies_are_counted_apart_and_together(finance: Register) -> None:
    file_a_year(finance)
    Register(finance.office, "区政府办").receives("2025-05-06", kind="research")
    assert rows(counted(finance.office, 2025, "区政府办")) == {
        "一、本年新收政府信息公开申请数量": [0, 0, 1, 0, 0, 0, 1],
        "四、结转下年度继续办理": [0, 0, 1, 0, 0, 0, 1],
    }
    together = counted(finance.office, 2025, None)
    assert together[0] == [5, 1, 2, 1, 1, 1, 11]
    assert together[24] == [1, 1, 1, 1, 0, 0, 4]


def test_challenges_are_counted_by_result_and_what_is_still_pending(
    finance: Register,
) -> None:
    file = finance.is_challenged
    file("2024-11-04", "reconsideration", "upheld", "2024-12-31")
    file("2024-12-02", "reconsideration", "upheld", "2025-01-01")
    file("2025-03-03", "reconsideration", "corrected", "2025-04-30")
    file("2025-12-01", "reconsideration", "other", "2026-01-01")
    file("2025-05-06", "litigation")
    file("2025-06-02", "litigation_after_reconsideration", "other", "2025-09-30")
    file("2026-01-01", "litigation")
    with finance.office.engine.read() as work:
        assert annual_report.table4(work.session, 2025) == [
            [1, 1, 0, 1, 3],
            [0, 0, 0, 1, 1],
            [0, 0, 1, 0, 1],
        ]


def test_the_command_tells_a_year_as_other_programs_read_it(
    finance: Register,
) -> None:
    file_a_year(finance)
    engine = finance.office.engine
    told = CliRunner().invoke(
        command(lambda _: engine),
        ["--year", "2025", "--organisation", "500199003", "--json"],
    )
    report = json.loads(told.output)
    assert (told.exit_code, report["year"], report["organisation"]) == (
        *(0, 2025),
        "500199003",
    )
    assert report["table2"] is None
    assert [len(row) for row in report["table3"]] == [7] * 25
    assert [len(row) for row in report["table4"]] == [5] * 3
    assert report["table3"][23] == [5, 1, 1, 0, 1, 1, 9]
    holds = {each["id"]: each["ok"] for each in report["checks"]}
    assert list(holds) == [f"C{number}" for number in range(1, 14)]
    assert [number for number, ok in holds.items() if not ok] == ["C8", "C11", "C12"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--organisation", "999"], "没有代码为“999”的机关。"),
        (["--year", "1900"], "年份从2008到2199。"),
    ],
)
def test_the_command_says_what_it_cannot_tell(
    office: Office, words: list[str], says: str
) -> None:
    told = CliRunner().invoke(
        command(lambda _: office.engine), ["--year", "2025", *words, "--json"]
    )
    assert told.exit_code == 2
    assert json.loads(told.output) == {"error": "usage", "message": says}


def test_the_cases_behind_a_number_are_those_that_one_may_read(
    finance: Register,
) -> None:
    file_a_year(finance)
    # Row 12 is 本机关不掌握, column 6 the total; 何敏 is no reader of these cases.
    assert behind(finance, "luo", 12, 6) == ["区财政局-7", "区财政局-8"]
    assert behind(finance, "luo", 12, 2) == ["区财政局-8"]
    assert behind(finance, "he", 12, 6) == []


def behind(register: Register, login: str, row: int, column: int) -> list[str]:
    """Return the numbers of the requests that somebody finds behind a cell."""
    office = register.office
    with office.engine.read(office.people[login].id) as work:
        scope = annual_reports.one_agency(office.organisation(work, register.place))
        found = annual_reports.cases_behind_requests(work, scope, 2025, row, column)
        return [request.number for request in found]
