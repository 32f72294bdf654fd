"""Two people at two desks: what is lent, asked for, shown and given back."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.acts import TITLE, drafts, notice, presses, submits, takes
from tests.journeys.conftest import People, Visitor


def test_a_head_lets_a_colleague_write_and_decides_alone(
    staff: People, tmp_path: Path
) -> None:
    drafts(staff.drafter, notice(tmp_path, "四月举办培训。\n"), TITLE)
    takes(staff.section, TITLE)
    mine = staff.section.page.url

    # By the keyboard alone: T, then down to the second form.
    staff.section.page.keyboard.press("t")
    staff.section.page.wait_for_url("**/hand-over")
    staff.section.looks_right()
    staff.section.page.locator("#delegate-to").select_option(label="戴明")
    staff.section.page.locator("#delegate-reason").fill("请先核日期。")
    staff.section.page.locator("#delegate-reason").press("Tab")
    staff.section.page.keyboard.press("Enter")
    staff.section.page.wait_for_url("**/cases/**")

    opens_first(staff.dai)
    expect(staff.dai.page.get_by_text("请先核日期。")).to_be_visible()
    staff.dai.looks_right()

    # Who waits asks the head, who is responsible, and shows it to the lawyer.
    staff.drafter.opens("/office/started")
    staff.drafter.page.get_by_role("link", name=TITLE).click()
    staff.drafter.page.get_by_role("link", name="催办").click()
    staff.drafter.looks_right()
    presses(staff.drafter, "催办")
    staff.drafter.page.wait_for_url("**/cases/**")
    staff.drafter.page.get_by_role("link", name="抄送", exact=True).click()
    staff.drafter.page.get_by_label("彭越").check()
    staff.drafter.looks_right()
    presses(staff.drafter, "抄送")
    expect(staff.drafter.page.get_by_text("未读")).to_be_visible()
    staff.lawyer.opens("/office/copied")
    staff.lawyer.looks_right()
    staff.lawyer.page.get_by_role("link", name=TITLE).click()
    expect(staff.lawyer.page.get_by_text("彭越已阅抄送。")).to_be_visible()

    staff.dai.page.locator("#opinion").fill("日期核对无误。")
    presses(staff.dai, "交回周砚")
    staff.dai.page.get_by_role("heading", name="待办").wait_for()

    # What the colleague wrote stands in the form of the head, who decides.
    staff.section.page.goto(mine)
    expect(staff.section.page.locator("#opinion")).to_have_value("日期核对无误。")
    submits(staff.section, "同意")


def opens_first(person: Visitor) -> None:
    """Open what stands first in 待办."""
    person.opens("/office/inbox")
    person.page.locator(".gk-row a").first.click()
    person.page.locator("h1", has_text=TITLE).wait_for()
