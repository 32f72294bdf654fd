"""C1 to C13: whether an annual report holds together, and what to mend."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from processes.registers.annual_checks import Check, Report, checks, is_complete
from processes.registers.annual_figures import CELLS, Figures
from processes.registers.annual_report import FeesCollected, Table
from tests.filed import Register
from tests.office import Office, refused

#: A small report of our own: ten came, two were carried in, nine were closed.
OURS: Table = [
    [5, 1, 1, 1, 1, 1, 10],
    [1, 1, 0, 0, 0, 0, 2],
    [3, 0, 0, 0, 0, 0, 3],
    *([[0] * 7] * 9),
    [1, 0, 1, 0, 0, 0, 2],
    *([[0] * 7] * 3),
    [0, 0, 0, 0, 0, 1, 1],
    *([[0] * 7] * 3),
    [0, 1, 0, 0, 0, 0, 1],
    [0, 0, 0, 0, 1, 0, 1],
    [1, 0, 0, 0, 0, 0, 1],
    [5, 1, 1, 0, 1, 1, 9],
    [1, 1, 0, 1, 0, 0, 3],
]
CHALLENGED: Table = [[1, 1, 0, 1, 3], [0, 0, 0, 1, 1], [0, 0, 1, 0, 1]]
TEXTS = {
    "overview": "全年新收政府信息公开申请10件，上年结转2件，结转下年度3件。",
    "problems": "答复书说理不够，今年逐件点评。",
    "other": "收取信息处理费2件，300元。",
}


def cells(*numbers: str | None) -> dict[str, Decimal | None]:
    """Name the ten cells of table 2 in their order."""
    values = (None if x is None else Decimal(x) for x in numbers)
    return dict(zip(CELLS, values, strict=True))


TYPED = Figures(
    cells("0", "0", "0", "5", "1", "25", "120", "30", "2", "59.2449"), TEXTS, True
)
FINE = Report(OURS, CHALLENGED, TYPED, FeesCollected(2, Decimal(300)))


def failing(report: Report) -> dict[str, str]:
    """Return the messages of the checks that a report fails."""
    return {each.id: each.message for each in checks(report) if not each.ok}


def changed(table: Table, row: int, column: int, number: int) -> Table:
    """Return a table with another number in one cell."""
    copy = [list(numbers) for numbers in table]
    copy[row][column] = number
    return copy


def with_cell(name: str, number: str | None) -> Report:
    """Return the fine report with another number in table 2."""
    value = None if number is None else Decimal(number)
    return replace(FINE, figures=replace(TYPED, cells={**TYPED.cells, name: value}))


def with_text(**texts: str) -> Report:
    """Return the fine report with other texts."""
    return replace(FINE, figures=replace(TYPED, texts={**TEXTS, **texts}))


def test_a_report_that_holds_together_passes_all_thirteen() -> None:
    assert [each.id for each in checks(FINE)] == [f"C{n}" for n in range(1, 14)]
    assert failing(FINE) == {}
    assert is_complete(FINE)


def test_c1_a_row_adds_up_to_its_total() -> None:
    wrong = replace(FINE, table3=changed(OURS, 2, 6, 4))
    assert failing(wrong)["C1"] == (
        "表三“（一）予以公开”的总计是4，六列之和是3，两者要相等。"
    )


def test_c2_a_column_adds_up_to_the_total_of_the_results() -> None:
    wrong = replace(FINE, table3=changed(OURS, 2, 0, 2))
    assert failing(wrong)["C2"] == (
        "表三“自然人”列的（七）总计是5，21项结果之和是4，两者要相等。"
    )


def test_c3_what_came_is_what_was_closed_or_carried_over() -> None:
    wrong = replace(FINE, table3=changed(OURS, 24, 1, 2))
    assert failing(wrong)["C3"] == (
        "表三“商业企业”列：新收加上年结转是2，办理结果总计加结转下年度是3，"
        "核对这一列的收到日期和办结日期。"
    )


def test_c4_what_was_carried_over_last_year_is_carried_in_this_year() -> None:
    last = changed(changed(OURS, 24, 0, 1), 24, 3, 0)
    assert failing(replace(FINE, last_table3=changed(last, 24, 6, 2))) == {}
    # The sums agree and the columns do not.
    moved = changed(changed(last, 24, 6, 2), 24, 1, 0)
    told = failing(replace(FINE, last_table3=changed(moved, 24, 2, 1)))["C4"]
    assert told == (
        "“商业企业”列：上年报告结转下年度0件，本年上年结转1件，核对年底前后办结的申请；"
        "“科研机构”列：上年报告结转下年度1件，本年上年结转0件，核对年底前后办结的申请。"
    )


def test_c5_a_block_of_table_4_adds_up() -> None:
    wrong = replace(FINE, table4=changed(CHALLENGED, 0, 4, 4))
    assert failing(wrong)["C5"] == "表四“行政复议”的总计是4，四项之和是3，两者要相等。"


def test_c6_what_is_in_force_follows_from_last_year() -> None:
    before = Figures(
        cells("0", "0", "0", "4", "0", "21", "0", "0", "0", "0"), TEXTS, True
    )
    assert failing(replace(FINE, last_figures=before)) == {}
    after = replace(before, cells={**before.cells, "normative_in_force": Decimal(20)})
    assert failing(replace(FINE, last_figures=after))["C6"] == (
        "表二“行政规范性文件”：上年现行有效20，加制发5，减废止1，"
        "应为24，写的是25，核对这几个数。"
    )


def test_c7_the_texts_say_what_the_tables_say() -> None:
    told = failing(
        with_text(
            overview=(
                "全年新收各类政府信息公开申请 11 件，上年结转2件。"
                "发生行政复议案件3件，行政诉讼案件2件，结转下年度继续办理4件。"
            )
        )
    )
    assert told["C7"] == (
        "文字写新收申请11件，表里是10件，改成一致；"
        "文字写结转下年度4件，表里是3件，改成一致。"
    )


def test_c7_lawsuits_are_those_filed_directly_and_those_after_a_review() -> None:
    assert failing(with_text(overview="行政诉讼1件。"))["C7"] == (
        "文字写行政诉讼1件，表里是2件，改成一致。"
    )


def test_c8_no_cell_is_blank() -> None:
    blank = with_cell("coercion", None)
    assert failing(blank) == {"C8": "表二还有1格空着，没有的写 0。"}
    assert not is_complete(blank)
    assert failing(replace(FINE, figures=Figures(texts=TEXTS))) == {
        "C8": "表二还没有填，填好每一格，没有的写 0。"
    }


def test_c8_a_sum_names_who_has_not_typed_table_2() -> None:
    assert failing(replace(FINE, without_figures=["云川区财政局"])) == {
        "C8": "云川区财政局还没有填表二，请它填好。"
    }


def test_c9_only_the_amount_charged_has_decimals() -> None:
    assert failing(with_cell("charges", "59237.2449")) == {}
    assert failing(with_cell("permits", "1.5")) == {
        "C9": "表二的“1.5”要改成不小于0的整数，只有收费金额可以有小数。"
    }


def test_c10_a_township_or_district_makes_no_rules() -> None:
    six = with_cell("regulations_in_force", "6")
    assert list(failing(six)) == ["C10"]
    assert failing(replace(six, makes_rules=True)) == {}


def test_c11_chapter_five_says_something_and_chapter_six_names_the_fees() -> None:
    assert failing(with_text(problems="无。"))["C11"] == (
        "第五章没有写问题和改进，不能空着，也不能只写“无”。"
    )
    assert failing(with_text(other="没有其他需要报告的事项。"))["C11"] == (
        "本年收取信息处理费2件，第六章没有写，补上件数和金额。"
    )


def test_c12_no_chapter_is_left_out() -> None:
    assert failing(with_text(overview=" ")) == {"C12": "“一、总体情况”还没有写。"}


def test_c13_nobody_is_filed_under_a_seventh_kind(office: Office) -> None:
    with refused(IntegrityError):
        Register(office).receives("2025-03-03", kind="lawyer")


def published(report: Mapping[str, Any]) -> Report:
    """Return a city's published report; what is not in the data is as in ours."""
    rules, normative = report["table2"]["规章"], report["table2"]["规范性文件"]
    rest = [report["table2"][key] for key in ("行政许可", "行政处罚", "行政强制")]
    charged = report["table2"]["收费万元"]
    numbers = [str(x) for x in (*rules, *normative, *rest, charged)]
    return Report(
        report["table3"],
        report["table4"],
        Figures(cells(*numbers), {**TEXTS, "overview": "全年情况见下表。"}, True),
        makes_rules=True,
    )


def test_two_published_years_of_a_city_pass(city_reports: dict[str, Any]) -> None:
    first, second = (published(city_reports[x]) for x in ("宿迁2023", "宿迁2024"))
    assert failing(first) == {}
    followed = replace(second, last_table3=first.table3, last_figures=first.figures)
    assert failing(followed) == {}


def test_a_published_text_that_counts_otherwise_fails(
    city_reports: dict[str, Any],
) -> None:
    report = published(city_reports["宿迁2024"])
    texts = {**TEXTS, "overview": "全年发生行政复议134件、行政诉讼57件。"}
    told = failing(replace(report, figures=replace(report.figures, texts=texts)))
    assert told == {
        "C7": (
            "文字写行政复议134件，表里是170件，改成一致；"
            "文字写行政诉讼57件，表里是77件，改成一致。"
        )
    }


@given(st.integers(0, 24), st.integers(0, 6), st.integers(1, 9))
def test_no_single_number_can_be_changed_unnoticed(
    row: int, column: int, more: int
) -> None:
    wrong = changed(OURS, row, column, OURS[row][column] + more)
    assert {"C1", "C2", "C3"} & failing(replace(FINE, table3=wrong)).keys()


def test_a_check_says_in_one_sentence_that_it_holds() -> None:
    assert checks(FINE)[0] == Check("C1", True, "表三每一行的总计等于六列之和。")
