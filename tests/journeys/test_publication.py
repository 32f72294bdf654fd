"""A document that is published, corrected and withdrawn, each by a case of its own."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.acts import (
    TITLE,
    asks_to_change,
    brings_instead,
    decides,
    drafts,
    fills,
    is_changed,
    is_reviewed,
    is_signed,
    lets_out,
    notice,
    reads,
    submits,
)
from tests.journeys.conftest import People

MONDAY = "2026-03-02"
#: As the form names it: the first that this office has published.
DOCUMENT = f"{TITLE}（500199002/2026-00001）"


def test_a_correction_keeps_both_versions_and_a_withdrawal_says_so(
    staff: People, tmp_path: Path
) -> None:
    drafts(staff.lin, notice(tmp_path, "四月举办培训，费用五百元。\n"), TITLE)
    is_signed(staff, TITLE)
    is_reviewed(staff, TITLE)
    lets_out(staff.liang, TITLE, MONDAY)
    reads(staff.citizen, TITLE)
    page = staff.citizen.page
    address = page.url
    asks_to_change(staff.lin, DOCUMENT, "更正", "费用误写，已改正。")
    brings_instead(staff.lin, notice(tmp_path, "四月举办培训，费用五十元。\n"))
    submits(staff.lin, "提交")
    is_reviewed(staff, f"更正：{TITLE}")
    is_changed(staff.liang, f"更正：{TITLE}", MONDAY)
    staff.citizen.waits_until_shown(address, "费用误写，已改正。")
    page.reload()
    expect(page.get_by_text("费用五十元")).to_be_visible()
    page.get_by_role("link", name="看更正前的文本").click()
    expect(page.get_by_text("已更正，不是现在的文本。")).to_be_visible()
    expect(page.get_by_text("费用五百元")).to_be_visible()

    asks_to_change(staff.lin, DOCUMENT, "撤回", "培训不办了。")
    fills(staff.lin, {"为什么撤回": "其他原因"})
    submits(staff.lin, "提交")
    decides(staff.zhou, f"撤回：{TITLE}", "同意", "情况属实，同意更改。")
    is_changed(staff.liang, f"撤回：{TITLE}", MONDAY)
    staff.citizen.waits_until_shown(address, "正文和附件不再提供")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_text("培训不办了。")).to_be_visible()
    expect(page.get_by_text("费用")).to_have_count(0)
