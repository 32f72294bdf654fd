"""What one step meets: a gate, a limit that passed, somebody who was faster."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.journeys.acts import (
    TITLE,
    decides,
    drafts,
    fills,
    notice,
    presses,
    submits,
    takes,
)
from tests.journeys.conftest import People, Server, visiting

LINES = "四月举办培训。\n"


def test_a_document_without_attribute_comes_back_at_once_and_is_counted(
    staff: People, tmp_path: Path
) -> None:
    page = staff.lin.page
    drafts(staff.lin, notice(tmp_path, LINES), TITLE, {"拟公开属性": None})
    told = "系统退文：没有公开属性建议。这是区政府办今年第1次退文。"
    expect(page.get_by_text(told)).to_be_visible()
    page.get_by_role("link", name="办理：拟稿").click()
    # What was typed is still there; only the attribute is missing.
    expect(page.locator("#title")).to_have_value(TITLE)
    fills(staff.lin, {"拟公开属性": "主动公开"})
    submits(staff.lin, "提交审核")
    expect(page.get_by_text("现在到“科室审核”")).to_be_visible()
    staff.qin.page.get_by_role("link", name="退文情况").click()
    returns = staff.qin.page.locator(".gk-returns li", has_text="没有公开属性建议")
    expect(returns.first).to_contain_text("1 次")
    returns.get_by_role("link", name="1 次").click()
    expect(staff.qin.page.get_by_role("link", name=TITLE)).to_be_visible()


def test_the_head_finds_an_overdue_matter_once(
    staff: People, served: Server, tmp_path: Path
) -> None:
    drafts(staff.lin, notice(tmp_path, LINES), TITLE)
    # 科室审核 may take two working days, to Wednesday, 4 March.
    served.set_clock("2026-03-05", "09:00")
    staff.qin.waits_until_shown("/office/unclaimed", "应于3月4日办结")
    staff.qin.opens("/office/unclaimed")
    page = staff.qin.page
    expect(page.locator(".gk-row")).to_have_count(1)
    page.get_by_role("link", name="科室审核").click()
    presses(staff.qin, "知道了")
    staff.qin.opens("/office/unclaimed")
    expect(page.get_by_text("没有等着领取的事项")).to_be_visible()


def test_two_people_press_at_the_same_moment(
    staff: People, served: Server, browser: Browser, tmp_path: Path
) -> None:
    drafts(staff.lin, notice(tmp_path, LINES), TITLE)
    takes(staff.zhou, TITLE)
    with visiting(browser, served) as same_person_elsewhere:
        same_person_elsewhere.logs_in("zhou")
        decides(same_person_elsewhere, TITLE, "同意", "同意。")
    page = staff.zhou.page
    page.locator("#opinion").fill("第二段还要核对。")
    presses(staff.zhou, "同意")
    expect(page.get_by_text("没有提交：已由周砚于")).to_be_visible()
    expect(page.locator("#opinion")).to_have_value("第二段还要核对。")
