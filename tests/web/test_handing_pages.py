"""转办, 委派 and 交回 on the pages, without any script."""

import re
from collections.abc import Callable

import pytest

from models.people import Role
from tests.office import Matter, Office
from tests.web.conftest import Guest


@pytest.fixture
def matter(office: Office) -> Matter:
    """A document that Zhou Yan has at 科室审核; Hao Ping could do it as well."""
    office.add_person("hao", "郝平", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    found = office.lin.drafts()
    office.zhou.claims(found, "section_review")
    return found


def text(guest: Guest, path: str) -> str:
    """Return a page's text."""
    return guest.gets(path).get_data(as_text=True)


def task_path(guest: Guest) -> str:
    """Return the path of the first task in a person's 待办."""
    found = re.search(r"/office/tasks/[\w-]+", text(guest, "/office/inbox"))
    assert found is not None
    return found[0]


def test_a_task_is_given_to_another_with_a_reason(
    office: Office, matter: Matter, logged_in: Callable[[str], Guest]
) -> None:
    zhou = logged_in("zhou")
    path = task_path(zhou)
    assert f'href="{path}/hand-over"' in text(zhou, path)
    assert "郝平" in text(zhou, f"{path}/hand-over")
    answer = zhou.posts(
        f"{path}/reassign", revision=2, to=office.hao.public_id, reason="周三起休假。"
    )
    assert answer.status_code == 302
    hao = logged_in("hao")
    assert "周砚转办" in text(hao, "/office/inbox")
    page = text(hao, path)
    assert "<b>周砚转办给您：</b>周三起休假。" in page
    assert matter.assignee == "郝平"


def test_what_is_missing_comes_back_with_what_was_written(
    matter: Matter, logged_in: Callable[[str], Guest]
) -> None:
    zhou = logged_in("zhou")
    path = task_path(zhou)
    answer = zhou.posts(f"{path}/reassign", revision=2, to="", reason="周三起休假。")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "从名单里选一个人。" in page
    assert "周三起休假。" in page
    assert matter.assignee == "周砚"


def test_the_head_gives_a_task_out_from_the_case_page(
    office: Office, matter: Matter, logged_in: Callable[[str], Guest]
) -> None:
    with office.engine.read() as work:
        case = matter.case(work).public_id
    qin = logged_in("qin")
    link = re.search(
        r"/office/tasks/[\w-]+/hand-over", text(qin, f"/office/cases/{case}")
    )
    assert link is not None
    assert "请人先写" not in text(qin, link[0])
    path = link[0].replace("hand-over", "reassign")
    answer = qin.posts(path, revision=2, to=office.hao.public_id, reason="周砚住院。")
    assert answer.headers["Location"] == f"/office/cases/{case}"
    assert matter.assignee == "郝平"


def test_a_delegate_writes_and_gives_back_and_the_owner_completes(
    office: Office, matter: Matter, logged_in: Callable[[str], Guest]
) -> None:
    zhou, dai = logged_in("zhou"), logged_in("dai")
    path = task_path(zhou)
    zhou.posts(
        f"{path}/delegate", revision=2, to=office.dai.public_id, reason="先核数据。"
    )
    assert "已委派戴明" in text(zhou, "/office/inbox")
    page = text(zhou, path)
    assert "<b>已委派给戴明，由您负责。</b>" in page
    assert 'id="task-form"' not in page
    assert "周砚委派" in text(dai, "/office/inbox")
    page = text(dai, path)
    assert "<b>周砚委派给您，写好后交回：</b>先核数据。" in page
    assert "交回周砚" in page
    assert 'name="outcome"' not in page
    answer = dai.posts(
        f"{path}/give-back",
        revision=3,
        opinion="数据属实。",
        **{"handover-answer": "核过了。"},
    )
    assert answer.status_code == 302
    page = text(zhou, path)
    assert "<b>戴明已交回，由您办理。</b>核过了。" in page
    assert "数据属实。" in page
    done = zhou.posts(f"{path}/complete", revision=4, outcome="agreed", opinion="同意")
    assert done.status_code == 302
    assert matter.waits_at == ["签发"]


def test_the_owner_takes_back_what_was_lent(
    office: Office, matter: Matter, logged_in: Callable[[str], Guest]
) -> None:
    zhou = logged_in("zhou")
    path = task_path(zhou)
    office.zhou.lends(matter, "section_review", office.dai)
    zhou.posts(f"{path}/take-back", revision=3)
    assert "<b>已从戴明收回，由您办理。</b>" in text(zhou, path)
    assert logged_in("dai").gets(path).status_code == 404
