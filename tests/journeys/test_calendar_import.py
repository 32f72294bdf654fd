"""A holiday notice brought in through the pages, and what moves by it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.acts import begins, fills, submits, takes
from tests.journeys.conftest import People, Server, Visitor
from tests.notices import NAME_2027, TEXT_2027

TITLE = "2027年放假安排（全国）"


@pytest.fixture(params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """How a page looks does not depend on the database."""
    return str(request.param)


def test_two_people_bring_in_a_notice_and_the_limits_follow(
    browser: Browser, served: Server
) -> None:
    served.set_clock("2027-02-01")
    with People(browser, served) as staff:
        begins(staff.lin, "新建公文")
        staff.lin.page.get_by_role("link", name="看整个事项").click()
        _reads(staff.lin, "拟稿最迟", "2月12日", "暂定")
        staff.admin.opens("/office/calendar?year=2027")
        expect(staff.admin.page.get_by_text("放假通知还没有录入")).to_be_visible()
        _looks_right(staff.admin, "calendar-unknown")
        page = staff.admin.page
        page.get_by_role("main").get_by_role("button", name="导入放假安排").click()
        fills(staff.admin, {"通知名称和文号": NAME_2027, "通知全文": TEXT_2027})
        _looks_right(staff.admin, "enter")
        submits(staff.admin, "预览")
        takes(staff.admin, TITLE)
        expect(page.get_by_text("2027年 248 个工作日")).to_be_visible()
        _looks_right(staff.admin, "preview")
        submits(staff.admin, "提交复核")
        takes(staff.lu, TITLE)
        moves = staff.lu.page.locator(".gk-cal-moves tbody tr", has_text="拟稿")
        expect(moves).to_contain_text("2月12日 周五 暂定")
        expect(moves).to_contain_text("2月15日 周一")
        _looks_right(staff.lu, "confirm")
        submits(staff.lu, "确认存入")
        expect(staff.lu.page.get_by_text("已经存入日历")).to_be_visible()
        _looks_right(staff.lu, "stored")
        staff.lin.waits_until_shown(staff.lin.page.url, "2月15日")
        staff.lin.page.reload()
        _reads(staff.lin, "2月15日")
        staff.lin.opens("/office/calendar?year=2027")
        assert staff.lin.page.locator(".gk-cal-make_up b").count() == 4
        _looks_right(staff.lin, "calendar-known")


def _reads(person: Visitor, *words: str) -> None:
    for word in words:
        expect(person.page.locator("main")).to_contain_text(word)


def _looks_right(person: Visitor, _name: str) -> None:
    for width in (390, 1440):
        person.page.set_viewport_size({"width": width, "height": 900})
        person.finds_nothing_serious()
        person.scrolls_only_down()
    assert person.page.locator("h1").count() == 1
