"""Scales of colours and bars in the public copy of a table."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule
from openpyxl.styles import PatternFill

from engine.content.blocks import Cut
from engine.content.public_copy import make, verify
from engine.content.reading import read
from engine.files import EXCEL

#: Invented.
MOBILE = "13900001234"


def table(*rules: Any) -> bytes:
    """Return a table of three towns with rules for its numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("青石镇", 12), ("白鹭街道", 40), ("松岗镇", int(MOBILE))):
        sheet.append(row)
    for rule in rules:
        sheet.conditional_formatting.add("B1:B3", rule)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def kept(copy: bytes) -> list[Any]:
    """Return the rules of the copy as the library reads them."""
    sheet = openpyxl.load_workbook(io.BytesIO(copy)).active
    assert sheet is not None
    return [
        (str(place.sqref), rule)
        for place in sheet.conditional_formatting
        for rule in place.rules
    ]


def test_a_scale_of_colours_stands_in_the_copy() -> None:
    scale = ColorScaleRule(
        start_type="min",
        start_color="FFF8696B",
        mid_type="percentile",
        mid_value=50,
        mid_color="FFFFEB84",
        end_type="max",
        end_color="FF63BE7B",
    )
    ((places, rule),) = kept(make(EXCEL, table(scale), []))
    assert (places, rule.type) == ("B1:B3", "colorScale")
    assert [each.type for each in rule.colorScale.cfvo] == ["min", "percentile", "max"]
    assert rule.colorScale.cfvo[1].val == 50
    assert [each.rgb for each in rule.colorScale.color] == [
        "FFF8696B",
        "FFFFEB84",
        "FF63BE7B",
    ]


def test_bars_stand_in_the_copy() -> None:
    bars = DataBarRule(start_type="min", end_type="max", color="FF638EC6")
    ((places, rule),) = kept(make(EXCEL, table(bars), []))
    assert (places, rule.type) == ("B1:B3", "dataBar")
    assert rule.dataBar.color.rgb == "FF638EC6"


@pytest.mark.parametrize(
    "rule",
    [
        DataBarRule("num", 0, "num", int(MOBILE), color="FF638EC6"),
        ColorScaleRule("formula", MOBILE, "FFF8696B", None, None, None, "max"),
        CellIsRule("equal", [MOBILE], fill=PatternFill(bgColor="FFF8696B")),
    ],
    ids=["number", "formula", "condition"],
)
def test_a_rule_that_names_a_value_is_left_out(rule: Any) -> None:
    copy = make(EXCEL, table(rule), [])
    assert kept(copy) == []
    with zipfile.ZipFile(io.BytesIO(copy)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count(MOBILE) == 1


def test_what_was_cut_is_in_no_rule_of_the_copy() -> None:
    bars = DataBarRule("min", None, "max", None, color="FF638EC6")
    named = DataBarRule("num", 0, "num", int(MOBILE), color="FF638EC6")
    data = table(bars, named)
    block = next(b for b in read(EXCEL, data).blocks if b.text == MOBILE)
    copy = make(EXCEL, data, [Cut(block.address, 0, 11, "139****1234")])
    assert len(kept(copy)) == 1
    assert verify(EXCEL, copy, [MOBILE]).clean
