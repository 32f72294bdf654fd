"""What people of an office do on its pages, in the office's words."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import People, Visitor

#: What is filled into a field: words, the name of a choice, or several of them.
Answer = str | Path | Sequence[str] | None


#: A short notice of our own, of Monday, 2 March 2026.
TITLE = "关于公布2026年培训安排的通知"
HEAD = "云川区人民政府办公室关于公布2026年培训安排的通知\n\n各镇人民政府：\n"
TAIL = "云川区人民政府办公室\n2026年3月2日\n"


def notice(folder: Path, lines: str) -> Path:
    """Write the notice with these lines in it; return where it is."""
    file = folder / "正文.txt"
    file.write_text(f"{HEAD}{lines}{TAIL}", encoding="utf-8")
    return file


# A form.


def fills(person: Visitor, answers: Mapping[str, Answer]) -> None:
    """Fill in fields by their labels; nothing is filled in for None."""
    for label, answer in answers.items():
        if answer is not None:
            _fill(_field(person, label), answer)


def submits(person: Visitor, button: str) -> None:
    """Press a button and be told that it was taken."""
    presses(person, button)
    taken = person.page.get_by_text("已提交。")
    refused = person.page.locator("#error-summary, #missing-note, .gk-login-card")
    taken.or_(refused).first.wait_for()
    assert taken.is_visible(), refused.all_inner_texts()


def presses(person: Visitor, button: str) -> None:
    """Press a button."""
    person.page.get_by_role("button", name=button, exact=True).click()


def _field(person: Visitor, label: str) -> Locator:
    named = re.compile(rf"^\s*{re.escape(label)}\s*(（可以不|$)")
    label_of = person.page.locator(".gk-label", has_text=named)
    found = person.page.locator(".gk-field", has=label_of)
    assert found.count() == 1, f"{found.count()} fields are called {label}"
    # What belongs to one outcome is folded under its name.
    folded = person.page.locator("details.gk-other:not([open])", has=found)
    if folded.count():
        folded.locator("summary").click()
    return found


def _fill(field: Locator, answer: Answer) -> None:
    if isinstance(answer, Path):
        field.locator("input[type=file]").set_input_files(answer)
    elif not isinstance(answer, str):
        for each in answer or ():
            _option(field, each).check()
    elif field.locator("select").count():
        field.locator("select").select_option(label=answer)
    elif field.locator("input[type=radio]").count():
        _option(field, answer).check()
    else:
        field.locator("textarea, input").fill(answer)


def _option(field: Locator, name: str) -> Locator:
    named = field.page.get_by_text(name, exact=True)
    return field.locator(".gk-option", has=named).locator("input")


# Tasks.


def takes(person: Visitor, title: str) -> None:
    """领取 from the list of what may be claimed, which opens the task; what came back
    to somebody is in hand at once."""
    if may_claim(person, title):
        person.page.get_by_role("button", name=f"领取“{title}”").first.click()
    else:
        person.opens("/office/inbox")
        person.page.locator(".gk-row a", has_text=title).first.click()
    person.page.locator("h1", has_text=title).wait_for()
    person.page.locator("#task-form").wait_for()


def may_claim(person: Visitor, title: str) -> bool:
    """Whether something about a matter is to be claimed by somebody."""
    person.opens("/office/unclaimed")
    return person.page.get_by_role("button", name=f"领取“{title}”").count() > 0


def decides(person: Visitor, title: str, button: str, opinion: str = "") -> None:
    """Take a task, write an opinion and press a button."""
    takes(person, title)
    if opinion:
        person.page.locator("#opinion").fill(opinion)
    submits(person, button)


def sends_back(
    person: Visitor, title: str, button: str, reason: str, opinion: str
) -> None:
    """Take a task and say what is to be changed, and for which coded reason."""
    takes(person, title)
    person.page.locator("#opinion").fill(opinion)
    other = person.page.locator("details.gk-other")
    other.locator("summary", has_text=button).click()
    other.get_by_text(reason, exact=True).click()
    submits(person, button)


# Reminders.


def reminders(person: Visitor) -> list[str]:
    """Return what somebody is reminded of, as it stands under 待领."""
    person.opens("/office/unclaimed")
    rows = person.page.locator(".gk-row", has=person.page.get_by_text("督办"))
    return rows.locator(".gk-col-title a").all_inner_texts()


def waits_for(person: Visitor, words: str) -> None:
    """Wait until somebody is reminded of something."""
    person.waits_until_shown("/office/unclaimed", words)


def acknowledges(person: Visitor, words: str) -> None:
    """Open a reminder, read what it is about, and press 知道了."""
    person.opens("/office/unclaimed")
    person.page.get_by_role("link", name=words).click()
    expect(person.page.get_by_text(words).first).to_be_visible()
    presses(person, "知道了")
    person.page.get_by_role("heading", name="待领").or_(
        person.page.get_by_role("heading", name="待办")
    ).first.wait_for()


# The draft.

_USUAL = {
    "公文种类": "一般公文",
    "签发情况": "新拟，还没有签发",
    "拟公开属性": "主动公开",
    "舆情风险评估": "不用做",
}


def begins(person: Visitor, what: str) -> None:
    """起办."""
    person.page.locator("summary", has_text="新建").click()
    person.page.get_by_role("button", name=what, exact=True).click()
    person.page.locator("#task-form").wait_for()


def drafts(
    person: Visitor, file: Path, title: str, says: Mapping[str, Answer] | None = None
) -> None:
    """拟稿: begin a document, fill in the form, submit; `says` is what is unusual."""
    begins(person, "新建公文")
    asked = "文件标有密级，或者可能涉密吗"
    fills(person, {asked: "没有密级标志，也不涉密", "标题": title, "正文": file})
    fills(person, {**_USUAL, **(says or {})})
    submits(person, "提交审核")


# What explains it.

_PLAN = {
    "解读重点": "变了什么、谁受益、怎么办理。",
    "解读时间": "同步",
    "解读形式": ["文字解读"],
    "发布渠道": ["政府网站"],
}
PARTS = {
    "背景依据": "依据《政府信息公开条例》，结合本区实际制定。",
    "目标任务": "让群众和企业看得到、看得懂、问得到。",
    "主要内容": "从公开内容、解读回应、平台建设、制度规范四个方面提出任务。",
    "执行标准": "各单位按职责分工落实，年底前报送情况。",
}


def plans(
    person: Visitor, title: str, says: Mapping[str, Answer] | None = None
) -> None:
    """拟解读方案."""
    takes(person, title)
    fills(person, {**_PLAN, **(says or {})})
    submits(person, "提交方案")


def explains(
    person: Visitor, title: str, says: Mapping[str, Answer] | None = None
) -> None:
    """拟解读材料."""
    takes(person, title)
    fills(person, {**PARTS, **(says or {})})
    submits(person, "提交材料")


# The review before publication.

STATED = {
    "内容表述": "表述准确，不会误读。",
    "公开时机": "印发后即可公开。",
    "公开方式": "在政府网站主动公开。",
}


def prepares_copy(person: Visitor, title: str) -> None:
    """制作公开件: answer what was found as suggested, say three things, submit."""
    takes(person, title)
    answers_findings(person)
    fills(person, STATED)
    submits(person, "制作公开件并送审")


def answers_findings(person: Visitor) -> None:
    """Answer each finding as it is suggested; where words are asked for, with words."""
    for card in person.page.locator(".gk-findings .gk-finding").all():
        card.locator(".gk-segments label").first.click()
        words = card.locator(".gk-when-explain textarea")
        if words.is_visible():
            words.fill("核对过原件，情况属实。")


def reviews_items(person: Visitor, title: str, answer: str = "不涉及") -> None:
    """Take a task and give each item of each paper the same answer."""
    takes(person, title)
    for item in person.page.locator("[data-item]").all():
        item.get_by_role("radio", name=answer, exact=True).check()


def passes_secrecy(person: Visitor, title: str) -> None:
    """保密审查: nothing is involved in any item."""
    reviews_items(person, title, "不涉及")
    person.page.locator("#opinion").fill("经逐项审查，可以公开。")
    submits(person, "审查通过")


def passes_content(person: Visitor, title: str) -> None:
    """合法性和五关审查."""
    reviews_items(person, title, "通过")
    fills(person, {"是否含有其他机关没有公开的信息": "没有"})
    person.page.locator("#opinion").fill("内容合法，可以公开。")
    submits(person, "审查通过")


def lets_out(person: Visitor, title: str, day: str) -> None:
    """审定发布: on the website, for everybody, on a day."""
    takes(person, title)
    fills(person, {"发布渠道": ["政府网站"], "向谁公开": "所有人", "发布日期": day})
    person.page.locator("#opinion").fill("同意公开。")
    submits(person, "批准发布")


# Several steps, each taken by the usual person.


def is_signed(office: People, title: str) -> None:
    """The section agrees, the head signs, the seal is put under it."""
    decides(office.section, title, "同意", "内容属实，公开属性准确。")
    decides(office.head, title, "签发", "同意。")
    decides(office.documents, title, "已用印", "核对无误，已用印。")


def is_reviewed(office: People, title: str, *, levels: int = 2) -> None:
    """Public copies are made and reviewed by three people, or four."""
    prepares_copy(office.drafter, title)
    for reader in (office.section, office.secrecy, office.head)[:levels]:
        passes_secrecy(reader, title)
    passes_content(office.lawyer, title)


# The public.


def reads(citizen: Visitor, title: str) -> None:
    """Wait until a document is on the public list, and open it."""
    citizen.opens("/")
    citizen.waits_until_shown("/", title)
    citizen.opens("/")
    citizen.page.locator(".gk-found a", has_text=title).click()
    citizen.page.locator("h1", has_text=title).wait_for()


def downloads(person: Visitor, link: str) -> bytes:
    """Click on a link and return the file that comes."""
    with person.page.expect_download() as coming:
        person.page.get_by_role("link", name=link).click()
    return Path(coming.value.path()).read_bytes()


# What is changed after the publication.


def asks_to_change(person: Visitor, document: str, what: str, why: str) -> None:
    """更正、撤回、失效: begin a case and say what is to be done with a document."""
    begins(person, "更正、撤回、失效")
    fills(person, {"哪份文件": document, "要做什么": what, "理由（公众看得到）": why})
    fills(person, {"原来的内容还能看到什么": "留着"})


def brings_instead(person: Visitor, file: Path) -> None:
    """Choose the file that is to stand in the place of the only one that is out."""
    person.page.get_by_text("已存").wait_for()
    person.page.get_by_role("link", name="列出它的材料").click()
    person.page.get_by_label("现在公开的是").set_input_files(file)


def is_changed(person: Visitor, change: str, day: str) -> None:
    """审定更改: it happens on a day."""
    takes(person, change)
    fills(person, {"生效日期": day, "审定意见": "同意更改。"})
    submits(person, "批准")
