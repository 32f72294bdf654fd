"""What a case's page says first, and what it folds."""

import re

import pytest

from tests.asking import NOT_THERE, Asked, acted, drafted, examined, received, searched
from tests.office import Office
from tests.web.conftest import Guest
from tests.web.test_request_pages import Login, case_path, task_path, text


@pytest.fixture
def asked(office: Office) -> Asked:
    """A request of Monday, 2 March 2026, at its preliminary review."""
    return received(office, "2026-03-02")


def said(page: str) -> str:
    """Return what stands on a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def steps(page: str) -> dict[str, list[str]]:
    """Return the steps of the way by how they stand."""
    found: dict[str, list[str]] = {"done": [], "current": [], "later": []}
    for state, name in re.findall(r'<li class="gk-step-(\w+)".*?<b>(.*?)</b>', page):
        found[state].append(name)
    return found


def test_looks_are_counted_in_one_line_and_listed_below_it(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    wen, path = logged_in("wen"), case_path(office, asked)
    for _ in range(2):
        wen.gets(path)
    wen.posts(f"{path}/applicant")
    page = text(logged_in("tang"), path)
    looks = re.findall(r'<details class="gk-looks">(.*?)</details>', page, re.DOTALL)
    assert len(looks) == 1
    assert "查看 4 次，2 人" in said(looks[0])
    assert said(looks[0]).count("文静查看了这个事项。") == 2
    assert "文静查看了申请人信息。" in said(looks[0])
    assert "查看了" not in said(page.replace(looks[0], ""))


def test_the_way_names_what_is_done_what_is_now_and_what_usually_follows(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    page = text(logged_in("wen"), task_path(office, asked, "examine_request"))
    assert steps(page)["current"] == ["初步审查"]
    assert steps(page)["later"] == [
        *("检索", "办理", "拟答复", "公开前审查", "法制审核", "签发答复"),
    ]
    rest = re.search(r"另有 \d+ 步，看情况才走</summary><p.*?>(.*?)</p>", page)
    assert rest is not None
    assert {"发补正告知", "审批延期", "等待缴费"} <= set(rest[1].split("、"))
    searched(office, asked)
    page = text(logged_in("wen"), case_path(office, asked))
    assert steps(page)["done"][-2:] == ["初步审查", "检索"]
    assert steps(page)["current"] == ["办理"]
    assert steps(page)["later"][0] == "拟答复"


def test_a_long_way_behind_is_folded(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    examined(office, asked, "handle")
    for _ in range(6):
        acted(office, asked, "extend", days="1", reason="材料多。")
        office.tang.does(asked, "approve_extension", outcome="refused", opinion="不用")
    page = text(logged_in("wen"), case_path(office, asked))
    older, _, rest = page.partition("更早的 ")[2].partition("</details>")
    assert "初步审查" in older
    assert len(steps(rest)["done"]) == 6


def test_one_number_leads_and_the_other_says_what_it_is(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    page = said(text(logged_in("wen"), case_path(office, asked)))
    assert page.count(f"申请编号 {asked.number}") == 1
    assert re.search(r"内部编号 申请\S+-2026-0001", page)


def test_the_time_to_answer_stands_first_and_once(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    page = said(text(logged_in("wen"), case_path(office, asked)))
    assert page.count("剩 20 个工作日") == 1
    assert page.index("答复申请最迟 3月30日 周一") < page.index("告知补正最迟")


def test_nothing_is_said_of_papers_where_there_are_none(logged_in: Login) -> None:
    wen = logged_in("wen")
    begun = wen.posts("/office/new/information_request").headers["Location"]
    assert "公文" not in said(text(wen, begun)).partition("前后步骤")[0]


def test_a_field_says_when_it_is_needed(logged_in: Login) -> None:
    wen = logged_in("wen")
    begun = wen.posts("/office/new/information_request").headers["Location"]
    page = said(text(wen, begun))
    assert "通信地址 （可以不填） “怎样给申请人”选“邮寄”的要填" in page
    assert "电子邮箱 “怎样给申请人”选“电子邮件”的要填" in page
    assert (
        "需要什么帮助 （可以不填） “阅读、视听有困难”选“有困难，需要帮助”的可以填"
        in page
    )
    for optional in (
        "同意电子送达",
        "建议主动公开",
        "由代理人提出",
        "阅读、视听有困难",
    ):
        assert f"{optional} （可以不选）" in page
    for needed in ("收到渠道", "信息的形式", "怎样给申请人", "申请人类别", "证件"):
        assert f"{needed} （可以不选）" not in page


def test_sections_are_not_optional_for_those_who_let_search(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    office.wen.claims(asked, "examine_request")
    page = said(text(logged_in("wen"), task_path(office, asked, "examine_request")))
    assert "哪些科室检索 “怎样办”选“交科室检索”的要填" in page
    assert "重复了哪一件 （可以不选）" in page


def test_what_belongs_to_one_outcome_is_asked_beside_its_button(
    office: Office, logged_in: Login
) -> None:
    asked = received(office, "2026-03-02", channel="plain_mail")
    office.wen.claims(asked, "confirm_receipt")
    page = text(logged_in("wen"), task_path(office, asked, "confirm_receipt"))
    own = re.findall(r'<details class="gk-other.*?</details>', page, re.DOTALL)
    assert len(own) == 1
    assert "登记错在哪里" in own[0]
    assert "情况说明" in own[0]
    assert 'value="void"' in own[0]


def test_a_draft_of_an_answer_goes_on_to_its_review(
    office: Office, asked: Asked, logged_in: Login
) -> None:
    searched(office, asked)
    office.wen.does(asked, "handle_request", outcome="answer")
    drafted(office, asked, **NOT_THERE)
    page = text(logged_in("fang"), task_path(office, asked, "legal_check_answer"))
    assert steps(page)["later"] == ["签发答复", "送达答复", "归档"]


def test_the_keys_are_listed(logged_in: Login) -> None:
    page = text(logged_in("wen"), "/office/inbox")
    assert '<dialog class="gk-key-help"' in page
    assert "依申请台账" in page


def test_an_empty_register_says_what_to_do(guest: Guest, logged_in: Login) -> None:
    del guest
    page = said(text(logged_in("wen"), "/office/requests?standing=overdue"))
    assert "没有符合这些条件的申请" in page
    assert "看全部申请" in page


def test_every_usual_step_is_one_of_its_process(office: Office) -> None:
    definitions = office.engine.definitions
    with office.engine.read() as work:
        for process in definitions:
            current = definitions.current(work.session, process.key)
            owners = definitions.parsed(current).owners
            assert {owners.get(step) for step in process.texts.way} <= {process.key}
