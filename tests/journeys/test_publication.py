"""A document on its way through four people, clicked in a real browser."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from engine.office_plans import OfficePlan, read_office
from engine.offices import fill
from engine.work import Engine
from processes.document_review.demonstration_acts import SAMPLES
from tests.journeys.conftest import ROOT, Server, Visitor, visiting
from tests.office import PASSWORD


def begins(person: Visitor, what: str = "新建公文") -> None:
    """新建: choose what to begin."""
    person.page.locator("summary[aria-label=新建]").click()
    person.page.get_by_role("button", name=what).click()


def drafts(person: Visitor, file: Path, *, title: str, attribute: str | None) -> None:
    """拟稿: begin a document, fill in the form, submit."""
    begins(person)
    person.page.get_by_label("标题").fill(title)
    person.page.locator("input[type=file]").set_input_files(file)
    person.page.get_by_label("生成日期").fill("2026-03-02")
    if attribute:
        person.page.get_by_role("radio", name=attribute).check()
    person.page.get_by_role("button", name="提交审核").click()


def takes(person: Visitor, title: str) -> None:
    """领取 from the list of what may be claimed, which opens the task."""
    person.opens("/office/unclaimed")
    person.page.get_by_role("button", name=f"领取“{title}”").click()
    person.page.locator("h1", has_text=title).wait_for()


def decides(person: Visitor, button: str, opinion: str) -> None:
    """Write an opinion and press a button."""
    person.page.get_by_role("textbox", name="意见").fill(opinion)
    person.page.get_by_role("button", name=button, exact=True).click()
    person.page.get_by_text("已提交。").wait_for()


TITLE = "云川区人民政府办公室关于开展2026年政务公开业务培训的通知"


def test_four_people_publish_a_document(visitor: Visitor) -> None:
    visitor.logs_in("lin")
    drafts(visitor, SAMPLES / "training.txt", title=TITLE, attribute="主动公开")
    visitor.page.get_by_text("现在到“科室审核”").wait_for()
    visitor.logs_out()

    visitor.logs_in("zhou")
    takes(visitor, TITLE)
    decides(visitor, "同意", "内容属实，公开属性准确。")
    visitor.logs_out()

    visitor.logs_in("gao")
    takes(visitor, TITLE)
    decides(visitor, "审查通过", "经审查不涉及国家秘密、工作秘密。")
    visitor.logs_out()

    visitor.logs_in("liang")
    takes(visitor, TITLE)
    visitor.page.get_by_role("radio", name="政府网站").check()
    decides(visitor, "批准", "同意公开。")

    visitor.waits_until_shown("/", TITLE)
    visitor.logs_out()
    visitor.opens("/")
    visitor.page.get_by_role("link", name=TITLE).click()
    header = visitor.page.locator(".gk-header")
    assert header.get_by_text("500199002/2026-00001").is_visible()
    assert header.get_by_text("2026年3月2日").count() == 2
    assert header.get_by_text("主动公开").is_visible()


def test_a_document_without_attribute_comes_back_at_once(visitor: Visitor) -> None:
    visitor.logs_in("lin")
    drafts(visitor, SAMPLES / "training.txt", title=TITLE, attribute=None)
    visitor.page.get_by_text("系统退文：没有公开属性建议").wait_for()
    visitor.page.get_by_role("link", name="办理：拟稿").click()
    # What was typed is still there; only the attribute is missing.
    assert visitor.page.get_by_label("标题").input_value() == TITLE
    visitor.page.get_by_role("radio", name="主动公开").check()
    visitor.page.get_by_role("button", name="提交审核").click()
    visitor.page.get_by_text("现在到“科室审核”").wait_for()


def test_the_head_finds_an_overdue_matter_once(
    visitor: Visitor, served: Server
) -> None:
    visitor.logs_in("lin")
    drafts(visitor, SAMPLES / "training.txt", title=TITLE, attribute="主动公开")
    visitor.page.get_by_text("现在到“科室审核”").wait_for()
    visitor.logs_out()
    # 科室审核 may take two working days, to Wednesday, 4 March.
    served.set_clock("2026-03-05", "09:00")
    visitor.logs_in("qin")
    visitor.waits_until_shown("/office/unclaimed", "应于3月4日办结")
    visitor.opens("/office/unclaimed")
    assert visitor.page.locator(".gk-row").count() == 1
    visitor.page.get_by_role("link", name="科室审核").click()
    visitor.page.get_by_role("button", name="知道了").click()
    visitor.opens("/office/unclaimed")
    assert visitor.page.get_by_text("没有等着领取的事项").is_visible()


def test_two_people_press_at_the_same_moment(
    visitor: Visitor, served: Server, browser: Browser
) -> None:
    visitor.logs_in("lin")
    drafts(visitor, SAMPLES / "training.txt", title=TITLE, attribute="主动公开")
    visitor.page.get_by_text("现在到“科室审核”").wait_for()
    visitor.logs_out()
    visitor.logs_in("zhou")
    takes(visitor, TITLE)
    with visiting(browser, served) as same_person_elsewhere:
        same_person_elsewhere.logs_in("zhou")
        same_person_elsewhere.page.get_by_role("link", name=TITLE).click()
        decides(same_person_elsewhere, "同意", "同意。")
    visitor.page.get_by_role("textbox", name="意见").fill("第二段还要核对。")
    visitor.page.get_by_role("button", name="同意", exact=True).click()
    visitor.page.get_by_text("没有提交：已由周砚于").wait_for()
    assert visitor.page.get_by_role("textbox", name="意见").input_value() == (
        "第二段还要核对。"
    )


def test_a_real_notice_is_published_by_its_own_issuer(
    notices: Path,
    browser: Browser,
    run_server: Callable[[Callable[[Engine], None]], Server],
    copy_of: Callable[[Path], Path],
) -> None:
    file = copy_of(next(notices.glob("001_*.txt")))
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    title = next(line for line in lines if line.endswith("的通知"))
    last_sentence = next(line for line in reversed(lines) if len(line) > 30)
    plan = read_office(ROOT / "config" / "demonstration" / "office.toml")
    issuer = next(root for root in plan.roots if "利通" in root.name)
    logins = _by_role(issuer)

    def prepare(engine: Engine) -> None:
        with engine.work() as work:
            fill(work, OfficePlan((issuer,)), lambda _login: PASSWORD)

    with visiting(browser, run_server(prepare)) as person:
        person.logs_in(logins["handler"])
        begins(person)
        person.page.get_by_label("标题").fill(title)
        person.page.locator("input[type=file]").set_input_files(file)
        person.page.get_by_label("文号").fill("吴利政办发〔2020〕60号")
        person.page.get_by_label("生成日期").fill("2020-09-21")
        person.page.get_by_role("radio", name="主动公开").check()
        person.page.get_by_role("button", name="提交审核").click()
        person.page.get_by_text("现在到“科室审核”").wait_for()
        for role, button in (
            ("section_head", "同意"),
            ("secrecy_reviewer", "审查通过"),
            ("disclosure_head", "批准"),
        ):
            person.logs_out()
            person.logs_in(logins[role])
            takes(person, title)
            if role == "disclosure_head":
                person.page.get_by_role("radio", name="政府网站").check()
            decides(person, button, "同意。")
        person.waits_until_shown("/", "/documents/")
        person.opens("/")
        person.page.locator(".gk-found a", has_text=title).click()
        header = person.page.locator(".gk-header")
        assert header.get_by_text("吴利政办发〔2020〕60号").is_visible()
        assert header.get_by_text("640302001/2026-00001").is_visible()
        assert person.page.get_by_text(last_sentence).is_visible()


def _by_role(root: object) -> dict[str, str]:
    people = root.people  # type: ignore[attr-defined] # a RootPlan
    return {role.role.value: person.login for person in people for role in person.roles}
