"""A page shows paragraphs as paragraphs and tables as tables."""

import pytest

from engine.content import display
from engine.content.blocks import Block
from engine.content.display import Cell, Line, Table, pieces, text_of
from engine.files import EXCEL, PDF, PNG, WORD
from tests.engine.content import excel_samples, pdf_samples, word_samples
from tests.engine.content.packages import png


def cell(place: str, text: str) -> Block:
    """Return a block of a cell."""
    return Block(f"sheet/1/{place}", "", text, "cell")


def test_paragraphs_keep_how_they_stand() -> None:
    data = word_samples.lines("关于培训的通知", "各镇：", "现通知如下。")
    assert text_of(WORD, data) == [
        Line("关于培训的通知", "title"),
        Line("各镇：", "addressees"),
        Line("现通知如下。", "body"),
    ]


def test_a_table_keeps_its_rows_and_empty_cells() -> None:
    blocks = [cell("A1", "姓名"), cell("B1", "职务"), cell("B2", "主任")]
    assert pieces(blocks) == [
        Table(((Cell("姓名"), Cell("职务")), (Cell(), Cell("主任"))), headed=True)
    ]


def test_a_merged_cell_spans_columns_and_rows() -> None:
    blocks = [
        cell("A1:C1", "人员"),
        cell("A2:A3", "甲"),
        cell("B2", "乙"),
        cell("C3", "丙"),
    ]
    assert pieces(blocks) == [
        Table(
            (
                (Cell("人员", 3, 1),),
                (Cell("甲", 1, 2), Cell("乙"), Cell()),
                (Cell(), Cell("丙")),
            )
        )
    ]


def test_rows_and_columns_without_text_are_not_shown() -> None:
    assert pieces([cell("B3", "甲"), cell("E3", "乙"), cell("E9", "丙")]) == [
        Table(((Cell("甲"), Cell("乙")), (Cell(), Cell("丙"))), headed=True)
    ]


def test_the_paragraphs_of_a_cell_stand_below_one_another() -> None:
    blocks = [
        Block("word/document.xml/T1/A1/1", "", "甲", "cell"),
        Block("word/document.xml/T1/A1/2", "", "乙", "cell"),
        Block("word/document.xml/T2/A1/3", "", "另一表", "cell"),
    ]
    assert pieces(blocks) == [Table(((Cell("甲\n乙"),),)), Table(((Cell("另一表"),),))]


def test_a_long_table_is_shown_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "MOST_ROWS", 2)
    [table] = pieces([cell(f"A{row}", "甲") for row in range(1, 6)])
    assert isinstance(table, Table)
    assert (len(table.rows), table.left_out) == (2, 3)


def test_the_name_of_a_sheet_stands_above_its_table() -> None:
    found = text_of(EXCEL, excel_samples.planted()) or []
    assert found[0] == Line("显表名", "heading")
    assert isinstance(found[1], Table)
    assert found[2] == Line("显打印页眉", "aside")


def test_the_lines_of_a_page_make_paragraphs() -> None:
    data = pdf_samples.lines(
        [
            "关于培训的通知",
            "参加培训的人员应当在三月五日以前报名，由各单位的经办",
            "人统一填写名单。",
            "一、培训对象",
            "各单位经办人。",
            "- 1 -",
        ]
    )
    assert text_of(PDF, data) == [
        Line("关于培训的通知", "title"),
        Line(
            "参加培训的人员应当在三月五日以前报名，由各单位的经办人统一填写名单。",
            "body",
        ),
        Line("一、培训对象", "heading"),
        Line("各单位经办人。", "body"),
    ]


def test_page_numbers_of_a_word_file_are_not_shown() -> None:
    found = text_of(WORD, word_samples.planted()) or []
    assert Line("显页脚", "aside") in found
    assert Line("1", "aside") not in found


def test_a_picture_shows_no_text() -> None:
    assert text_of(PNG, png("附注")) is None
