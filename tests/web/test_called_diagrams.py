"""The case page where one process calls another, or one case came out of another."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.authoring import Process
from tests.engine.check.diagrams import element, user
from tests.engine.folders import begins, deploy, make_folder
from tests.office import Matter, Office
from tests.web.conftest import Guest


def outer(home: Path) -> Process:
    """A process that calls another."""
    return make_folder(
        home,
        "outer",
        "start -> draft -> call -> end",
        user("draft"),
        element("callActivity", "call", calledElement="inner"),
        lanes={"draft": "handler@drafting"},
    )


def inner(home: Path) -> Process:
    """The process that is called."""
    return make_folder(
        home,
        "inner",
        "begin -> check -> over",
        element("startEvent", "begin") + element("endEvent", "over"),
        user("check"),
        lanes={"check": "section_head@drafting"},
    )


@pytest.fixture
def matter(office: Office, tmp_path: Path) -> Matter:
    """A case that stands in the process that its own calls."""
    deploy(office, outer(tmp_path), inner(tmp_path))
    found = begins(office.lin, "outer")
    office.lin.does(found, "draft", outcome="agreed")
    return found


def test_the_page_offers_every_diagram_and_shows_the_one_with_work(
    matter: Matter, logged_in: Callable[[str], Guest]
) -> None:
    page = page_of(matter, logged_in("zhou"))
    options = re.findall(r"<option( selected)? (.*?)>(\w+)</option>", page)
    assert [(chosen.strip(), title) for chosen, _, title in options] == [
        ("", "outer"),
        ("selected", "inner"),
    ]
    assert 'data-current="call"' in options[0][1]
    assert 'data-current="check"' in options[1][1]


def test_each_diagram_is_answered_by_its_name(
    matter: Matter, logged_in: Callable[[str], Guest]
) -> None:
    zhou = logged_in("zhou")
    path = f"{path_of(matter)}/diagram"
    assert 'id="call"' in zhou.gets(path).get_data(as_text=True)
    assert 'id="check"' in zhou.gets(f"{path}?process=inner").get_data(as_text=True)
    assert zhou.gets(f"{path}?process=document_review").status_code == 404


def test_a_called_process_stands_as_one_among_the_steps_that_follow(
    office: Office, tmp_path: Path, logged_in: Callable[[str], Guest]
) -> None:
    deploy(office, outer(tmp_path), inner(tmp_path))
    begun = begins(office.lin, "outer")
    with office.engine.read() as work:
        task = begun.open_task(work, "draft").public_id
    page = logged_in("lin").gets(f"/office/tasks/{task}").get_data(as_text=True)
    assert re.findall(r'<li class="gk-step-later">\s*<b>(\w+)</b>', page) == ["inner"]


def test_a_case_shows_the_one_it_came_out_of_to_those_who_may_read_it(
    matter: Matter, office: Office, logged_in: Callable[[str], Guest]
) -> None:
    came = begins(office.shen, "inner", cause=matter)
    with office.engine.read() as work:
        number = came.case(work).number
    # 秦主任 leads the office that the first case belongs to, 罗局长 the bureau.
    assert number not in page_of(matter, logged_in("qin"))
    page = page_of(came, logged_in("luo"))
    assert "来自" not in page
    assert "引起" not in page


def test_two_cases_of_one_agency_lead_to_each_other(
    matter: Matter, office: Office, logged_in: Callable[[str], Guest]
) -> None:
    came = begins(office.lin, "inner", cause=matter)
    qin = logged_in("qin")
    assert path_of(came) in page_of(matter, qin)
    assert path_of(matter) in page_of(came, qin)


def path_of(matter: Matter) -> str:
    """Return the path of a case's page."""
    with matter.office.engine.read() as work:
        return f"/office/cases/{matter.case(work).public_id}"


def page_of(matter: Matter, reader: Guest) -> str:
    """Return a case's page."""
    answer = reader.gets(path_of(matter))
    assert answer.status_code == 200
    return answer.get_data(as_text=True)
