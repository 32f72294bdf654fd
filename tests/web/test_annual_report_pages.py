"""年度报告 on screen: its numbers, what is to be mended, its form and its Word file."""

import io
import re
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.table import Table
from sqlalchemy import select

from models.annual import AnnualEdition
from models.people import Role
from models.records import HistoryEntry
from tests.filed import Register
from tests.office import Office
from tests.web.conftest import Guest

LogIn = Callable[[str], Guest]

PATH = "/office/annual-report?year=2025"
TYPED = {
    **{f"regulations_{x}": "0" for x in ("made", "repealed", "in_force")},
    "normative_made": "5",
    "normative_repealed": "1",
    "normative_in_force": "25",
    "permits": "1,120",
    "penalties": "30",
    "coercion": "0",
    "charges": "59.2449",
    "overview": "全年新收政府信息公开申请4件。\n建了一个新专栏。",
    "problems": "答复书说理不够，今年逐件点评。",
    "other": "没有收取信息处理费。",
}


@pytest.fixture
def finance(office: Office) -> Register:
    """The finance bureau with four requests of 2025."""
    register = Register(office)
    register.receives("2025-01-06", decision="D02", closed_on="2025-01-20")
    register.receives("2025-03-03", decision="D10", closed_on="2025-03-31")
    register.receives(
        "2025-06-09", kind="business", decision="D31a", closed_on="2025-07-04"
    )
    register.receives("2025-12-22", kind="research")
    register.is_challenged("2025-04-07", "reconsideration", "upheld", "2025-06-06")
    return register


def text_of(page: str) -> str:
    """Return a page's text, with one blank between its pieces."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def reads(guest: Guest, path: str = PATH) -> str:
    """Open a page; return its text."""
    answer = guest.gets(path)
    assert answer.status_code == 200
    return text_of(answer.get_data(as_text=True))


def test_the_head_of_an_agency_reads_its_report(
    finance: Register, logged_in: LogIn
) -> None:
    assert finance.place == "区财政局"
    words = reads(logged_in("luo"))
    assert "云川区财政局2025年政府信息公开工作年度报告" in words
    assert "一、本年新收政府信息公开申请数量 2 1 1 0 0 0 4" in words
    assert "1.本机关不掌握相关政府信息 0 1 0 0 0 0 1" in words
    assert "（七）总计 2 1 0 0 0 0 3" in words
    assert "四、结转下年度继续办理 0 0 1 0 0 0 1" in words
    assert "1 0 0 0 1 0 0 0 0 0 0 0 0 0 0" in words


def test_a_number_leads_to_its_cases(finance: Register, logged_in: LogIn) -> None:
    assert finance.place == "区财政局"
    luo = logged_in("luo")
    page = luo.gets(PATH).get_data(as_text=True)
    links = re.findall(r'href="(/office/annual-report/cases[^"]+)"', page)
    unescaped = [link.replace("&amp;", "&") for link in links]
    (partial,) = [link for link in unescaped if "row=3&column=0" in link]
    words = reads(luo, partial)
    assert "（二）部分公开" in words
    assert "区财政局-2 2025年3月3日 周一 部分公开，2025年3月31日 周一" in words
    challenge = next(link for link in unescaped if "table=4&row=0&column=0" in link)
    assert "结果维持，2025年6月6日 周五" in reads(luo, challenge)


def test_who_may_see_a_number_but_no_case_is_told_so(
    finance: Register, logged_in: LogIn
) -> None:
    office = finance.office
    finance_id = office.public_id("区财政局")
    qin = logged_in("qin")
    assert "一、本年新收政府信息公开申请数量 2 1 1 0 0 0 4" in reads(
        qin, f"{PATH}&of={finance_id}"
    )
    path = (
        f"/office/annual-report/cases?year=2025&of={finance_id}&table=3&row=0&column=6"
    )
    assert "这里没有您能看的事项" in reads(qin, path)


def test_the_superior_reads_all_agencies_together(
    finance: Register, logged_in: LogIn
) -> None:
    Register(finance.office, "区政府办").receives("2025-05-06", kind="other")
    words = reads(logged_in("qin"), f"{PATH}&of=whole")
    assert "云川区政府2025年政府信息公开工作年度报告" in words
    assert "一、本年新收政府信息公开申请数量 2 1 1 0 0 1 5" in words
    assert "政府的年度报告在 3 月 31 日前向社会公布（条例第49条第2款）" in words
    assert "还没有填表二，请它填好" in words


def test_a_bureau_does_not_read_another_one_or_the_whole(
    finance: Register, logged_in: LogIn
) -> None:
    luo = logged_in("luo")
    elsewhere = finance.office.public_id("区政府办")
    assert luo.gets(f"{PATH}&of={elsewhere}").status_code == 404
    assert luo.gets(f"{PATH}&of=whole").status_code == 404


def test_what_fails_says_what_to_do(finance: Register, logged_in: LogIn) -> None:
    assert finance.place == "区财政局"
    words = reads(logged_in("luo"))
    assert "13 项里有 3 项要改" in words
    assert "C8 表二还没有填，填好每一格，没有的写 0。" in words
    assert "每一格都有数字以后才能下载 Word。" in words


def test_months_are_drawn_and_told_in_numbers(
    finance: Register, logged_in: LogIn
) -> None:
    assert finance.place == "区财政局"
    words = reads(logged_in("luo"))
    assert "新收 1 0 1 0 0 1 0 0 0 0 0 1" in words
    assert "办结 1 0 1 0 0 0 1 0 0 0 0 0" in words


def test_figures_are_typed_and_shown(finance: Register, logged_in: LogIn) -> None:
    luo = logged_in("luo")
    of = finance.office.public_id("区财政局")
    path = f"/office/annual-report/figures?year=2025&of={of}"
    assert luo.posts(path, **TYPED).status_code == 302
    words = reads(luo)
    assert "行政规范性文件 5 1 25" in words
    assert "行政许可 1120" in words
    assert "行政事业性收费 59.2449" in words
    assert "13 项都通过" in words
    assert "下载 Word" in words


def test_what_is_no_number_is_said_beside_its_cell_and_nothing_is_lost(
    finance: Register, logged_in: LogIn
) -> None:
    luo = logged_in("luo")
    of = finance.office.public_id("区财政局")
    path = f"/office/annual-report/figures?year=2025&of={of}"
    wrong = {**TYPED, "regulations_made": "/", "charges": "五万", "permits": "1.5"}
    answer = luo.posts(path, **wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "有 3 处要改，写的内容都还在" in text_of(page)
    assert "写整数，不写“/”“—”和小数；没有就写 0" in text_of(page)
    assert "写数字，单位是万元，小数不超过六位；没有就写 0" in text_of(page)
    assert 'value="五万"' in page
    assert "建了一个新专栏。" in page


def test_a_superior_does_not_write_into_another_agencys_report(
    finance: Register, logged_in: LogIn
) -> None:
    of = finance.office.public_id("区财政局")
    path = f"/office/annual-report/figures?year=2025&of={of}"
    qin = logged_in("qin")
    assert qin.gets(path).status_code == 403
    assert qin.posts(path, **TYPED).status_code == 403


def test_the_texts_of_the_whole_are_the_superiors(
    finance: Register, logged_in: LogIn
) -> None:
    assert finance.place == "区财政局"
    qin = logged_in("qin")
    path = "/office/annual-report/figures?year=2025&of=whole"
    assert "填写年度报告 云川区政府，2025年" in reads(qin, path)
    assert qin.posts(path, overview="全区情况。").status_code == 302
    assert "一、总体情况 全区情况。" in reads(qin, f"{PATH}&of=whole")


def test_the_clerk_reads_it_too(finance: Register, logged_in: LogIn) -> None:
    office = finance.office
    office.add_person("xie", "谢小芸", "区财政局", (Role.DISCLOSURE_CLERK, "区财政局"))
    assert "（七）总计 2 1 0 0 0 0 3" in reads(logged_in("xie"))


def test_a_year_between_january_and_march_is_the_one_before(
    office: Office, logged_in: LogIn
) -> None:
    assert "年度报告 2025年" in reads(logged_in("luo"), "/office/annual-report")
    office.clock.set("2026-04-01")
    assert "年度报告 2026年" in reads(logged_in("luo"), "/office/annual-report")


@pytest.mark.parametrize("at", ["table=3&row=25&column=0", "table=5&row=0&column=0"])
def test_a_number_that_is_none_has_no_page(
    finance: Register, logged_in: LogIn, at: str
) -> None:
    assert finance.place == "区财政局"
    path = f"/office/annual-report/cases?year=2025&{at}"
    assert logged_in("luo").gets(path).status_code == 404


def word_of(finance: Register, luo: Guest) -> Document:
    """Fill the form in; download the report."""
    of = finance.office.public_id("区财政局")
    luo.posts(f"/office/annual-report/figures?year=2025&of={of}", **TYPED)
    answer = luo.gets("/office/annual-report/word?year=2025")
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.get_data()))


def cells(table: Table, row: int) -> list[str]:
    """Return a row's words, each merged cell once."""
    found: list[str] = []
    seen = set()
    for cell in table.rows[row].cells:
        if cell._tc not in seen:
            seen.add(cell._tc)
            found.append(cell.text)
    return found


def test_the_word_file_has_six_chapters_and_three_tables(
    finance: Register, logged_in: LogIn
) -> None:
    word = word_of(finance, logged_in("luo"))
    texts = [each.text for each in word.paragraphs if each.text]
    assert texts == [
        "云川区财政局2025年政府信息公开工作年度报告",
        "一、总体情况",
        "全年新收政府信息公开申请4件。",
        "建了一个新专栏。",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "答复书说理不够，今年逐件点评。",
        "六、其他需要报告的事项",
        "没有收取信息处理费。",
    ]
    second, third, fourth = word.tables
    assert cells(second, 0) == ["第二十条第（一）项"]
    assert cells(second, 1) == [
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
    ]
    assert cells(second, 2) == ["规章", "0", "0", "0"]
    assert cells(second, 13) == ["行政事业性收费", "59.2449"]
    assert cells(third, 0) == [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "申请人情况",
    ]
    assert cells(third, 3) == [
        *("一、本年新收政府信息公开申请数量", "2", "1", "1", "0", "0", "0", "4")
    ]
    assert cells(third, 7) == [
        *("三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"),
        *("0", "0", "0", "0", "0", "0", "0"),
    ]
    assert len(third.rows) == 28
    assert cells(fourth, 0) == ["行政复议", "行政诉讼"]
    assert cells(fourth, 3) == ["1", "0", "0", "0", "1", *("0",) * 10]


def test_no_word_file_is_made_while_a_cell_is_blank(
    finance: Register, logged_in: LogIn
) -> None:
    assert finance.place == "区财政局"
    answer = logged_in("luo").gets("/office/annual-report/word?year=2025")
    assert answer.status_code == 409
    assert "表二还有空着的格，没有生成报告" in answer.get_data(as_text=True)


EDITIONS = "/office/annual-report/editions?year=2025"


def finished(finance: Register, luo: Guest) -> None:
    """Fill the form in and finish the report."""
    of = finance.office.public_id("区财政局")
    luo.posts(f"/office/annual-report/figures?year=2025&of={of}", **TYPED)
    assert luo.posts(EDITIONS).status_code == 302


def test_a_finished_report_is_kept_with_who_and_when(
    finance: Register, logged_in: LogIn
) -> None:
    luo = logged_in("luo")
    assert "定稿 还没有定稿" in reads(luo)
    finished(finance, luo)
    words = reads(luo)
    assert "定稿 与现在的数字一致" in words
    assert "第 1 次 2026年3月2日，罗局长。" in words
    with finance.office.engine.read() as work:
        entry = work.session.scalars(
            select(HistoryEntry).where(HistoryEntry.event == "annual_report_finished")
        ).one()
        edition = work.session.scalars(select(AnnualEdition)).one()
        assert entry.sentence == "罗局长将云川区财政局2025年度报告定稿。"
        assert entry.data["digest"] == edition.digest
        assert f"SHA-256 {edition.digest}" in words


def test_what_changes_later_is_shown_and_corrected_by_a_new_edition(
    finance: Register, logged_in: LogIn
) -> None:
    luo = logged_in("luo")
    finished(finance, luo)
    # Nothing differs: there is nothing to correct.
    assert luo.posts(EDITIONS, reason="再来一次").status_code == 409
    finance.receives("2025-11-03", decision="D02", closed_on="2025-11-20")
    words = reads(luo)
    assert "定稿以后有 6 处变化" in words
    assert "表三“一、本年新收政府信息公开申请数量”自然人：定稿是2，现在是3" in words
    answer = luo.posts(EDITIONS)
    assert answer.status_code == 422
    assert "写明为什么更正" in text_of(answer.get_data(as_text=True))
    assert luo.posts(EDITIONS, reason="11月的一件漏登").status_code == 302
    words = reads(luo)
    assert "定稿 与现在的数字一致" in words
    assert "第 2 次 2026年3月2日，罗局长。更正的原因：11月的一件漏登。" in words
    # The earlier one is still there as it was.
    for number, received in ((1, "4"), (2, "5")):
        answer = luo.gets(f"/office/annual-report/word?year=2025&edition={number}")
        word = docx.Document(io.BytesIO(answer.get_data()))
        assert cells(word.tables[1], 3)[-1] == received
    path = "/office/annual-report/word?year=2025&edition=3"
    assert luo.gets(path).status_code == 404


def test_the_year_after_is_compared_with_what_went_out(
    finance: Register, logged_in: LogIn
) -> None:
    luo, next_year = logged_in("luo"), "/office/annual-report?year=2026"
    assert "比较的是登记里2025年的数字，2025年度报告没有定稿。" in reads(luo, next_year)
    finished(finance, luo)
    basis = "比较的是2025年度报告2026年3月2日的定稿。"
    assert f"每一列都成立。{basis}" in reads(luo, next_year)
    # Found later: one more was open at the end of 2025 than the report says.
    finance.receives("2025-12-30")
    words = reads(luo, next_year)
    assert (
        "C4 “自然人”列：上年报告结转下年度0件，本年上年结转1件，"
        "核对年底前后办结的申请；" in words
    )
    assert basis in words


def test_a_report_is_finished_when_its_year_is_over_and_no_cell_is_blank(
    finance: Register, logged_in: LogIn
) -> None:
    assert finance.place == "区财政局"
    luo = logged_in("luo")
    answer = luo.posts(EDITIONS)
    assert answer.status_code == 409
    assert "表二还有空着的格，不能定稿" in answer.get_data(as_text=True)
    answer = luo.posts("/office/annual-report/editions?year=2026")
    assert answer.status_code == 409
    assert "2026年还没有过完" in answer.get_data(as_text=True)


def test_an_edition_that_somebody_changed_is_told(
    finance: Register, logged_in: LogIn
) -> None:
    luo = logged_in("luo")
    finished(finance, luo)
    with finance.office.engine.work() as work:
        edition = work.session.scalars(select(AnnualEdition)).one()
        edition.content = {**edition.content, "table4": [[9, 0, 0, 0, 9]] * 3}
    assert "内容与校验值不一致，被改动过，不能再用作依据。" in reads(luo)


def test_a_superior_does_not_finish_another_agencys_report(
    finance: Register, logged_in: LogIn
) -> None:
    of = finance.office.public_id("区财政局")
    assert logged_in("qin").posts(f"{EDITIONS}&of={of}").status_code == 403
