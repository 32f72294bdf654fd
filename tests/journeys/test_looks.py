"""Every page at a desk and on a telephone: readable, reachable, nothing serious."""

import pytest
from playwright.sync_api import Browser

from processes.document_review.demonstration_acts import SAMPLES
from tests.journeys.acts import TITLE, begins, drafts, fills, presses, takes
from tests.journeys.conftest import Server, Visitor, visiting

#: What is asked of a draft before anything else.
NOT_SECRET = {"文件标有密级，或者可能涉密吗": "没有密级标志，也不涉密"}


@pytest.fixture(params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """How a page looks does not depend on the database."""
    return str(request.param)


#: Pages that everybody may open.
_PATHS = ("/office/done", "/office/nothing-here", "/", "/documents/none")


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible(served: Server, browser: Browser, width: int) -> None:
    with visiting(browser, served, width) as person:
        person.opens("/office/login")
        _looks_right(person)
        person.logs_in("lin")
        _looks_right(person)
        begins(person, "新建公文")
        _looks_right(person)
        fills(person, NOT_SECRET)
        presses(person, "提交审核")
        person.page.locator("#error-summary").wait_for()
        _looks_right(person)
        person.opens("/office/inbox")
        drafts(person, SAMPLES / "training.txt", TITLE)
        person.page.get_by_text("现在到“科室审核”").wait_for()
        _looks_right(person)
        person.logs_out()
        person.logs_in("zhou")
        person.opens("/office/unclaimed")
        _looks_right(person)
        takes(person, TITLE)
        _looks_right(person)
        for path in _PATHS:
            person.opens(path)
            _looks_right(person)
        person.opens("/office/inbox")
        person.logs_out()
        person.logs_in("qin")
        for path in ("/office/returns", "/office/interpretations"):
            person.opens(path)
            _looks_right(person)
        person.opens("/office/inbox")
        person.logs_out()
        person.logs_in("admin")
        person.opens("/office/incidents")
        _looks_right(person)


def _looks_right(person: Visitor) -> None:
    person.finds_nothing_serious()
    person.scrolls_only_down()
    assert person.page.locator("h1").count() == 1


def test_the_diagram_shows_where_a_case_stands(visitor: Visitor) -> None:
    visitor.logs_in("lin")
    drafts(visitor, SAMPLES / "training.txt", TITLE)
    diagram = visitor.page.locator("#diagram")
    diagram.locator("[data-element-id=section_review].gk-now").wait_for()
    assert diagram.locator("[data-element-id=draft].gk-passed").count() == 1
    assert diagram.locator("[data-element-id=complete].gk-passed").count() == 1
    assert diagram.locator("[data-element-id=section_returned].gk-passed").count() == 0
    assert diagram.get_by_text("当前", exact=True).is_visible()


def test_a_draft_is_kept_on_every_device(
    visitor: Visitor, served: Server, browser: Browser
) -> None:
    visitor.logs_in("lin")
    begins(visitor, "新建公文")
    fills(visitor, {**NOT_SECRET, "标题": "写了一半的标题"})
    visitor.page.get_by_text("已存").wait_for()
    with visiting(browser, served, 390) as elsewhere:
        elsewhere.logs_in("lin")
        elsewhere.page.get_by_role("link", name="写了一半的标题").click()
        assert elsewhere.page.locator("#title").input_value() == "写了一半的标题"


def test_a_clerk_works_with_the_keyboard_alone(visitor: Visitor) -> None:
    visitor.logs_in("lin")
    drafts(visitor, SAMPLES / "training.txt", TITLE, {"拟公开属性": None})
    visitor.opens("/office/inbox")
    keyboard = visitor.page.keyboard
    keyboard.press("j")
    keyboard.press("o")
    visitor.page.locator("#title").wait_for()
    keyboard.press("u")
    visitor.page.get_by_role("heading", name="待办").wait_for()
    keyboard.press("g")
    keyboard.press("c")
    visitor.page.get_by_role("heading", name="待领").wait_for()
