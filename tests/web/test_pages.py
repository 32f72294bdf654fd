"""What pages do with what people type, and what they never do."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import people
from models.people import Person
from tests.journeys.conftest import ROOT
from tests.office import Office
from tests.web.conftest import Guest
from web.app import WebSettings, create_app


def text(guest: Guest, path: str) -> str:
    """Return a page's text."""
    return guest.gets(path).get_data(as_text=True)


def draft_path(guest: Guest) -> str:
    """Begin a document; return the path of its first task."""
    return guest.posts("/office/new/document_review").headers["Location"]


def test_invalid_answers_come_back_with_what_was_typed(
    logged_in: Callable[[str], Guest],
) -> None:
    lin = logged_in("lin")
    path = draft_path(lin)
    answer = lin.posts(
        f"{path}/complete", revision=2, title="写好的标题", outcome="submitted"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "写好的标题" in page
    assert "选择正文文件" in page
    assert "<title>有错误：" in page


def test_an_uploaded_file_survives_an_invalid_answer(
    logged_in: Callable[[str], Guest],
) -> None:
    lin = logged_in("lin")
    path = draft_path(lin)
    token = lin.token()
    answer = lin.client.post(
        f"{path}/complete",
        data={
            "csrf_token": token,
            "revision": "2",
            "outcome": "submitted",
            "file-upload": (ROOT / "README.md").open("rb"),
        },
    )
    assert answer.status_code == 422
    assert "README.md" in answer.get_data(as_text=True)


def test_a_file_of_a_wrong_kind_is_refused_in_words(
    logged_in: Callable[[str], Guest], tmp_path: Path
) -> None:
    lin = logged_in("lin")
    path = draft_path(lin)
    program = tmp_path / "通知.docx"
    program.write_bytes(b"MZ\x90\x00" * 100)
    answer = lin.client.post(
        f"{path}/complete",
        data={
            "csrf_token": lin.token(),
            "revision": "2",
            "title": "写好的标题",
            "file-upload": program.open("rb"),
        },
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "不是可以接受的类型" in page
    assert "写好的标题" in page


def test_a_stale_page_cannot_act_and_keeps_what_was_typed(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    zhou = logged_in("zhou")
    link = re.search(r"/office/tasks/[\w-]+", text(zhou, "/office/inbox"))
    assert link is not None
    office.zhou.agrees(matter, "section_review")
    answer = zhou.posts(
        f"{link[0]}/complete", revision=2, opinion="我写的意见", outcome="agreed"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "没有提交：已由周砚于 10:00 办理" in page
    assert "我写的意见" in page


def test_five_wrong_passwords_lock_an_account_for_15_minutes(
    office: Office, guest: Guest
) -> None:
    for _ in range(5):
        assert guest.logs_in("lin", "not the password").status_code == 401
    assert guest.logs_in("lin").status_code == 401
    office.clock.set("2026-03-02", "10:16")
    assert guest.logs_in("lin").status_code == 302


def test_a_login_never_leads_to_another_site(guest: Guest) -> None:
    answer = guest.posts(
        "/office/login",
        login="lin",
        password="correct horse battery",
        next="https://elsewhere.invalid/office/",
    )
    assert answer.headers["Location"] == "/office/inbox"


def test_a_new_password_ends_the_sessions_begun_before(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    lin = logged_in("lin")
    with office.engine.work() as work:
        people.set_password(work, work.session.get_one(Person, office.lin.id), "x" * 12)
    assert lin.gets("/office/inbox").status_code == 302


def test_pages_allow_no_script_or_style_of_anybody_else(guest: Guest) -> None:
    answer = guest.gets("/office/login")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    page = answer.get_data(as_text=True)
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []


def test_the_office_and_the_public_can_be_served_apart(office: Office) -> None:
    settings = WebSettings(b"key", ROOT / ".assets")
    public = create_app(office.engine, settings, pages=("public",)).test_client()
    inside = create_app(office.engine, settings, pages=("office",)).test_client()
    assert public.get("/").status_code == 200
    assert public.get("/office/login").status_code == 404
    assert inside.get("/office/login").status_code == 200
    assert inside.get("/").status_code == 404


def test_a_fault_shows_a_number_and_logs_nothing_that_was_typed(
    office: Office, guest: Guest, caplog: pytest.LogCaptureFixture
) -> None:
    with office.engine.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE document RENAME TO document_gone")
    answer = guest.gets("/?q=身份证号")
    assert answer.status_code == 500
    number = re.search(r"编号 (?:<b>)?([0-9a-f]{8})", answer.get_data(as_text=True))
    assert number is not None
    assert number[1] in caplog.text
    assert "身份证号" not in caplog.text
    # The line is one of ours, not of a library that it ends in.
    assert re.search(r"OperationalError|ProgrammingError", caplog.text)
    assert str(ROOT / "web" / "public") in caplog.text


def test_a_page_that_fails_does_not_say_that_nothing_was_submitted(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    zhou = logged_in("zhou")
    with office.engine.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE task RENAME TO task_gone")
    answer = zhou.gets("/office/done").get_data(as_text=True)
    assert "这一页没有打开" in answer
    assert "什么都没有改变" not in answer


def test_a_restricted_case_is_opened_on_the_record(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        matter.case(work).label = "work_secret"
        public_id = matter.case(work).public_id
    logged_in("zhou").gets(f"/office/cases/{public_id}")
    assert matter.history[-1] == "周砚查看了这个事项。"


def test_a_superiors_notice_names_no_content(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    office.shen.drafts(title="一个不该被外单位看到的标题")
    office.clock.set("2026-03-10")
    office.fires()
    page = text(logged_in("liang"), "/office/unclaimed")
    assert "区财政局" in page
    assert "科室审核" in page
    assert "一个不该被外单位看到的标题" not in page


def test_who_looks_for_a_document_that_has_lapsed_finds_it_under_new(
    logged_in: Callable[[str], Guest],
) -> None:
    assert "更正、撤回、失效" in text(logged_in("lin"), "/office/inbox")
