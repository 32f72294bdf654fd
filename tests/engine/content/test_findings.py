"""Each finding has its place, a suggestion, and never the value that was found."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.blocks import Block, Reading
from engine.content.findings import EXCEPTIONS, Finding, check, excuses
from engine.content.mangled import repair
from tests.engine.content.documents import reading, sample, sheet
from tests.engine.content.test_mangled import clean_texts

#: One of each kind that a text can hold, as it may be planted anywhere.
PLANTED = {
    "identity_number": "11010519491231002X",
    "mobile_phone": "13800138000",
    "bank_card": "6217000000000000012",
    "email": "wang.mou@example.com",
    "vehicle_plate": "渝A12345",
    "landline": "023-47520001",
}
WHOLE = "\n".join(
    (
        *("云川区人民政府办公室关于培训的通知", "云政发〔2026〕3号", "各镇：", "{}"),
        *("云川区人民政府", "2026年3月5日"),
    )
)


def found(text: str) -> list[tuple[str, str]]:
    """Return the codes of what is found in a whole document, and the suggestions."""
    return [(each.code, each.suggestion) for each in check(reading(WHOLE.format(text)))]


def only(text: str) -> Finding:
    """Return the one finding of a whole document."""
    (finding,) = check(reading(WHOLE.format(text)))
    return finding


def test_a_whole_and_clean_document_has_no_findings() -> None:
    assert found("现将有关事项通知如下：按期报送。") == []


def test_a_finding_has_its_place_its_words_and_what_may_stand_there() -> None:
    finding = only("报送人王某（手机13800138000）。")
    assert finding == Finding(
        code="mobile_phone",
        address="line/4",
        start=8,
        end=19,
        label="第 4 行",
        message="个人手机号码，公开前遮盖",
        suggestion="redact",
        replacement="138****8000",
        context="报送人王某（手机138****8000）。",
    )


def test_the_context_masks_the_neighbours_too() -> None:
    text = "王某11010519491231002X，13800138000，张某13900139000。"
    contexts = "".join(each.context for each in check(reading(text)))
    for value in ("11010519491231002X", "13800138000", "13900139000"):
        assert value not in contexts


def test_an_exception_never_lets_a_persons_number_stay() -> None:
    for exception in EXCEPTIONS:
        for code in ("identity_number", "mobile_phone", "bank_card", "home_address"):
            assert not excuses(exception, code)
    assert excuses("public_contact", "landline")
    assert excuses("credit_code", "credit_code")
    assert excuses("punitive_publication", "credit_code")
    assert not excuses("public_contact", "credit_code")
    assert not excuses("", "credit_code")


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("统一社会信用代码91110105MA00000012", "credit_code", "look"),
        ("咨询电话023-47520001", "landline", "look"),
        ("秘密★10年", "secret_mark", "look"),
        ("机密★", "secret_mark", "look"),
        ("绝 密★启用前", "secret_mark", "look"),
        ("密级：秘密", "secret_mark", "look"),
        ("密级：秘密★5年", "secret_mark", "look"),
        ("保密期限：10年", "secret_mark", "look"),
        ("秘密", "secret_mark", "look"),
        ("当前位置:首页 > 政务公开 > 通知", "page_debris", "repair"),
        ("渝ICP备20260001号 主办单位:云川区人民政府", "page_debris", "repair"),
        ("扫一扫在手机打开当前页", "page_debris", "repair"),
        ("上一篇：关于放假的通知", "page_debris", "repair"),
        ("[bookmark: _GoBack]按期报送。", "page_debris", "repair"),
        ("- 3 -", "page_debris", "repair"),
        ("第 3 页 共 8 页", "page_debris", "repair"),
        ("各區(qū)縣按期報送", "pinyin_in_brackets", "repair"),
        ("各區縣按期報送", "traditional_characters", "repair"),
        ("?。ㄒ唬┻M一步落实", "misread_bytes", "repair"),
        ("按期\ufffd送", "lost_characters", "repair"),
        ("按期\u200b报送", "invisible_characters", "repair"),
        ("任命陳某为区教育局局长并分管基础教育工作", "traditional_characters", "look"),
        ("各镇,各部门,各单位,按期报送", "half_width_punctuation", "look"),
    ],
)
def test_what_is_found_in_a_text(text: str, code: str, suggestion: str) -> None:
    assert found(text) == [(code, suggestion)]


@pytest.mark.parametrize(
    "text",
    [
        "严格执行保密审查制度，保守国家秘密。",
        "涉及国家秘密、商业秘密的不公开，定密责任人确定密级和保密期限。",
        "办事群众扫一扫大厅的二维码即可办理。",
        "政府网站要标明当前位置，页脚标明ICP备案号。",
        "A,B,C三类(含)按期报送。",
        "第3页的表格按期报送。",
        "打印 3 份",
        "主办单位：区文旅局　承办单位：区图书馆",
        "（三）规范网站标识码、版权所有权的管理",
        "项目所在位置：北岸街道",
        "全区共110个村。",
    ],
)
def test_mere_words_are_no_findings(text: str) -> None:
    assert found(text) == []


def test_a_secret_mark_says_that_the_file_must_not_be_here() -> None:
    assert "保守国家秘密法第31条第3项" in only("秘密★10年").message


def test_a_bookmark_is_cut_out_of_its_line() -> None:
    finding = only("[bookmark: _GoBack]按期报送。")
    assert (finding.start, finding.end, finding.replacement) == (0, 19, "")


def test_page_numbers_are_left_over_where_a_page_has_ended() -> None:
    line = "各单位按期报送上一季度公开工作的进展，并向社会公"
    pages = f"{line}\n1\n{line}\n{line}\n2"
    codes = [each.address for each in check(reading(pages)) if each.address]
    assert codes == ["line/2", "line/5"]


def test_figures_of_a_list_are_no_page_numbers() -> None:
    listed = "序号\n1\n镇政府\n2\n街道办\n3\n村委会"
    assert [each for each in check(reading(listed)) if each.address] == []


def test_a_file_with_pages_of_its_own_carries_their_numbers_by_right() -> None:
    block = Block("page/2/40", "第 2 页第 40 行", "- 2 -")
    assert [each for each in check(Reading((block,))) if each.address] == []


def test_garbled_places_of_a_line_are_one_proposal_with_their_count() -> None:
    finding = only("各區(qū)縣人民政府，有關(guān)單(dān)位")
    assert finding.replacement == "区县人民政府，有关单"
    assert "4 个繁体字，其中 3 个带拼音括号" in finding.message


def test_a_proposal_never_holds_a_persons_number() -> None:
    findings = check(reading("聯絡人：陳某，13800138000，負責業務(wù)辦理"))
    told = [(each.code, each.replacement) for each in findings if each.address]
    assert told == [
        ("traditional_characters", "联络人：陈"),
        ("mobile_phone", "138****8000"),
        ("pinyin_in_brackets", "负责业务办"),
    ]


def test_lost_characters_are_told_apart_in_a_proposal() -> None:
    findings = check(reading("各區縣\ufffd\ufffd報送，□是 □否選項"))
    told = [(each.code, each.replacement) for each in findings if each.address]
    assert told == [
        ("traditional_characters", "区县"),
        ("lost_characters", "□"),
        ("traditional_characters", "报"),
        ("traditional_characters", "选项"),
    ]


def test_what_else_lies_in_a_file_is_told_of_the_whole_file() -> None:
    checked = Reading(
        reading(WHOLE.format("按期报送。")).blocks,
        traits=(("comments", "有 2 条批注"), ("hidden_sheets", "有 1 张隐藏的表")),
        unread=("图片 1",),
    )
    assert check(checked) == (
        Finding("comments", "", 0, 0, "整个文件", "有 2 条批注", "redact"),
        Finding("hidden_sheets", "", 0, 0, "整个文件", "有 1 张隐藏的表", "redact"),
        Finding(
            *("unread", "", 0, 0, "图片 1"),
            "图片 1：这里没有检查，未检查不等于没有，要由人看",
            "look",
        ),
    )


def test_a_number_in_a_hidden_place_is_found_there() -> None:
    hidden = Block("c/1", "批注 1", "问王某13800138000", hidden=True)
    (finding,) = check(Reading((hidden,)))
    assert (finding.address, finding.label) == ("c/1", "批注 1")


def test_what_a_document_does_not_say_is_to_be_explained() -> None:
    missing = [each.code for each in check(reading("按期报送。"))]
    assert missing == [
        "missing_title",
        "missing_document_number",
        "missing_date",
        "missing_issuer",
    ]


def test_a_sheet_or_a_picture_needs_no_title() -> None:
    name = Block("sheet/1/name", "第 1 张表的表名", "补贴名单", "heading")
    assert check(Reading((name, *sheet(["姓名"], ["王某"]).blocks))) == ()
    assert [each.code for each in check(Reading((), unread=("图片 1",)))] == ["unread"]


def test_a_line_that_goes_is_told_before_what_it_holds() -> None:
    findings = check(reading(sample("web_page")))
    line, telephone = (each for each in findings if each.address == "line/25")
    assert (line.code, telephone.code) == ("page_debris", "landline")
    assert line.start < telephone.start < telephone.end < line.end


def test_accepted_proposals_give_the_repaired_text() -> None:
    checked = reading(sample("mangled"))
    accepted = [each for each in check(checked) if each.suggestion == "repair"]
    text = {block.address: block.text for block in checked.blocks}
    for each in reversed(accepted):
        old = text[each.address]
        text[each.address] = old[: each.start] + each.replacement + old[each.end :]
    assert (
        "\n".join(text.values())
        == repair("\n".join(block.text for block in checked.blocks)).text
    )


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("broken_title", ["missing_document_number"]),
        (
            "web_page",
            [
                *("page_debris", "landline", "page_debris", "page_debris"),
                *("page_debris", "landline", "half_width_punctuation"),
            ],
        ),
        (
            "editor_leftovers",
            [
                *("page_debris", "page_debris", "missing_document_number"),
                *("missing_date", "missing_issuer"),
            ],
        ),
        (
            "addressees_first",
            [
                *("landline", "half_width_punctuation", "missing_title"),
                "missing_document_number",
            ],
        ),
    ],
)
def test_what_is_found_in_the_samples(name: str, codes: list[str]) -> None:
    assert [each.code for each in check(reading(sample(name)))] == codes


@given(
    st.lists(clean_texts, min_size=1, max_size=4),
    st.lists(st.sampled_from(sorted(PLANTED)), min_size=1, max_size=4),
    st.sampled_from(["", "各區(qū)縣政務(wù)公開", "?。ㄒ唬┻M"]),
)
def test_no_planted_value_is_missed_or_told(
    texts: list[str], kinds: list[str], garbled: str
) -> None:
    line = garbled + "，".join(f"查{PLANTED[kind]}，" for kind in kinds)
    checked = reading("\n".join([*texts, line]))
    findings = check(checked)
    here = [each for each in findings if each.address == checked.blocks[-1].address]
    assert [each.code for each in here if each.code in PLANTED] == kinds
    told = "".join(
        each.label + each.message + each.context + each.replacement for each in findings
    )
    assert not any(PLANTED[kind] in told for kind in kinds)


@given(st.lists(clean_texts | st.text(max_size=60), max_size=6))
def test_every_finding_lies_in_its_block_apart_from_others(texts: list[str]) -> None:
    checked = reading("\n".join(texts))
    lengths = {block.address: len(block.text) for block in checked.blocks}
    end: dict[str, int] = {}
    for each in check(checked):
        assert each.end <= lengths.get(each.address, 0)
        assert each.start < each.end or (each.start, each.address) == (0, "")
        if each.address and each.code != "page_debris":
            assert end.get(each.address, 0) <= each.start
            end[each.address] = each.end


@pytest.mark.parametrize("name", ["web_page", "mangled"])
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    once, twice = (_calls(reading(sample(name) * times)) for times in (20, 40))
    assert twice < 2.5 * once


def _calls(checked: Reading) -> int:
    """Return how many functions a check calls, in C and in Python."""
    called = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal called
        called += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        check(checked)
    finally:
        sys.setprofile(None)
    return called


def test_what_is_found_in_the_five_real_notices(notices: Path) -> None:
    counted = [
        Counter(each.code for each in check(reading(file.read_text("utf-8"))))
        for file in sorted(notices.glob("*.txt"))
    ]
    assert counted == [
        Counter(landline=1, missing_document_number=1),
        Counter(page_debris=5, landline=2, half_width_punctuation=1),
        Counter(
            page_debris=2,
            half_width_punctuation=1,
            missing_document_number=1,
            missing_date=1,
            missing_issuer=1,
        ),
        Counter(
            pinyin_in_brackets=42,
            traditional_characters=4,
            misread_bytes=7,
            half_width_punctuation=1,
            missing_document_number=1,
        ),
        Counter(
            landline=1,
            half_width_punctuation=1,
            missing_title=1,
            missing_document_number=1,
        ),
    ]
