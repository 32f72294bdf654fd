"""Decision tables that would match otherwise than written are refused."""

import pytest

from tests.engine.check.conftest import Refusals
from tests.engine.check.diagrams import table


@pytest.mark.parametrize("policy", ["ANY", "PRIORITY", "RULE ORDER", "OUTPUT ORDER"])
def test_other_hit_policies(policy: str, rules: Refusals) -> None:
    assert rules(table('"a"|1', hit_policy=policy), elements=True) == {"hit-policy:t"}


def test_a_summing_table(rules: Refusals) -> None:
    data = table("> 1|1", hit_policy="COLLECT", more=' aggregation="SUM"')
    assert rules(data) == {"hit-policy"}


@pytest.mark.parametrize(
    "cell",
    [
        "1,2,15",
        '"a","b"',
        "not(5)",
        "[10..20]",
        "5 or 6",
        'in ("a", "b")',
        'not in ("a", "b")',
        "true",
        "a.b",
        "__import__('os')",
        " ",
        ">",
        "x" * 1001,
    ],
)
def test_a_cell_that_never_matches_or_is_unsafe(cell: str, rules: Refusals) -> None:
    assert rules(table(f"{cell}|1"), elements=True) == {"dmn-cell:rule0"}


@pytest.mark.parametrize("answer", ["a.b", "[", "true"])
def test_an_answer_outside_the_whitelist(answer: str, rules: Refusals) -> None:
    assert rules(table(f"1|{answer}")) == {"expression"}


@pytest.mark.parametrize("text", ["a.b", "", "typename"])
def test_an_input_outside_the_whitelist(text: str, rules: Refusals) -> None:
    assert rules(table("1|1", inputs=(text,))) == {"expression"}


@pytest.mark.parametrize(
    ("first", "second"),
    [('"a"', '"a"'), ('"a"', "-"), ("> 20", "25"), ("25", "20 < ? < 30"), ("1", "1.0")],
)
def test_unique_rows_that_meet(first: str, second: str, rules: Refusals) -> None:
    data = table(f"{first}|1", f"{second}|2", hit_policy="UNIQUE")
    assert rules(data, elements=True) == {"unique-overlap:rule1"}


@pytest.mark.parametrize(
    ("first", "second"), [('"a"', '"b"'), ("> 20", "20"), ("> 20", "< 10")]
)
def test_unique_rows_that_may_not_meet(
    first: str, second: str, rules: Refusals
) -> None:
    assert not rules(table(f"{first}|1", f"{second}|2", hit_policy="UNIQUE"))


def test_unique_rows_differ_when_one_column_does(rules: Refusals) -> None:
    rows = ('"a"|1|1', '"a"|2|2')
    assert not rules(table(*rows, inputs=("kind", "amount"), hit_policy="UNIQUE"))


def test_a_reserved_or_missing_output_name(rules: Refusals) -> None:
    assert rules(table("1|1", output="typename")) == {"reserved-name"}
    assert rules(table("1|1", output="")) == {"dmn-output"}


def test_a_file_has_one_decision_with_one_table(rules: Refusals) -> None:
    data = table("1|1")
    assert "dmn-decisions" in rules(
        data.replace(b"<decision id", b'<decision id="x" name="x" /><decision id')
    )
    empty = data[: data.index(b"<decisionTable")] + b"</decision></definitions>"
    assert rules(empty) == {"dmn-table"}


def test_a_table_that_the_library_cannot_read(rules: Refusals) -> None:
    data = table("1|1").replace(b"<input id", b"<annotation /><input id", 1)
    assert rules(data) == {"parser"}
