"""复议诉讼应对 and 信息更正 in a real browser, at a desk and on a telephone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.acts import Answer, begins, fills, presses, submits
from tests.journeys.asking import takes_step
from tests.journeys.conftest import People, Visitor

MATTER = "2025年部门预算执行情况"
RECORD = "2025年度财政补贴发放登记表"


@pytest.fixture(params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """How a page looks does not depend on the database."""
    return str(request.param)


def file_of(folder: Path, name: str) -> Path:
    """Write a file that comes with the papers."""
    path = folder / f"{name}.txt"
    path.write_text(f"{name}\n", encoding="utf-8")
    return path


def does(
    person: Visitor,
    step: str,
    button: str,
    about: str,
    answers: dict[str, Answer] | None = None,
) -> None:
    """Take a step, look at its page empty and filled in, and press a button."""
    takes_step(person, step, about)
    person.looks_right()
    fills(person, answers or {})
    person.looks_right()
    submits(person, button)


def test_an_agency_answers_before_the_limit_and_must_decide_anew(
    staff: People, tmp_path: Path
) -> None:
    begins(staff.wen, "登记复议、诉讼")
    presses(staff.wen, "登记")
    expect(staff.wen.page.locator("#error-summary")).to_be_visible()
    staff.wen.looks_right()
    # What is asked of 复议 alone stands there once it is chosen.
    fills(staff.wen, {"种类": "行政复议"})
    fills(
        staff.wen,
        {
            "复议适用简易程序": "是，简易程序",
            "复议机关或者法院": "云川区人民政府",
            "案号": "云府复〔2026〕3号",
            "收到副本的日期": "2026-03-02",
            "案由": MATTER,
            "收到的材料": file_of(tmp_path, "申请书副本"),
        },
    )
    submits(staff.wen, "登记")
    staff.wen.looks_right()
    does(
        *(staff.wen, "起草答复书、答辩状", "提交", MATTER),
        {
            "答复、答辩意见": "答复在期限内作出，内容合法。",
            "证据清单": "答复书，证明按时答复",
            "所依据的规范性文件": "《政府信息公开条例》第36条",
            "答复书、答辩状和证据": file_of(tmp_path, "答复书"),
        },
    )
    does(staff.fang, "法制审核", "同意", MATTER)
    does(staff.luo, "审批答复书、答辩状", "同意", MATTER)
    does(
        *(staff.wen, "提交登记", "登记提交", MATTER),
        {"提交日期": "2026-03-02", "怎样提交的": "当面交行政复议窗口"},
    )
    does(
        *(staff.wen, "等待结果", "登记", MATTER),
        {
            "登记什么": "审结的结果",
            "结果": "结果纠正",
            "审结日期": "2026-03-02",
            "哪里被纠正，要做什么": "撤销原答复，重新答复。",
            "要不要重新处理": "要重新作出处理",
            "重新处理的最后一天": "2026-03-23",
        },
    )
    does(
        *(staff.wen, "重新处理", "登记处理完毕", MATTER),
        {"处理完的日期": "2026-03-02", "怎样处理的": "重新作出部分公开的答复。"},
    )
    does(staff.wen, "归档", "归档", MATTER)
    expect(staff.wen.page.get_by_text("撤销原答复，重新答复。")).to_be_visible()
    staff.wen.looks_right()


def test_a_record_is_put_right_and_who_asked_is_told(
    staff: People, tmp_path: Path
) -> None:
    begins(staff.wen, "登记更正申请")
    fills(
        staff.wen,
        {
            "收到日期": "2026-03-02",
            "姓名或者名称": "张晓明",
            "证件": "居民身份证",
            "证件号码": "110101199003074610",
            "联系电话": "13800138000",
            "通信地址": "云川区青云路8号",
            "哪一份记录": RECORD,
            "现在怎样写的": "家庭人口3人",
            "应当怎样写": "家庭人口4人",
            "证据": file_of(tmp_path, "户口簿"),
            "由哪个科室核实": "云川预算科",
        },
    )
    staff.wen.looks_right()
    submits(staff.wen, "登记")
    staff.wen.looks_right()
    does(
        *(staff.shen, "核实记录", "提交", RECORD),
        {
            "核实的结果": "记录不准确，本机关有权更正",
            "怎样核实的，查到了什么": "对照户口簿，少登记1人。",
        },
    )
    does(
        *(staff.wen, "拟处理决定", "提交", RECORD),
        {"决定": "更正", "更正的日期": "2026-03-02", "更正成什么": "家庭人口4人"},
    )
    takes_step(staff.luo, "审批处理决定", RECORD)
    staff.luo.page.get_by_role("link", name="更正政府信息告知书").click()
    expect(staff.luo.page.get_by_text("更正为：家庭人口4人")).to_be_visible()
    staff.luo.looks_right()
    does(staff.luo, "审批处理决定", "同意并签发", RECORD)
    does(
        *(staff.wen, "送达", "登记送达", RECORD),
        {
            "送达方式": "邮寄送达（邮政企业）",
            "交邮或者发出日期": "2026-03-02",
            "邮件号码": "XA12345678911",
        },
    )
    does(staff.wen, "归档", "归档", RECORD)
    staff.wen.looks_right()
