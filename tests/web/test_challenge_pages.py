"""The pages on which 复议, 诉讼 and corrections are handled, and who finds them."""

import re
from collections.abc import Callable
from io import BytesIO

from tests import challenged, correcting
from tests.challenged import RECONSIDERATION, request_answered
from tests.office import Matter, Office
from tests.web.conftest import Guest

Login = Callable[[str], Guest]

_REVISION = re.compile(r'name="revision" value="(\d+)"')
_FILE = re.compile(r'href="(/office/files/[^"]+)"')


def case_path(office: Office, matter: Matter) -> str:
    """Return where a case is shown."""
    with office.engine.read() as work:
        return f"/office/cases/{matter.case(work).public_id}"


def task_path(office: Office, matter: Matter, element: str) -> str:
    """Return where an open step is done."""
    with office.engine.read() as work:
        return f"/office/tasks/{matter.open_task(work, element).public_id}"


def text(guest: Guest, path: str) -> str:
    """Return a page that is there."""
    answer = guest.gets(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_what_came_is_registered_with_its_papers(
    office: Office, logged_in: Login
) -> None:
    request = request_answered(office)
    wen = logged_in("wen")
    assert "登记复议、诉讼" in text(wen, "/office/inbox")
    path = wen.posts("/office/new/review_and_litigation").headers["Location"]
    page = text(wen, path)
    assert request.number in page
    answer = wen.posts(
        f"{path}/complete",
        revision=_REVISION.findall(page)[0],
        outcome="registered",
        **{
            **RECONSIDERATION,
            "request": challenged.public_id(request),
            "files-uploads": (BytesIO("申请书副本".encode()), "复议申请书.txt"),
        },
    )
    assert answer.status_code == 302
    page = text(wen, answer.headers["Location"])
    assert "复议申请书.txt" in page
    assert "云府复〔2026〕3号" in page
    assert "提出行政复议答复" in page
    assert "3月16日" in page
    (file,) = set(_FILE.findall(page))
    assert logged_in("luo").gets(file).status_code == 200
    for login in ("fang", "lin", "shen"):
        assert logged_in(login).gets(file).status_code == 404


def test_the_legal_reviewer_is_offered_to_begin_one(logged_in: Login) -> None:
    assert "登记复议、诉讼" in text(logged_in("fang"), "/office/inbox")
    assert "登记复议、诉讼" not in text(logged_in("lin"), "/office/inbox")


def test_the_page_of_each_step_of_a_challenge_is_there(
    office: Office, logged_in: Login
) -> None:
    matter = challenged.challenged(office, RECONSIDERATION, request_answered(office))
    pages = {name: logged_in(name) for name in ("wen", "fang", "luo")}
    shown = {
        "draft_defence": ("wen", "证据清单"),
        "legal_check_defence": ("fang", "答复在期限内作出，内容合法。"),
        "approve_defence": ("luo", "送达回证，证明已经送达"),
        "submit_defence": ("wen", "怎样提交的"),
        "await_result": ("wen", "当面交区政府行政复议窗口"),
        "archive_challenge": ("wen", "结果维持"),
    }
    for element, (login, words) in shown.items():
        if not matter.assignee:
            office.people[login].claims(matter, element)
        assert words in text(pages[login], task_path(office, matter, element))
        challenged.does(office, matter, element)
    assert "结果维持" in text(pages["luo"], case_path(office, matter))


def test_the_request_s_page_tells_that_it_is_challenged(
    office: Office, logged_in: Login
) -> None:
    request = request_answered(office)
    matter = challenged.challenged(office, RECONSIDERATION, request)
    page = text(logged_in("wen"), case_path(office, request))
    assert "行政复议（云川区人民政府，云府复〔2026〕3号）　尚未审结" in page
    assert case_path(office, matter) in page


def test_a_suit_that_should_have_come_after_reconsideration_is_pointed_out(
    office: Office, logged_in: Login
) -> None:
    request = request_answered(office)
    with office.engine.work() as work:
        request.row(work).decision_code = "D24"
    matter = challenged.challenged(office, challenged.LAWSUIT, request)
    page = text(logged_in("wen"), task_path(office, matter, "draft_defence"))
    assert "没有先经过复议" in page


def test_the_page_of_each_step_of_a_correction_is_there(
    office: Office, logged_in: Login
) -> None:
    matter = correcting.begins(office)
    pages = {name: logged_in(name) for name in ("wen", "shen", "luo")}
    shown = {
        "register_correction": ("wen", "由哪个科室核实"),
        "check_record": ("shen", "家庭人口4人"),
        "decide_correction": ("wen", "对照户口簿，人口少登记1人。"),
        "approve_correction": ("luo", "更正政府信息告知书"),
        "serve_correction": ("wen", "送达方式"),
        "archive_correction": ("wen", "保管期限"),
    }
    for element, (login, words) in shown.items():
        if not matter.assignee:
            office.people[login].claims(matter, element)
        assert words in text(pages[login], task_path(office, matter, element))
        correcting.does(office, matter, element)
    assert "更正成" in text(pages["luo"], case_path(office, matter))


def test_the_section_reads_the_record_and_not_where_somebody_lives(
    office: Office, logged_in: Login
) -> None:
    matter = correcting.requested(office)
    page = text(logged_in("shen"), task_path(office, matter, "check_record"))
    assert "家庭人口3人" in page
    for word in ("11010519491231002X", "13800138000", "云川区青云路8号"):
        assert word not in page
    assert "13800138000" in text(logged_in("wen"), case_path(office, matter))
    assert "沈清查看了这个事项。" in matter.history


def test_the_proof_is_read_by_those_who_handle_it(
    office: Office, logged_in: Login
) -> None:
    matter = correcting.requested(office)
    page = text(logged_in("wen"), case_path(office, matter))
    (file,) = set(_FILE.findall(page))
    assert logged_in("shen").gets(file).status_code == 200
    for login in ("lin", "fang", "he"):
        assert logged_in(login).gets(file).status_code == 404


def test_staff_of_another_agency_finds_neither(
    office: Office, logged_in: Login
) -> None:
    lin = logged_in("lin")
    matters = [
        challenged.challenged(office, RECONSIDERATION),
        correcting.requested(office),
    ]
    for matter in matters:
        assert lin.gets(case_path(office, matter)).status_code == 404
