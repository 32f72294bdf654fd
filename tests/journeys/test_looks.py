"""Every page at a desk and on a telephone: readable, reachable, nothing serious."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.acts import (
    TITLE,
    asks_to_change,
    begins,
    brings_instead,
    decides,
    drafts,
    explains,
    fills,
    is_changed,
    is_reviewed,
    is_signed,
    lets_out,
    notice,
    passes_content,
    passes_secrecy,
    plans,
    prepares_copy,
    presses,
    reads,
    reviews_items,
    sends_back,
    submits,
    takes,
)
from tests.journeys.conftest import People, Server, Visitor, visiting

MONDAY = "2026-03-02"
LINES = "四月举办培训。\n"
#: Two things that the checks find: a telephone, and traditional characters.
FOUND = "四月舉辦培訓，請各單位準時參加，手机13900001234。\n"
DOCUMENT = f"{TITLE}（500199002/2026-00001）"
JOINT = {"公文种类": "政策性文件", "联合发文单位": ["区财政局"]}


@pytest.fixture(params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """How a page looks does not depend on the database."""
    return str(request.param)


def _task_looks_right(person: Visitor, title: str = TITLE) -> None:
    takes(person, title)
    person.looks_right()


def _path_looks_right(person: Visitor, *paths: str) -> None:
    for path in paths:
        person.opens(path)
        person.looks_right()


def test_the_pages_around_the_work(staff: People) -> None:
    _path_looks_right(staff.citizen, "/office/login", "/", "/documents/none")
    paths = ("/office/inbox", "/office/unclaimed", "/office/done", "/office/nothing")
    _path_looks_right(staff.lin, *paths)
    _path_looks_right(staff.qin, "/office/returns", "/office/interpretations")
    _path_looks_right(staff.admin, "/office/incidents")


def test_the_search_from_the_header(staff: People, tmp_path: Path) -> None:
    _path_looks_right(staff.lin, "/office/search", "/office/search?q=白鹭桥")
    drafts(staff.lin, notice(tmp_path, LINES), TITLE)
    page = staff.lin.page
    staff.lin.opens("/office/inbox")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("举办培训")
    page.keyboard.press("Enter")
    expect(page.locator("mark", has_text="举办培训")).to_be_visible()
    staff.lin.looks_right()
    page.get_by_role("searchbox").fill("13800138000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="按号码查找申请")).to_be_visible()
    assert page.url.endswith("/office/search")
    staff.lin.looks_right()


def test_a_draft_before_during_and_after_it_is_filled_in(
    staff: People, tmp_path: Path
) -> None:
    begins(staff.lin, "新建公文")
    staff.lin.looks_right()
    fills(staff.lin, {"文件标有密级，或者可能涉密吗": "标有密级"})
    staff.lin.looks_right()
    fills(staff.lin, {"文件标有密级，或者可能涉密吗": "没有密级标志，也不涉密"})
    staff.lin.looks_right()
    presses(staff.lin, "提交审核")
    expect(staff.lin.page.locator("#error-summary")).to_be_visible()
    staff.lin.looks_right()
    drafts(staff.lin, notice(tmp_path, LINES), TITLE)
    staff.lin.looks_right()
    staff.zhou.opens("/office/unclaimed")
    staff.zhou.looks_right()
    staff.zhou.page.get_by_role("link", name=TITLE).click()
    staff.zhou.looks_right()
    sends_back(staff.zhou, TITLE, "退回", "内容、文字要改", "第二段要改。")
    _task_looks_right(staff.lin)


def test_a_joint_policy_is_explained_signed_reviewed_and_read(
    staff: People, tmp_path: Path
) -> None:
    drafts(staff.lin, notice(tmp_path, FOUND), TITLE, JOINT)
    _task_looks_right(staff.zhou)
    decides(staff.zhou, TITLE, "同意", "内容属实。")
    _task_looks_right(staff.lin)
    plans(staff.lin, TITLE)
    _task_looks_right(staff.lin)
    explains(staff.lin, TITLE)
    _task_looks_right(staff.luo)
    sends_back(staff.luo, TITLE, "不同意", "漏了重要内容", "经费没有写明。")
    _task_looks_right(staff.lin)
    explains(staff.lin, TITLE, {"执行标准": "经费列入部门预算。"})
    decides(staff.luo, TITLE, "同意", "同意。")
    _task_looks_right(staff.qin)
    decides(staff.qin, TITLE, "签发", "同意发布。")
    _task_looks_right(staff.luo)
    decides(staff.luo, TITLE, "同意会签", "同意会签。")
    _task_looks_right(staff.qin)
    decides(staff.qin, TITLE, "签发", "同意发。")
    _task_looks_right(staff.han)
    decides(staff.han, TITLE, "已用印", "已用印。")
    _task_looks_right(staff.lin)
    prepares_copy(staff.lin, TITLE)
    _task_looks_right(staff.zhou)
    passes_secrecy(staff.zhou, TITLE)
    _task_looks_right(staff.gao)
    passes_secrecy(staff.gao, TITLE)
    _task_looks_right(staff.peng)
    passes_content(staff.peng, TITLE)
    _task_looks_right(staff.liang)
    lets_out(staff.liang, TITLE, MONDAY)
    reads(staff.citizen, TITLE)
    staff.citizen.looks_right()
    staff.citizen.page.get_by_role("link", name="政策解读").click()
    expect(staff.citizen.page.get_by_text("背景依据")).to_be_visible()
    staff.citizen.looks_right()
    _path_looks_right(staff.citizen, "/")
    staff.liang.page.reload()
    staff.liang.looks_right()
    _path_looks_right(staff.qin, "/office/interpretations")


def test_a_document_is_corrected_and_withdrawn(staff: People, tmp_path: Path) -> None:
    drafts(staff.lin, notice(tmp_path, LINES), TITLE)
    is_signed(staff, TITLE)
    is_reviewed(staff, TITLE)
    lets_out(staff.liang, TITLE, MONDAY)
    reads(staff.citizen, TITLE)
    page = staff.citizen.page
    address = page.url
    begins(staff.lin, "更正、撤回、失效")
    staff.lin.looks_right()
    asks_to_change(staff.lin, DOCUMENT, "更正", "日期误写，已改正。")
    brings_instead(staff.lin, notice(tmp_path, "五月举办培训。\n"))
    staff.lin.looks_right()
    submits(staff.lin, "提交")
    correction = f"更正：{TITLE}"
    is_reviewed(staff, correction)
    _task_looks_right(staff.liang, correction)
    is_changed(staff.liang, correction, MONDAY)
    staff.citizen.waits_until_shown(address, "日期误写，已改正。")
    page.goto(address)
    staff.citizen.looks_right()
    page.get_by_role("link", name="看更正前的文本").click()
    expect(page.get_by_text("已更正，不是现在的文本。")).to_be_visible()
    staff.citizen.looks_right()
    asks_to_change(staff.lin, DOCUMENT, "撤回", "培训不办了。")
    fills(staff.lin, {"为什么撤回": "其他原因"})
    submits(staff.lin, "提交")
    withdrawal = f"撤回：{TITLE}"
    _task_looks_right(staff.zhou, withdrawal)
    decides(staff.zhou, withdrawal, "同意", "情况属实，同意更改。")
    is_changed(staff.liang, withdrawal, MONDAY)
    staff.citizen.waits_until_shown(address, "正文和附件不再提供")
    page.goto(address)
    staff.citizen.looks_right()


def test_what_is_uncertain_is_asked_of_others(staff: People, tmp_path: Path) -> None:
    drafts(staff.lin, notice(tmp_path, LINES), TITLE)
    is_signed(staff, TITLE)
    prepares_copy(staff.lin, TITLE)
    reviews_items(staff.zhou, TITLE, "拿不准")
    for words in staff.zhou.page.locator("[data-item] textarea").all():
        words.fill("第一段。")
    staff.zhou.page.locator("#opinion").fill("拿不准，请确定。")
    submits(staff.zhou, "拿不准，报请确定")
    _task_looks_right(staff.gao)
    asked = {"报请哪个部门": "区国家保密局", "报请函文号": "云川府办函〔2026〕1号"}
    fills(staff.gao, {**asked, "报出日期": MONDAY})
    submits(staff.gao, "已经报出")
    _task_looks_right(staff.gao)
    answered = {"确定结果": "可以公开", "答复日期": MONDAY}
    fills(staff.gao, {**answered, "答复要点": "可以公开。"})
    submits(staff.gao, "登记")
    takes(staff.zhou, TITLE)
    _option_of_first_item(staff.zhou, "涉及")
    submits(staff.zhou, "按涉密处置")
    _task_looks_right(staff.gao)


def _option_of_first_item(person: Visitor, answer: str) -> None:
    item = person.page.locator("[data-item]").first
    item.get_by_role("radio", name=answer, exact=True).check()
    item.locator("textarea").fill("第一段。")


def test_the_diagram_shows_where_a_case_stands(staff: People, tmp_path: Path) -> None:
    drafts(staff.lin, notice(tmp_path, LINES), TITLE)
    diagram = staff.lin.page.locator("#diagram")
    diagram.locator("[data-element-id=section_review].gk-now").wait_for()
    assert diagram.locator("[data-element-id=draft].gk-passed").count() == 1
    assert diagram.locator("[data-element-id=complete].gk-passed").count() == 1
    assert diagram.locator("[data-element-id=section_returned].gk-passed").count() == 0
    assert diagram.get_by_text("当前", exact=True).is_visible()


def test_a_draft_is_kept_on_every_device(
    staff: People, served: Server, browser: Browser
) -> None:
    begins(staff.lin, "新建公文")
    fills(
        staff.lin,
        {
            "文件标有密级，或者可能涉密吗": "没有密级标志，也不涉密",
            "标题": "写了一半的标题",
        },
    )
    staff.lin.page.get_by_text("已存").wait_for()
    with visiting(browser, served, 390) as elsewhere:
        elsewhere.logs_in("lin")
        elsewhere.page.get_by_role("link", name="写了一半的标题").click()
        assert elsewhere.page.locator("#title").input_value() == "写了一半的标题"


def test_a_clerk_works_with_the_keyboard_alone(staff: People, tmp_path: Path) -> None:
    drafts(staff.lin, notice(tmp_path, LINES), TITLE, {"拟公开属性": None})
    staff.lin.opens("/office/inbox")
    keyboard = staff.lin.page.keyboard
    keyboard.press("j")
    keyboard.press("o")
    staff.lin.page.locator("#title").wait_for()
    keyboard.press("u")
    staff.lin.page.get_by_role("heading", name="待办").wait_for()
    keyboard.press("g")
    keyboard.press("c")
    staff.lin.page.get_by_role("heading", name="待领").wait_for()
