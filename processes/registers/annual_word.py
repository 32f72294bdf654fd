"""The annual report as a Word file in the official layout: six chapters, tables 2-4."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Whole
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from engine.authoring import Refusal
from processes.registers.annual_checks import CHAPTERS, Report, is_complete
from processes.registers.annual_figures import HEADS, LINES, in_digits
from processes.registers.annual_report import (
    COLUMNS,
    CORNER,
    LEVELS,
    RESULT_COLUMNS,
    SUM,
    labels,
)

_BODY, _HEADING, _TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
_IN_TABLE = "宋体"
#: Millimetres of the page between its margins, by table and column.
_WIDTHS_2 = (39, 39, 39, 39)
_WIDTHS_3 = (15, 17, 47, *(11,) * 7)
_WIDTHS_4 = (10.4,) * 15


class ReportIncomplete(Refusal):
    """A cell is blank: the report is not printed (C8)."""

    def __init__(self) -> None:
        super().__init__(
            "表二还有空着的格，没有生成报告。把表二填好，没有的写 0，再下载。"
        )


def as_word(report: Report, name: str, year: int) -> bytes:
    """Return the report as a .docx.

    Raises:
        ReportIncomplete: a cell is blank.
    """
    if not is_complete(report):
        raise ReportIncomplete
    whole = _page()
    title = whole.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(22)
    _write(title, f"{name}{year}年政府信息公开工作年度报告", _TITLE, 22)
    tables = iter((_table2, _table3, _table4))
    for heading, text in CHAPTERS:
        _heading(whole, heading)
        if text:
            for line in report.figures.texts[text].splitlines():
                if line.strip():
                    _paragraph(whole, line.strip())
        else:
            next(tables)(whole, report)
    stream = BytesIO()
    whole.save(stream)
    return stream.getvalue()


def _page() -> Whole:
    """Return an empty document with the margins of GB/T 9704-2012."""
    whole = Document()
    section = whole.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    return whole


def _heading(whole: Whole, words: str) -> None:
    heading = whole.add_heading(level=1)
    heading.paragraph_format.first_line_indent = Pt(32)
    heading.paragraph_format.space_before = Pt(12)
    heading.paragraph_format.keep_with_next = True
    _write(heading, words, _HEADING, 16)


def _paragraph(whole: Whole, words: str) -> None:
    paragraph = whole.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, words, _BODY, 16)


def _write(paragraph: Paragraph, words: str, font: str, size: float) -> None:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = font, Pt(size)
    run.font.color.rgb = RGBColor(0, 0, 0)
    # Word takes the font of Chinese letters from an attribute of its own, which the
    # library does not set.
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table2(whole: Whole, report: Report) -> None:
    items = list(HEADS)
    table = _grid(whole, 2 * len(items) + len(LINES), _WIDTHS_2)
    at = 0
    for item in items:
        _merge(table, at, 0, 1, 4, item)
        heads = HEADS[item]
        _cell(table, at + 1, 0, "信息内容")
        _across(table, at + 1, heads)
        at += 2
        for line in (each for each in LINES if each.item == item):
            numbers = [in_digits(report.figures.cells[name]) for name in line.cells]
            _cell(table, at, 0, line.words)
            _across(table, at, numbers)
            at += 1


def _table3(whole: Whole, report: Report) -> None:
    heads = 3
    table = _grid(whole, heads + len(report.table3), _WIDTHS_3, heads)
    _merge(table, 0, 0, heads, LEVELS, CORNER)
    _merge(table, 0, LEVELS, 1, SUM + 1, "申请人情况")
    _merge(table, 1, LEVELS, 2, 1, COLUMNS[0])
    _merge(table, 1, LEVELS + 1, 1, SUM - 1, "法人或其他组织")
    _merge(table, 1, LEVELS + SUM, 2, 1, COLUMNS[SUM])
    for column in range(1, SUM):
        _cell(table, 2, LEVELS + column, COLUMNS[column])
    rows = zip(labels(), report.table3, strict=True)
    for at, (words, numbers) in enumerate(rows, heads):
        column = LEVELS - sum(label.width for label in words)
        for label in words:
            height, width = label.height, label.width
            _merge(table, at, column, height, width, label.words, is_head=True)
            column += width
        for column, number in enumerate(numbers, LEVELS):
            _cell(table, at, column, str(number))


def _table4(whole: Whole, report: Report) -> None:
    each = len(RESULT_COLUMNS)
    table = _grid(whole, 4, _WIDTHS_4)
    _merge(table, 0, 0, 1, each, "行政复议")
    _merge(table, 0, each, 1, 2 * each, "行政诉讼")
    _merge(table, 1, each, 1, each, "未经复议直接起诉")
    _merge(table, 1, 2 * each, 1, each, "复议后起诉")
    for column, words in enumerate(RESULT_COLUMNS * 3):
        if column < each:
            _merge(table, 1, column, 2, 1, words)
        else:
            _cell(table, 2, column, words)
    numbers = [number for block in report.table4 for number in block]
    for column, number in enumerate(numbers):
        _cell(table, 3, column, str(number))


def _grid(whole: Whole, rows: int, widths: Sequence[float], repeated: int = 0) -> Table:
    """Return an empty table; its first rows are repeated on every page."""
    table: Table = whole.add_table(rows, len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for at, row in enumerate(table.rows):
        rules = row._tr.get_or_add_trPr()  # noqa: SLF001 (no other way to these two)
        rules.append(OxmlElement("w:cantSplit"))
        if at < repeated:
            rules.append(OxmlElement("w:tblHeader"))
    return table


def _across(table: Table, row: int, words: Sequence[str]) -> None:
    """Write one thing into each of three cells, or one into all of them."""
    if len(words) == 1:
        _merge(table, row, 1, 1, 3, words[0])
        return
    for column, each in enumerate(words, 1):
        _cell(table, row, column, each)


def _merge(
    table: Table,
    row: int,
    column: int,
    height: int,
    width: int,
    words: str,
    *,
    is_head: bool = False,
) -> None:
    first = table.cell(row, column)
    merged = first.merge(table.cell(row + height - 1, column + width - 1))
    _fill(merged, words, is_head=is_head)


def _cell(table: Table, row: int, column: int, words: str) -> None:
    _fill(table.cell(row, column), words)


def _fill(cell: _Cell, words: str, *, is_head: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = (
        WD_ALIGN_PARAGRAPH.LEFT if is_head else WD_ALIGN_PARAGRAPH.CENTER
    )
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, words, _IN_TABLE, 9)
