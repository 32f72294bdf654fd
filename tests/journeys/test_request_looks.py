"""Every page of a request at a desk and on a telephone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.acts import begins, fills, presses
from tests.journeys.asking import (
    BY_POST,
    CONTENT,
    DIRECTLY,
    acts,
    applies,
    consults,
    does,
    examined,
    opens_request,
    searches,
    takes_step,
    tracks,
)
from tests.journeys.conftest import People, Server, Visitor

MONDAY = "2026-03-02"
THIRD_PARTY = "第三方（逾期不答复，由本机关决定）"
COMAKER = "共同制作机关（逾期不答复，视为同意公开）"
AGENCY = "其他机关（没有法定期限）"


@pytest.fixture(params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """How a page looks does not depend on the database."""
    return str(request.param)


def step_looks_right(person: Visitor, step: str) -> None:
    """Open a step: its form as it comes, and with everything that is missing."""
    takes_step(person, step)
    person.looks_right()


def refusal_looks_right(person: Visitor, step: str, button_name: str) -> None:
    """Press the button of an empty form: what is missing is told."""
    step_looks_right(person, step)
    presses(person, button_name)
    expect(person.page.locator("#error-summary")).to_be_visible()
    person.looks_right()


def test_a_request_that_comes_by_fax_and_is_not_clear(staff: People) -> None:
    begins(staff.wen, "登记公开申请")
    staff.wen.looks_right()
    presses(staff.wen, "登记")
    expect(staff.wen.page.locator("#error-summary")).to_be_visible()
    staff.wen.looks_right()
    fills(
        staff.wen,
        {
            "收到渠道": "传真",
            "提交日期": MONDAY,
            "申请内容": CONTENT,
            "信息的形式": "纸质",
            "怎样给申请人": "自行领取",
            "申请人类别": "自然人",
            "姓名或者名称": "张三",
            "证件": "居民身份证",
            "证件号码": "110101199003074610",
            "联系电话": "13800138000",
        },
    )
    presses(staff.wen, "登记")
    expect(staff.wen.page.get_by_text("已提交。")).to_be_visible()
    step_looks_right(staff.wen, "确认收到")
    does(staff.wen, "确认收到", "已确认", {"双方确认之日": MONDAY})
    refusal_looks_right(staff.wen, "初步审查", "提交")
    examined(staff.wen, "告知补正")
    refusal_looks_right(staff.wen, "发补正告知", "签发")
    unclear = {"哪里不明确": "没有写明哪一期", "指导和释明": "写明期次"}
    sent = {**unclear, "要补正的事项": "写明期次", **BY_POST}
    does(staff.wen, "发补正告知", "签发", sent)
    step_looks_right(staff.wen, "登记补正告知送达")
    got = {"申请人收到日期": MONDAY}
    does(staff.wen, "登记补正告知送达", "登记", got)
    step_looks_right(staff.wen, "等待补正")
    staff.wen.page.get_by_role("link", name="登记申请人撤回").click()
    staff.wen.looks_right()
    presses(staff.wen, "登记撤回")
    step_looks_right(staff.wen, "结案告知")
    does(staff.wen, "结案告知", "签发、登记送达", BY_POST)
    step_looks_right(staff.wen, "归档")


def test_a_request_that_was_registered_by_mistake(
    staff: People, phone: Visitor
) -> None:
    receipt = applies(phone)
    takes_step(staff.wen, "初步审查")
    fills(staff.wen, {"怎样办": "登记有误，作废"})
    presses(staff.wen, "提交")
    expect(staff.wen.page.locator("#error-summary")).to_be_visible()
    staff.wen.looks_right()
    why = {"登记错在哪里": "同一件申请重复登记", "情况说明": "与前一件相同。"}
    does(staff.wen, "初步审查", "提交", {"怎样办": "登记有误，作废", **why})
    step_looks_right(staff.tang, "确认登记有误")
    does(staff.tang, "确认登记有误", "确认作废")
    opens_request(staff.tang, receipt.number, "作废")
    staff.tang.looks_right()
    tracks(phone, receipt)
    expect(phone.page.get_by_text("这个编号已经作废")).to_be_visible()
    phone.looks_right()


def test_a_request_on_its_way_to_an_answer(staff: People, phone: Visitor) -> None:
    receipt = applies(phone)
    phone.looks_right()
    examined(staff.wen, "交科室检索", 哪些科室检索=["云川预算科"])
    refusal_looks_right(staff.shen, "检索", "提交检索记录")
    searches(staff.shen, MONDAY)
    step_looks_right(staff.wen, "办理")
    more = {"延长多少个工作日": "10", "理由": "材料多。"}
    acts(staff.wen, "报请延期（条例第33条）", **more)
    step_looks_right(staff.tang, "审批延期")
    does(staff.tang, "审批延期", "同意延期")
    step_looks_right(staff.wen, "告知延期")
    does(staff.wen, "告知延期", "签发、登记送达", BY_POST)
    does(staff.wen, "办理", "拟答复")
    refusal_looks_right(staff.wen, "拟答复", "提交")
    takes_step(staff.wen, "拟答复")
    fills(staff.wen, {"办理结果": "D10　部分公开"})
    staff.wen.looks_right()
    refused = {"办理结果": "D45　不予处理：确认或重新出具已获取信息"}
    why = {"依据": "条例第三十六条第七项", "不予处理的理由": "上月已经取得这份报告。"}
    does(staff.wen, "拟答复", "提交", {**refused, **why})
    step_looks_right(staff.fang, "法制审核")
    does(staff.fang, "法制审核", "同意")
    step_looks_right(staff.luo, "签发答复")
    does(staff.luo, "签发答复", "签发")
    refusal_looks_right(staff.wen, "送达答复", "登记送达")
    tracks(phone, receipt)
    phone.looks_right()
    opens_request(staff.wen, receipt.number)
    staff.wen.looks_right()
    staff.wen.page.locator("a[href*='/office/letters/']").first.click()
    staff.wen.looks_right()


def test_a_fee_on_its_way(staff: People, phone: Visitor) -> None:
    receipt = applies(phone)
    examined(staff.wen, DIRECTLY)
    many = {"计收方式": "按量计收", "页数": "250", "理由": "页数多。"}
    acts(staff.wen, "提议收费（条例第42条）", **many)
    step_looks_right(staff.tang, "审批收费")
    does(staff.tang, "审批收费", "同意收费")
    step_looks_right(staff.wen, "发收费通知")
    sent = {"缴费方式": "到窗口缴纳。", **BY_POST}
    does(staff.wen, "发收费通知", "签发", sent)
    step_looks_right(staff.wen, "登记收费通知送达")
    does(staff.wen, "登记收费通知送达", "登记", {"申请人收到日期": MONDAY})
    step_looks_right(staff.wen, "等待缴费")
    tracks(phone, receipt)
    phone.looks_right()


def test_others_who_are_asked(staff: People, phone: Visitor) -> None:
    applies(phone)
    examined(staff.wen, DIRECTLY)
    consults(staff.wen, THIRD_PARTY, "施工单位")
    step_looks_right(staff.wen, "发征求意见函")
    signed = {"对方收到日期": MONDAY}
    does(staff.wen, "发征求意见函", "签发", BY_POST)
    step_looks_right(staff.wen, "登记签收")
    does(staff.wen, "登记签收", "登记", signed)
    step_looks_right(staff.wen, "等待第三方意见")
    said = {"答复日期": MONDAY, "意见": "不同意公开", "理由": "是商业秘密。"}
    does(staff.wen, "等待第三方意见", "登记答复", said)
    step_looks_right(staff.wen, "处理第三方不同意")
    does(staff.wen, "处理第三方不同意", "不公开")
    consults(staff.wen, COMAKER, "区农业农村局")
    does(staff.wen, "发征求意见函", "签发", BY_POST)
    does(staff.wen, "登记签收", "登记", signed)
    step_looks_right(staff.wen, "等待共同制作机关意见")
    consults(staff.wen, AGENCY, "区水务局")
    does(staff.wen, "发征求意见函", "签发", BY_POST)
    step_looks_right(staff.wen, "等待机关意见")


def test_the_register_and_the_calculator(
    staff: People, served: Server, phone: Visitor
) -> None:
    receipt = applies(phone)
    examined(staff.wen, DIRECTLY)
    served.set_clock("2026-04-02")
    for standing in ("all", "overdue", "paused"):
        staff.tang.opens(f"/office/requests?standing={standing}")
        staff.tang.looks_right()
    opens_request(staff.tang, receipt.number)
    staff.tang.looks_right()
    for path in ("/tools/time-limits", "/apply", "/track"):
        staff.citizen.opens(path)
        staff.citizen.looks_right()
    tracks(phone, receipt)
    phone.looks_right()


def test_keys_agencies_and_a_silent_party(
    staff: People, served: Server, phone: Visitor
) -> None:
    receipt = applies(phone)
    examined(staff.wen, DIRECTLY)
    consults(staff.wen, THIRD_PARTY, "施工单位")
    does(staff.wen, "发征求意见函", "签发", BY_POST)
    does(staff.wen, "登记签收", "登记", {"对方收到日期": MONDAY})
    served.set_clock("2026-03-25")
    tracks(phone, receipt)
    expect(phone.page.get_by_text("到这天对方没有答复")).to_be_visible()
    phone.looks_right()
    opens_request(staff.wen, receipt.number)
    staff.wen.page.locator("summary", has_text="为什么是").first.click()
    notes = staff.wen.page.locator(".gk-ledger-note", has_text="施工单位")
    expect(notes.first).to_be_visible()
    staff.wen.page.locator(".gk-looks summary").click()
    staff.wen.looks_right()
    staff.wen.opens("/office/inbox")
    staff.wen.page.keyboard.press("?")
    expect(staff.wen.page.get_by_role("heading", name="按键")).to_be_visible()
    staff.wen.looks_right()
    staff.wen.page.keyboard.press("Escape")
    staff.wen.page.keyboard.press("g")
    staff.wen.page.keyboard.press("r")
    staff.wen.page.locator("h1", has_text="依申请台账").wait_for()
    staff.wen.page.set_viewport_size({"width": 390, "height": 900})
    staff.wen.page.locator(".gk-bottom-more summary").click()
    expect(staff.wen.page.get_by_role("link", name="年度报告")).to_be_visible()
    staff.wen.looks_right()
    phone.opens("/apply?find=没有的")
    phone.looks_right()
