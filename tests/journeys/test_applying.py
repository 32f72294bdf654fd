"""On a telephone: somebody applies, looks after the request, corrects and withdraws."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.journeys.acts import fills, submits, takes
from tests.journeys.asking import (
    CONTENT,
    IDENTITY,
    WANTED,
    applies,
    button,
    by_hand,
    chooses_agency,
    says_what,
    says_who,
    stands_at,
)
from tests.journeys.conftest import People, Server, Visitor, visiting


def targets_are_large(page: Page) -> None:
    """A finger finds what is to be pressed: at least 44 pixels high."""
    heights = (
        page.locator("main :is(.btn, .gk-option, input.form-control, select)")
        .locator("visible=true")
        .evaluate_all("found => found.map(each => each.getBoundingClientRect().height)")
    )
    assert heights
    assert min(heights) >= 44


def test_an_application_on_a_telephone(phone: Visitor) -> None:
    page = phone.page
    phone.opens("/")
    page.get_by_role("link", name="申请公开", exact=True).click()
    phone.looks_right()
    expect(page.get_by_text("第 1 步，共 4 步")).to_be_visible()
    # What is missing is told at the step, before the next one.
    button(page, "下一步")
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("选一个机关")
    phone.looks_right()
    chooses_agency(page)
    expect(summary).to_have_count(0)
    expect(page.get_by_text("第 2 步，共 4 步")).to_be_visible()
    phone.looks_right()
    targets_are_large(page)
    says_what(page)
    phone.looks_right()
    says_who(page, "11010119900307461X")
    expect(summary).to_contain_text("证件号码有一位不对，照证件核对一遍")
    phone.looks_right()
    targets_are_large(page)
    page.get_by_label("证件号码", exact=True).fill(IDENTITY)
    button(page, "下一步")
    stands_at(page, "核对并提交")
    answers = page.locator("#answers")
    for said in ("云川区财政局", CONTENT, "电子文件", "张三", "居民身份证", IDENTITY):
        expect(answers).to_contain_text(said)
    phone.looks_right()
    button(page, "提交申请")
    expect(page.get_by_role("heading", level=1, name="申请收到了")).to_be_visible()
    expect(page.get_by_text("2026年3月30日 周一").first).to_be_visible()
    phone.looks_right()
    page.get_by_role("link", name="看办到哪一步").click()
    expect(page.get_by_role("heading", level=1, name=CONTENT)).to_be_visible()
    phone.looks_right()


def test_the_browser_s_way_back_goes_one_step_back(phone: Visitor) -> None:
    page = phone.page
    phone.opens("/apply")
    chooses_agency(page)
    says_what(page)
    stands_at(page, "申请人是谁")
    page.go_back()
    stands_at(page, "您要什么信息")
    expect(page.get_by_label("信息的名称、文号或特征")).to_have_value(CONTENT)
    button(page, "上一步")
    stands_at(page, "向哪个机关申请")


def test_a_draft_stays_on_this_device_without_the_identity_number(
    phone: Visitor,
) -> None:
    page = phone.page
    phone.opens("/apply")
    chooses_agency(page)
    says_what(page)
    page.get_by_text("自然人", exact=True).click()
    page.get_by_label("姓名或者单位名称").fill("张三")
    page.get_by_label("证件号码", exact=True).fill(IDENTITY)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "张三" in kept
    assert IDENTITY not in kept
    phone.opens("/apply")
    expect(page.locator("#draft-state")).to_contain_text("存的草稿写")
    chooses_agency(page)
    stands_at(page, "您要什么信息")
    expect(page.get_by_label("信息的名称、文号或特征")).to_have_value(CONTENT)
    button(page, "下一步")
    expect(page.get_by_label("姓名或者单位名称")).to_have_value("张三")
    expect(page.get_by_label("证件号码", exact=True)).to_have_value("")


def test_on_a_shared_computer_the_draft_is_switched_off(phone: Visitor) -> None:
    page = phone.page
    phone.opens("/apply")
    chooses_agency(page)
    page.get_by_label("信息的名称、文号或特征").fill(CONTENT)
    page.get_by_label("在这台设备上存草稿").uncheck()
    assert CONTENT not in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_label("信息的名称、文号或特征").fill(f"{CONTENT}和图纸")
    assert CONTENT not in page.evaluate("JSON.stringify(localStorage)")
    phone.opens("/apply")
    expect(page.get_by_label("在这台设备上存草稿")).not_to_be_checked()
    expect(page.get_by_label("信息的名称、文号或特征")).to_have_value("")


def test_what_was_sent_in_is_no_draft_any_more(phone: Visitor) -> None:
    applies(phone)
    assert phone.page.evaluate("localStorage.length") == 0
    phone.opens("/apply")
    chooses_agency(phone.page)
    expect(phone.page.get_by_label("信息的名称、文号或特征")).to_have_value("")


def test_an_old_draft_is_forgotten(phone: Visitor) -> None:
    page = phone.page
    phone.opens("/apply")
    chooses_agency(page)
    page.get_by_label("信息的名称、文号或特征").fill(CONTENT)
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage);
          const draft = JSON.parse(localStorage.getItem(key));
          draft.at -= 8 * 86400000;
          localStorage.setItem(key, JSON.stringify(draft));
        }"""
    )
    phone.opens("/apply")
    chooses_agency(page)
    expect(page.get_by_label("信息的名称、文号或特征")).to_have_value("")
    assert CONTENT not in page.evaluate("JSON.stringify(localStorage)")


@contextmanager
def plain(browser: Browser, server: Server) -> Iterator[Page]:
    """Open a browser that runs no script."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{server.address}/apply")
    yield page
    context.close()


def test_it_works_without_script(browser: Browser, served: Server) -> None:
    with plain(browser, served) as page:
        # A person reads for more than three seconds.
        page.wait_for_timeout(3_200)
        page.get_by_role("button", name="提交申请").click()
        expect(page.locator("#error-summary")).to_contain_text("处要改，写的内容都在")
        page.get_by_text("云川区财政局", exact=True).click()
        page.get_by_label("信息的名称、文号或特征").fill(CONTENT)
        page.get_by_text(WANTED["form"], exact=True).click()
        page.get_by_text(WANTED["delivery"], exact=True).click()
        page.get_by_text("自然人", exact=True).click()
        page.get_by_label("姓名或者单位名称").fill("张三")
        page.get_by_label("证件", exact=True).select_option(label="居民身份证")
        page.get_by_label("证件号码", exact=True).fill(IDENTITY)
        page.get_by_label("电话", exact=True).fill("13800138000")
        page.get_by_role("button", name="提交申请").click()
        expect(page.get_by_role("heading", level=1, name="申请收到了")).to_be_visible()


def test_a_request_is_corrected_and_then_withdrawn(
    phone: Visitor, staff: People, browser: Browser, served: Server
) -> None:
    _, code, secret = applies(phone)
    takes(staff.wen, CONTENT)
    fills(staff.wen, {"怎样办": "告知补正"})
    submits(staff.wen, "提交")
    takes(staff.wen, CONTENT)
    fills(
        staff.wen,
        {
            "哪里不明确": "没有写明是哪一期工程",
            "指导和释明": "写明年份和期次，可以写文号",
            "要补正的事项": "写明期次",
            **by_hand("2026-03-02"),
        },
    )
    submits(staff.wen, "签发")
    with visiting(browser, served, 390) as elsewhere:
        page = elsewhere.page
        elsewhere.opens("/")
        page.get_by_role("link", name="查询申请", exact=True).click()
        elsewhere.looks_right()
        page.get_by_label("查询码").fill(code)
        page.get_by_label("查询密码").fill("ABCDEFGHJKMN")
        button(page, "查询")
        expect(page.locator("#error-summary")).to_contain_text("对不上")
        elsewhere.looks_right()
        page.get_by_label("查询密码").fill(secret.lower())
        button(page, "查询")
        expect(page.get_by_text("等您补正").first).to_be_visible()
        elsewhere.looks_right()
        page.get_by_text("看每一天怎么算的").click()
        elsewhere.looks_right()
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("补正告知书")).click()
        assert download.value.suggested_filename.endswith(".docx")
        page.get_by_role("link", name="现在补正").click()
        elsewhere.looks_right()
        page.get_by_label("补正的内容").fill("第二期，2025年。")
        button(page, "提交补正")
        expect(page.get_by_text("补正收到了。")).to_be_visible()
        expect(page.get_by_text("正在办理").first).to_be_visible()
        page.get_by_role("link", name="撤回申请").click()
        elsewhere.looks_right()
        button(page, "撤回这件申请")
        expect(page.get_by_text("您已经撤回")).to_be_visible()
        elsewhere.looks_right()
        page.get_by_role("button", name="退出查询").click()
        expect(page.get_by_label("查询密码")).to_be_visible()
        elsewhere.opens("/track")
        expect(page.get_by_label("查询密码")).to_be_visible()
