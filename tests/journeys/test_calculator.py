"""时限计算器 in a real browser: by keyboard, on a telephone, without scripts."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Server, Visitor, visiting

#: 补正 and a third party, as a link that somebody passed on.
LINK = (
    "/tools/time-limits?channel=in_person&received=2025-12-22"
    "&event=clarification_sent%3D2025-12-30&event=corrected%3D2026-01-09"
    "&event=third_party_sent%3D2026-01-20%23%E7%94%B2"
    "&event=third_party_signed%3D2026-01-22%23%E7%94%B2"
)


@pytest.fixture(params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """What is computed here does not depend on the database."""
    return str(request.param)


def test_a_time_is_computed_and_passed_on_as_a_link(visitor: Visitor) -> None:
    page = visitor.page
    visitor.opens("/")
    page.get_by_role("link", name="时限计算器").click()
    page.get_by_label("当面提交").focus()
    page.keyboard.press("Tab")
    page.get_by_label("提交或者送到的日期").fill("2026-04-13")
    first = page.get_by_role("group", name="第1件事")
    expect(first.get_by_label("多少个工作日")).to_be_hidden()
    first.get_by_label("发生了什么").select_option("延长答复期限并告知申请人")
    first.get_by_label("哪一天").fill("2026-05-12")
    first.get_by_label("多少个工作日").fill("20")
    page.keyboard.press("Enter")
    result = page.get_by_role("heading", name="最迟 2026年6月10日 周三 答复")
    expect(result).to_be_visible()
    assert page.url.endswith(
        "/tools/time-limits?channel=in_person&received=2026-04-13"
        "&event=extended%3D2026-05-12:20"
    )


def test_a_row_is_added_and_asks_for_what_its_kind_needs(visitor: Visitor) -> None:
    page = visitor.page
    visitor.opens("/tools/time-limits")
    page.get_by_role("button", name="再加几行").click()
    third = page.get_by_role("group", name="第3件事")
    expect(third.get_by_label("发生了什么")).to_be_focused()
    third.get_by_label("发生了什么").select_option("向第三方征求意见")
    expect(third.get_by_label("哪一方")).to_be_visible()
    expect(third.get_by_label("多少个工作日")).to_be_hidden()
    expect(page.get_by_label("双方确认的日期")).to_be_hidden()
    page.get_by_label("互联网").check()
    expect(page.get_by_label("双方确认的日期")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_result_looks_right(browser: Browser, served: Server, width: int) -> None:
    with visiting(browser, served, width) as person:
        person.opens(LINK)
        expect(person.page.get_by_role("img", name="1月9日重新起算")).to_be_visible()
        expect(person.page.get_by_text("最迟 2026年3月9日 周一 答复")).to_be_visible()
        person.finds_nothing_serious()
        person.scrolls_only_down()
        person.opens("/tools/time-limits?received=2026-02-31")
        expect(person.page.get_by_role("alert")).to_be_visible()
        person.finds_nothing_serious()
        person.scrolls_only_down()


def test_it_works_without_scripts(browser: Browser, served: Server) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{served.address}/tools/time-limits")
    page.get_by_label("提交或者送到的日期").fill("2026-09-18")
    page.get_by_role("button", name="再加几行").click()
    page.get_by_role("button", name="计算").click()
    heading = page.get_by_role("heading", name="最迟 2026年10月22日 周四 答复")
    expect(heading).to_be_visible()
    context.close()
