"""The letters: what each must say, and its template's format (GB/T 9704-2012)."""

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from engine import letters as word_letters
from processes.registers.letter_elements import Family
from processes.registers.letter_files import own_template, refuse_unfit
from processes.registers.letter_kinds import KINDS, letter_kind, missing, with_defaults
from tests.letters import FIELDS

#: What the program itself adds to what a clerk writes.
GIVEN = {
    "agency": "云川区政府办",
    "contact": "信息公开科，电话12345",
    "remedy": "如不服",
}


def whole(kind: str) -> dict[str, Any]:
    """Return all that a letter of a kind says."""
    return with_defaults(letter_kind(kind), {**FIELDS[kind], **GIVEN})


EVERY_ELEMENT = [
    (kind, element.name)
    for kind in KINDS
    for element in letter_kind(kind).elements
    if element.is_due(whole(kind))
]

#: What is asked for only under another result than the usual one.
CONDITIONAL = [
    ("disclosure", "D03", "way"),
    ("disclosure", "D03", "time"),
    ("refusal", "D22", "cited_law"),
]


#: What the practice of Art 35 needs beside the 23 of the common set.
ADDED = "delay_notice"


def test_there_are_the_23_letters_and_one_of_art_35() -> None:
    assert ADDED in KINDS
    assert [kind for kind in KINDS if kind != ADDED] == [
        *("receipt", "clarification_notice", "reasons_notice", "extension_notice"),
        *("third_party_inquiry", "consultation_notice", "agency_inquiry"),
        *("third_party_notice", "fee_notice", "disclosure", "already_public"),
        *("partial_disclosure", "refusal", "special_query", "non_existence"),
        *("other_agency", "needs_making", "still_unclear", "repeated"),
        *("not_handled", "closing", "correction_notice", "proof_of_service"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_letter_lacks_nothing(kind: str) -> None:
    assert missing(kind, whole(kind)) == []


@pytest.mark.parametrize(("kind", "name"), EVERY_ELEMENT)
def test_a_letter_without_one_element_says_which(kind: str, name: str) -> None:
    element = letter_kind(kind).element(name)
    assert element is not None
    assert missing(kind, {**whole(kind), name: ""}) == [element.sentence]


@pytest.mark.parametrize(("kind", "code", "name"), CONDITIONAL)
def test_some_results_ask_for_more(kind: str, code: str, name: str) -> None:
    element = letter_kind(kind).element(name)
    assert element is not None
    assert element.sentence in missing(kind, {**whole(kind), "code": code, name: ""})


def test_the_sentence_says_what_to_write_and_by_which_article() -> None:
    lacking = missing("extension_notice", {**whole("extension_notice"), "reason": ""})
    assert lacking == ["缺少“延长的理由”：写为什么要延长（条例第33条第2款）。"]


def test_an_answer_cannot_tell_a_result_of_another_letter() -> None:
    lacking = missing("refusal", {**whole("refusal"), "code": "D42"})
    assert "“政府信息不予公开告知书”不能用于办理结果D42，换一种文书。" in lacking


@pytest.mark.parametrize("days", ["0", "21", "十", "-3", "5.5"])
def test_an_extension_is_of_one_to_twenty_working_days(days: str) -> None:
    lacking = missing(
        "extension_notice", {**whole("extension_notice"), "days_added": days}
    )
    assert lacking == ["延长的工作日数写1至20的整数（条例第33条第2款）。"]


def test_only_a_law_or_an_administrative_regulation_forbids() -> None:
    local = {**whole("refusal"), "code": "D22", "cited_law": "《云川市信息公开办法》"}
    assert "只有法律、行政法规可以禁止公开" in "".join(missing("refusal", local))
    law = {**local, "cited_law": "《中华人民共和国统计法》第二十五条"}
    assert missing("refusal", law) == []


@pytest.mark.parametrize("column", ["part", "ground", "reason"])
def test_each_withheld_part_has_its_own_ground_and_reason(column: str) -> None:
    fields = whole("partial_disclosure")
    first, second = fields["parts"]
    lacking = missing(
        "partial_disclosure", {**fields, "parts": [first, {**second, column: ""}]}
    )
    name = {"part": "是哪一部分", "ground": "依据", "reason": "理由"}[column]
    assert lacking == [f"第2项不予公开的部分没有写{name}（条例第37条）。"]


def test_a_co_maker_is_told_that_silence_is_consent() -> None:
    assert whole("agency_inquiry")["silence"] == "逾期未提出意见的，视为同意公开"


def test_another_agency_is_not_told_so() -> None:
    fields = {**FIELDS["agency_inquiry"], "asked_as": "agency"}
    assert "silence" not in with_defaults(letter_kind("agency_inquiry"), fields)


@pytest.mark.parametrize(
    "kind",
    [
        *("receipt", "clarification_notice", "reasons_notice", "extension_notice"),
        *("consultation_notice", "agency_inquiry", "third_party_inquiry"),
        *("fee_notice", "proof_of_service"),
    ],
)
def test_steps_on_the_way_tell_no_remedy(kind: str) -> None:
    assert not letter_kind(kind).tells_remedy(FIELDS[kind])


def test_each_family_has_its_own_word() -> None:
    words = {kind.family: kind.word for kind in KINDS.values()}
    assert len(set(words.values())) == len(Family)


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_shows_every_mandatory_element(kind: str) -> None:
    refuse_unfit(kind, own_template(kind))
    found = word_letters.placeholders(own_template(kind))
    assert found >= letter_kind(kind).placeholders


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_as_the_standard_has_it(kind: str) -> None:
    section = Document(io.BytesIO(own_template(kind))).sections[0]
    assert (section.page_width, section.page_height) == (about(210), about(297))
    assert section.top_margin == about(37)
    assert section.left_margin == about(28)
    assert section.right_margin == about(26)
    assert section.bottom_margin == about(35)


def about(millimetres: int) -> Any:
    """Return a length that is right to a tenth of a millimetre."""
    return pytest.approx(Mm(millimetres), abs=Mm(1) / 10)


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_is_22_lines_of_28_characters(kind: str) -> None:
    document = Document(io.BytesIO(own_template(kind)))
    normal = document.styles["Normal"]
    assert normal.font.size == Pt(16)  # 三号
    assert east_asian(normal) == "仿宋_GB2312"
    assert normal.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    # 225 mm of text are 12756 twentieths of a point, 156 mm 8844.
    assert 12756 // int(normal.paragraph_format.line_spacing / Pt(1) * 20) == 22
    spacing = normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))
    assert 8844 // (16 * 20 + int(spacing)) == 28


def east_asian(style: Any) -> str:
    """Return the font in which a style writes Chinese."""
    return str(style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")))


@pytest.mark.parametrize("kind", KINDS)
def test_title_and_agency_are_as_the_standard_has_them(kind: str) -> None:
    document = Document(io.BytesIO(own_template(kind)))
    title, agency = document.styles["公文标题"], document.styles["发文机关标志"]
    assert title.font.size == Pt(22)  # 二号
    assert east_asian(title) == east_asian(agency) == "方正小标宋简体"
    assert title.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert str(agency.font.color.rgb) == "FF0000"
    assert document.sections[0].header_distance == about(30)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_has_red_double_lines_on_its_first_page(kind: str) -> None:
    section = Document(io.BytesIO(own_template(kind))).sections[0]
    assert section.different_first_page_header_footer
    head, foot = section.first_page_header, section.first_page_footer
    assert border(head, "bottom") == ("thickThinSmallGap", "FF0000")
    assert border(foot, "top") == ("thinThickSmallGap", "FF0000")
    assert section.footer_distance == about(20)


def border(part: Any, side: str) -> tuple[str, str]:
    """Return the line at the last paragraph of a head or foot."""
    style = part.paragraphs[-1].style.element
    line = style.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))
    return line.get(qn("w:val")), line.get(qn("w:color"))


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_numbered_right_and_left_but_not_the_first(kind: str) -> None:
    document = Document(io.BytesIO(own_template(kind)))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert odd.text == even.text == "— 1 —"
    assert odd.style.font.size == Pt(14)  # 四号
    assert odd.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert even.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert section.first_page_footer.paragraphs[0].text == ""


def test_the_handbook_lists_every_placeholder() -> None:
    handbook = (Path(__file__).parents[3] / "docs" / "用户手册.md").read_text()
    names = {
        element.name
        for kind in KINDS.values()
        for element in kind.elements
        if element.printed
    }
    assert {name for name in names if f"`{name}`" not in handbook} == set()
