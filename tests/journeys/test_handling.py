"""A request at the desk: registered, looked at, answered, and found in the register."""

import pytest
from playwright.sync_api import expect

from tests.journeys.acts import begins, fills, presses, submits, takes
from tests.journeys.asking import BY_POST
from tests.journeys.conftest import People, Visitor

SUBJECT = "2025年部门预算执行情况报告"
HANDED_IN = {
    "收到渠道": "当面提交",
    "提交日期": "2026-03-02",
    "申请内容": SUBJECT,
    "信息的形式": "纸质",
    "怎样给申请人": "邮寄",
    "申请人类别": "自然人",
    "姓名或者名称": "张晓明",
    "证件": "居民身份证",
    "证件号码": "11010519491231002X",
    "联系电话": "13800138000",
    "通信地址": "云川区青云路8号",
}


@pytest.fixture(params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """What a page does does not depend on the database."""
    return str(request.param)


def looks_right(person: Visitor) -> None:
    """Read the page as it stands on a telephone and at a desk."""
    for width in (390, 1440):
        person.page.set_viewport_size({"width": width, "height": 900})
        person.finds_nothing_serious()
        person.scrolls_only_down()
    assert person.page.locator("h1").count() == 1


def test_a_request_from_the_counter_to_the_answer(staff: People) -> None:
    wen = staff.wen
    begins(wen, "登记公开申请")
    looks_right(wen)
    fills(wen, HANDED_IN)
    submits(wen, "登记")
    expect(wen.page.get_by_text("500199003-2026-00001").first).to_be_visible()
    expect(wen.page.get_by_text("张晓明")).to_have_count(0)
    looks_right(wen)
    presses(wen, "查看申请人和申请原文")
    expect(wen.page.get_by_text("张晓明")).to_be_visible()
    looks_right(wen)
    takes(wen, SUBJECT)
    looks_right(wen)
    fills(wen, {"怎样办": "直接拟答复（当场答复、重复、信访、出版物等）"})
    submits(wen, "提交")
    takes(wen, SUBJECT)
    fills(wen, {"办理结果": "D10　部分公开"})
    looks_right(wen)
    fills(wen, {"办理结果": "D01　已主动公开"})
    fills(wen, {"到哪里获取或者查询": "区政府网站“预算公开”栏目"})
    submits(wen, "提交")
    takes(staff.luo, SUBJECT)
    looks_right(staff.luo)
    submits(staff.luo, "签发")
    takes(wen, SUBJECT)
    fills(
        wen,
        {
            "送达方式": "邮寄送达（邮政企业）",
            "交邮或者发出日期": "2026-03-02",
            "邮件号码": "XA12345678911",
        },
    )
    submits(wen, "登记送达")
    takes(wen, SUBJECT)
    submits(wen, "归档")
    wen.opens("/office/requests?standing=all")
    expect(wen.page.get_by_text("D01 已主动公开").last).to_be_visible()
    looks_right(wen)


def test_the_page_of_a_consultation(staff: People) -> None:
    wen = staff.wen
    begins(wen, "登记公开申请")
    fills(wen, HANDED_IN)
    submits(wen, "登记")
    takes(wen, SUBJECT)
    fills(wen, {"怎样办": "直接办理（征求意见、延期、收费等）"})
    submits(wen, "提交")
    takes(wen, SUBJECT)
    fills(wen, {"要办什么": "征求意见（条例第32、33、34条）"})
    looks_right(wen)
    fills(
        wen,
        {
            "征求谁的意见": "第三方（逾期不答复，由本机关决定）",
            "对象": "中标人",
            "第三方姓名或者名称": "云川建设有限公司",
            "涉及的信息": "投标文件中的报价明细",
        },
    )
    submits(wen, "办理所选事项")
    takes(wen, f"第三方意见：{SUBJECT}")
    looks_right(wen)
    fills(wen, BY_POST)
    submits(wen, "签发")
    looks_right(wen)
