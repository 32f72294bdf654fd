"""What a document says of itself is read; what it only cites, or leaves out, is not."""

from datetime import date
from pathlib import Path

import pytest

from engine.content.blocks import Block, Reading
from engine.content.mangled import repair
from engine.content.recognition import Recognised, recognise
from tests.engine.content.documents import reading, sample, sheet

LETTER = """云川区人民政府办公室关于开展培训的通知

各镇人民政府、街道办事处：
现将有关事项通知如下。
"""


def of(text: str) -> Recognised:
    """Recognise a text."""
    return recognise(reading(text))


def test_a_title_broken_over_two_lines_is_one() -> None:
    said = of(sample("broken_title"))
    assert said.title == "关于印发2026年云川区政务公开工作要点的通知"
    assert said.sources["title"] == "第 1 行、第 3 行"


def test_a_number_cited_behind_a_title_is_another_documents() -> None:
    assert of(sample("broken_title")).document_number is None


def test_the_signature_tells_issuer_and_date() -> None:
    said = of(sample("broken_title"))
    assert (said.issuer, said.written_on) == ("云川区人民政府办公室", date(2026, 3, 5))
    assert said.sources["issuer"] == "第 8 行（落款）"
    assert said.sources["written_on"] == "第 10 行（落款）"


def test_a_websites_header_tells_the_rest() -> None:
    said = of(sample("web_page"))
    assert said.title == (
        "云川区人民政府办公室关于印发《云川区2026年基层公开试点方案》的通知"
    )
    assert said.document_number == "云政办发〔2026〕18号"
    assert said.index_number == "500199001/2026-00031"
    assert said.formed_on == date(2026, 3, 9)
    assert said.written_on == date(2026, 3, 5)
    assert said.issuer == "云川区人民政府办公室"
    assert said.attribute_mark == "public"
    assert said.category == "主动公开"
    assert said.sources["document_number"] == "第 5 行“文号”"


def test_a_document_without_signature_has_neither_date_nor_issuer() -> None:
    said = of(sample("editor_leftovers"))
    assert said.title == "2026年云川区北岸街道公开工作要点"
    assert said.written_on is None
    assert said.issuer is None


def test_a_document_that_begins_with_its_addressees_has_no_title() -> None:
    said = of(sample("addressees_first"))
    assert said.title is None
    assert said.document_number is None
    assert said.written_on == date(2026, 3, 5)
    assert said.issuer == "云川区人民政府办公室"
    assert said.attribute_mark == "public"
    assert "title" not in said.sources


def test_a_garbled_document_is_read_as_it_stands() -> None:
    said = of(sample("mangled"))
    assert said.title == "2026年雲川區(qū)政務(wù)公開工作要點"
    assert said.written_on == date(2026, 3, 5)
    assert said.attribute_mark is None


def test_a_repaired_document_says_the_same_in_clean_words() -> None:
    said = of(repair(sample("mangled")).text)
    assert said.title == "2026年云川区政务公开工作要点"
    assert said.sources["title"] == "第 11 行（所印发文件的标题）"
    assert said.issuer == "云川区人民政府办公厅"
    assert said.attribute_mark == "public"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (["关于开展培训的通知"], "关于开展培训的通知"),
        (["云川区人民政府", "关于开展培训的通知"], "云川区人民政府关于开展培训的通知"),
        (["云川区公开工作要点", "的通知"], "云川区公开工作要点的通知"),
        (["云川区政务公开", "工作要点"], "云川区政务公开工作要点"),
        (["云川区信息公开管理办法（试行）"], "云川区信息公开管理办法（试行）"),
        (
            ["云川区人民政府文件", "云政发〔2026〕3号", "关于培训的决定"],
            "关于培训的决定",
        ),
        (["当前位置:首页 > 通知", "关于培训的通知"], "关于培训的通知"),
        (["2026年3月5日"], None),
        (["云川区人民政府办公室"], None),
        (["（2026年3月5日区政府第3次会议通过的办法）"], None),
    ],
)
def test_the_title_stands_above_the_text(heading: list[str], title: str | None) -> None:
    assert of("\n".join([*heading, "各镇人民政府：", "通知如下。"])).title == title


def test_a_line_set_as_title_is_one_whatever_its_last_word() -> None:
    blocks = (
        Block("body/1", "正文第 1 段", "云川区政务公开问答", "title"),
        Block("body/2", "正文第 2 段", "一、什么是主动公开。"),
    )
    assert recognise(Reading(blocks)).title == "云川区政务公开问答"


@pytest.mark.parametrize(
    "line",
    [
        "云政发〔2026〕3号",
        "云政发[2026]3号",
        "云政发（2026） 3 号",
        "云政发〔2026〕3号 签发人：王某",
    ],
)
def test_a_number_alone_above_the_text_is_the_documents_own(line: str) -> None:
    said = of(f"云川区人民政府文件\n{line}\n{LETTER}")
    assert said.document_number == "云政发〔2026〕3号"


@pytest.mark.parametrize(
    "text",
    [
        f"（云府办〔2025〕11号）\n{LETTER}",
        f"{LETTER}云府办〔2025〕11号",
        f"{LETTER}依据：\n云府办〔2025〕11号\n云府办〔2025〕12号",
        f"云川区人民政府关于转发云府办〔2025〕11号文件的通知\n{LETTER}",
        f"索引号 500199001 文号 无\n{LETTER}",
    ],
)
def test_a_number_elsewhere_is_not_taken(text: str) -> None:
    assert of(text).document_number is None


@pytest.mark.parametrize(
    "line",
    [
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "２０２６年３月５日",
        "二〇二六年三月五日",
        "二○二六年三月五日",
        "二零二六年三月五日",
        "二O二六年三月五日",
    ],
)
def test_a_date_is_read_in_all_figures(line: str) -> None:
    assert of(f"{LETTER}云川区财政局\n{line}").written_on == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("二〇二五年十二月三十一日", date(2025, 12, 31)),
        ("二〇二五年十月二十日", date(2025, 10, 20)),
        ("二〇二五年十一月十日", date(2025, 11, 10)),
        ("二〇二五年一月廿一日", date(2025, 1, 21)),
        ("2025年2月30日", None),
        ("2025年13月1日", None),
    ],
)
def test_only_days_of_the_calendar_are_dates(line: str, day: date | None) -> None:
    assert of(f"{LETTER}云川区财政局\n{line}").written_on == day


def test_name_and_date_may_share_a_line() -> None:
    said = of(f"{LETTER}云川区财政局　2026年3月5日")
    assert (said.issuer, said.written_on) == ("云川区财政局", date(2026, 3, 5))


def test_those_who_issue_together_are_all_named() -> None:
    said = of(f"{LETTER}云川区财政局　云川区教育局\n云川区民政局\n2026年3月5日")
    assert said.issuer == "云川区财政局、云川区教育局、云川区民政局"


def test_a_seal_and_spread_letters_are_no_part_of_a_name() -> None:
    assert of(f"{LETTER}云川区财政局（盖章）\n2026年3月5日").issuer == "云川区财政局"
    assert of(f"{LETTER}云 川 区 财 政 局\n2026年3月5日").issuer == "云川区财政局"


@pytest.mark.parametrize(
    "text",
    [
        f"{LETTER}自2026年3月5日起施行。",
        f"{LETTER}云川区人民政府办公室 2026年3月6日印发",
        f"2026年3月5日\n{LETTER}",
        f"{LETTER}2026年3月5日\n2026年4月6日",
    ],
)
def test_dates_that_sign_nothing_are_not_taken(text: str) -> None:
    said = of(text)
    assert said.written_on is None
    assert said.issuer is None


def test_the_first_signature_is_the_letters_own() -> None:
    said = of(
        f"{LETTER}云川区财政局\n2026年3月5日\n转发的通知\n云川市财政局\n2026年2月1日"
    )
    assert (said.issuer, said.written_on) == ("云川区财政局", date(2026, 3, 5))


@pytest.mark.parametrize(
    ("note", "mark"),
    [
        ("（此件公开发布）", "public"),
        ("此件主动公开", "public"),
        ("（此件依申请公开）", "on_request"),
        ("(此件不予公开)", "not_public"),
        ("（此件删减后公开）", None),
        ("本办法公开发布", None),
    ],
)
def test_the_note_below_the_date_tells_the_attribute(
    note: str, mark: str | None
) -> None:
    assert of(f"{LETTER}云川区财政局\n2026年3月5日\n{note}").attribute_mark == mark


def test_an_annex_is_no_title_of_a_letter_without_one() -> None:
    letter = (
        "各镇人民政府：\n请按时报送。\n云川区财政局\n2026年3月5日\n附件1\n经费统计表"
    )
    assert of(letter).title is None


def test_a_header_may_be_a_table() -> None:
    table = sheet(
        ["索 引 号", "500199001/2026-00031", "发文字号", "云政办发〔2026〕18号"],
        ["成文日期", "2026-03-05", "发布机构", "云川区人民政府"],
    )
    said = recognise(Reading((*table.blocks, *reading(LETTER).blocks)))
    assert said.index_number == "500199001/2026-00031"
    assert said.document_number == "云政办发〔2026〕18号"
    assert said.written_on == date(2026, 3, 5)
    assert said.issuer == "云川区人民政府"
    assert said.title == "云川区人民政府办公室关于开展培训的通知"


def test_the_heads_of_a_list_state_nothing() -> None:
    listed = sheet(
        ["标题", "文号", "发布机构"],
        ["关于培训的通知", "云政发〔2026〕3号", "云川区财政局"],
    )
    said = recognise(listed)
    assert (said.title, said.document_number, said.issuer) == (None, None, None)


def test_the_name_of_a_sheet_is_no_title() -> None:
    name = Block("sheet/1/name", "第 1 张表的表名", "补贴名单", "heading")
    assert recognise(Reading((name, *sheet(["姓名"], ["王某"]).blocks))).title is None


def test_what_is_hidden_says_nothing_of_a_document() -> None:
    hidden = Block("c/1", "批注 1", "云政发〔2026〕3号", hidden=True)
    assert recognise(Reading((hidden,))).document_number is None


def test_what_the_five_real_notices_say_of_themselves(notices: Path) -> None:
    said = [of(file.read_text("utf-8")) for file in sorted(notices.glob("*.txt"))]
    assert [each.document_number for each in said] == [
        None,
        "吴利政办发〔2020〕60号",
        None,
        None,
        None,
    ]
    assert [each.written_on for each in said] == [
        date(2019, 9, 20),
        date(2020, 9, 17),
        None,
        date(2016, 6, 28),
        date(2017, 7, 5),
    ]
    assert [each.issuer for each in said] == [
        "重庆市江津区人民政府办公室",
        "吴忠市利通区人民政府办公室",
        None,
        "重慶市人民政府辦公廳",
        "重庆市南岸区人民政府办公室",
    ]
    assert [each.title for each in said] == [
        "关于印发2019年江津区政务公开工作要点的通知",
        "吴忠市利通区人民政府办公室关于印发《利通区2020年政务公开工作要点》的通知",
        "2019年济南市天桥区政务公开工作要点",
        "2016年重慶市政務(wù)公開工作要點",
        None,
    ]
    assert [each.attribute_mark for each in said] == [
        None,
        "public",
        None,
        None,
        "public",
    ]
    assert said[1].index_number == "640302001/2020-00325"
    assert said[1].formed_on == date(2020, 9, 21)
    assert said[1].category == "主动公开"


def test_the_real_garbled_notice_is_recognised_once_repaired(notices: Path) -> None:
    text = (notices / "003_3cb957a6d1d79dcd.txt").read_text("utf-8")
    said = of(repair(text).text)
    assert said.title == "2016年重庆市政务公开工作要点"
    assert said.issuer == "重庆市人民政府办公厅"
    assert said.attribute_mark == "public"
