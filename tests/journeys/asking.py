"""What an applicant and an office do with a request, on their pages."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

from tests.journeys.acts import Answer, fills, submits
from tests.journeys.conftest import Visitor

CONTENT = "石桥镇2025年高标准农田建设项目验收报告"
IDENTITY = "110101199003074610"

#: Labels of the form that everybody may fill in, and what is chosen.
WANTED = {"form": "电子文件", "delivery": "网上查询页"}


#: 初步审查: nothing is to be searched for.
DIRECTLY = "直接办理（征求意见、延期、收费等）"


class Receipt(NamedTuple):
    """What an applicant takes home."""

    number: str
    code: str
    secret: str


# The applicant, in four questions.


def button(page: Page, name: str) -> None:
    """Press the button of this name that is in sight."""
    page.get_by_role("button", name=name, exact=True).locator("visible=true").click()


def stands_at(page: Page, question: str) -> None:
    """The one question that is asked now."""
    expect(page.get_by_role("heading", level=2, name=question)).to_be_visible()
    visible = page.locator(".gk-asked > h2").locator("visible=true")
    expect(visible).to_have_count(1)


def chooses_agency(page: Page) -> None:
    """Answer the first question."""
    stands_at(page, "向哪个机关申请")
    page.get_by_text("云川区财政局", exact=True).click()
    button(page, "下一步")


def says_what(page: Page, content: str = CONTENT, *, also: str = "") -> None:
    """Answer the second question; `also` is one more box to be ticked."""
    stands_at(page, "您要什么信息")
    page.get_by_label("信息的名称、文号或特征").fill(content)
    page.get_by_text(WANTED["form"], exact=True).click()
    page.get_by_text(WANTED["delivery"], exact=True).click()
    if also:
        page.get_by_label(also).check()
    button(page, "下一步")


def says_who(page: Page, identity: str = IDENTITY) -> None:
    """Answer the third question."""
    stands_at(page, "申请人是谁")
    page.get_by_text("自然人", exact=True).click()
    page.get_by_label("姓名或者单位名称").fill("张三")
    page.get_by_label("证件号码", exact=True).fill(identity)
    page.get_by_label("电话", exact=True).fill("13800138000")
    button(page, "下一步")


def applies(person: Visitor, content: str = CONTENT, *, also: str = "") -> Receipt:
    """Apply in four steps; return what the receipt says."""
    page = person.page
    person.opens("/apply")
    chooses_agency(page)
    says_what(page, content, also=also)
    says_who(page)
    stands_at(page, "核对并提交")
    # What is filled in within three seconds is taken for a program's.
    page.wait_for_timeout(page.evaluate("Math.max(0, 3200 - performance.now())"))
    button(page, "提交申请")
    expect(page.get_by_role("heading", level=1, name="申请收到了")).to_be_visible()
    slip = page.locator(".gk-slip")
    code, secret = slip.locator("dd.gk-code").all_inner_texts()
    return Receipt(written(slip, "申请编号"), code, secret)


def written(slip: Locator, name: str) -> str:
    """Return what a list of names and values says of one name."""
    line = slip.locator("div", has=slip.page.get_by_text(name, exact=True))
    return line.locator("dd").inner_text()


def tracks(person: Visitor, receipt: Receipt) -> None:
    """查询: by the code and the secret of the receipt."""
    page = person.page
    person.opens("/track")
    if page.get_by_label("查询密码").count():
        page.get_by_label("查询码").fill(receipt.code)
        page.get_by_label("查询密码").fill(receipt.secret)
        button(page, "查询")
    expect(page.get_by_text(f"申请编号 {receipt.number}")).to_be_visible()


def told(person: Visitor) -> str:
    """Return how the request stands, as the applicant reads it."""
    return person.page.locator(".gk-stand").inner_text()


# The office.


def row_of(person: Visitor, step: str, about: str) -> Locator:
    """Return the row of a list that asks for a step of a matter."""
    named = re.compile(rf"^\s*{re.escape(step)}\s*$")
    rows = person.page.locator(".gk-row", has_text=about)
    return rows.filter(has=person.page.locator(".gk-col-step", has_text=named))


def takes_step(person: Visitor, step: str, about: str = CONTENT) -> None:
    """Open a step of a matter from a list; claim it where it is to be claimed."""
    person.opens("/office/inbox")
    rows = row_of(person, step, about)
    if not rows.count():
        person.opens("/office/unclaimed")
    expect(rows).to_have_count(1)
    rows.locator("a").first.click()
    claim = person.page.get_by_role("button", name="领取", exact=True)
    form = person.page.locator("#task-form")
    claim.or_(form).first.wait_for()
    if claim.count():
        claim.click()
    form.wait_for()


def does(
    person: Visitor,
    step: str,
    button_name: str,
    answers: Mapping[str, Answer] | None = None,
    about: str = CONTENT,
) -> None:
    """Take a step of a matter, fill in its form and press a button."""
    takes_step(person, step, about)
    fills(person, answers or {})
    submits(person, button_name)


def opens_request(person: Visitor, number: str, standing: str = "全部") -> str:
    """Find a request in the register; return the address of its page."""
    looks_for(person, standing)
    person.page.get_by_role("link", name=number, exact=True).click()
    expect(person.page.get_by_text(number, exact=True).first).to_be_visible()
    return person.page.url.removeprefix(person.address)


def looks_for(person: Visitor, standing: str) -> None:
    """Filter the register by how requests stand."""
    person.opens("/office/requests")
    person.page.get_by_label("状态").select_option(label=standing)
    button(person.page, "筛选")
    expect(person.page.get_by_label("状态")).to_be_visible()


def history(person: Visitor) -> list[str]:
    """Return the sentences of what happened, as the page of a matter tells them."""
    return person.page.locator(".gk-history p").all_inner_texts()


# Acts that come often, with what is usually said.


#: How a letter goes out by post today.
BY_POST = {"怎样送出": "邮寄送达（邮政企业）", "邮件号码": "XA12345678911"}


def by_hand(day: str) -> dict[str, Answer]:
    """Say that a letter was handed over and signed for on a day."""
    return {"怎样送出": "直接送达", "签收或者到达日期": day}


def examined(person: Visitor, way: str, about: str = CONTENT, **more: Answer) -> None:
    """初步审查: which way a request goes."""
    answers = {"怎样办": way, **more}
    does(person, "初步审查", "提交", answers, about)


def asks_to_correct(person: Visitor, day: str, about: str = CONTENT) -> None:
    """告知补正."""
    examined(person, "告知补正", about)
    answers = {
        "哪里不明确": "没有写明是哪一期工程",
        "指导和释明": "写明年份和期次，可以写文号",
        "要补正的事项": "写明期次",
        **by_hand(day),
    }
    does(person, "发补正告知", "签发", answers, about)


def searches(person: Visitor, day: str, about: str = CONTENT) -> None:
    """检索: it is there."""
    answers = {
        "检索范围": "公文系统、2025年档案室",
        "关键词": "高标准农田 验收",
        "材料的年份": "2025年",
        "查到没有": "查到了",
        "结果": "查到验收报告1份，附施工单位报价。",
        "检索日期": day,
    }
    does(person, "检索", "提交检索记录", answers, about)


def acts(person: Visitor, what: str, about: str = CONTENT, **more: Answer) -> None:
    """办理 one thing."""
    answers = {"要办什么": what, **more}
    does(person, "办理", "办理所选事项", answers, about)


def consults(person: Visitor, kind: str, party: str, about: str = CONTENT) -> None:
    """征求意见: begin to ask somebody; the letter is still to be sent."""
    answers: dict[str, Answer] = {
        "征求谁的意见": kind,
        "对象": party,
        "第三方姓名或者名称": "云川建设有限公司" if "第三方" in kind else None,
        "联系方式": "云川区青云路9号",
        "涉及的信息": "验收报告所附的报价明细",
    }
    acts(person, "征求意见（条例第32、33、34条）", about, **answers)


def withholds(person: Visitor, number: int, **said: str) -> None:
    """Fill in one withheld part: which, by what ground, and why."""
    for name, words in said.items():
        field = person.page.locator(f'[id="parts.{number}.{name}"]')
        if name == "ground":
            field.select_option(value=words)
        else:
            field.fill(words)


def files_of(person: Visitor, link: str | re.Pattern[str]) -> bytes:
    """Click on a link and return the file that comes."""
    with person.page.expect_download() as coming:
        person.page.get_by_role("link", name=link).first.click()
    return Path(coming.value.path()).read_bytes()
