"""The pages on which a request is handled, and who finds them."""

import re
from collections.abc import Callable
from io import BytesIO

from openpyxl import load_workbook

from engine.history import entries
from tests.asking import (
    ALREADY_PUBLIC,
    NOT_THERE,
    POSTED,
    TWICE,
    Asked,
    asks_third_party,
    clarified,
    drafted,
    examined,
    received,
    searched,
    sent_in,
    withdrawn,
)
from tests.office import Office
from tests.web.conftest import Guest

Login = Callable[[str], Guest]

_REVISION = re.compile(r'name="revision" value="(\d+)"')


def case_path(office: Office, asked: Asked) -> str:
    """Return where a request's case is shown."""
    with office.engine.read() as work:
        return f"/office/cases/{asked.case(work).public_id}"


def task_path(office: Office, asked: Asked, element: str) -> str:
    """Return where an open step is done."""
    with office.engine.read() as work:
        return f"/office/tasks/{asked.open_task(work, element).public_id}"


def text(guest: Guest, path: str) -> str:
    """Return a page that is there."""
    answer = guest.gets(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_clerk_begins_to_register_from_the_menu(logged_in: Login) -> None:
    wen = logged_in("wen")
    assert "登记公开申请" in text(wen, "/office/inbox")
    answer = wen.posts("/office/new/information_request")
    page = text(wen, answer.headers["Location"])
    assert "姓名或者名称" in page
    assert "登记公开申请" not in text(logged_in("lin"), "/office/inbox")


def test_the_page_of_each_step_is_there(office: Office, logged_in: Login) -> None:
    wen = logged_in("wen")
    asked = received(office, "2026-03-02")
    page = text(wen, task_path(office, asked, "examine_request"))
    assert asked.number in page
    assert "张晓明" not in page
    searched(office, asked)
    assert "没有查到" in text(wen, task_path(office, asked, "handle_request"))
    office.wen.does(asked, "handle_request", outcome="answer")
    office.wen.claims(asked, "draft_answer")
    page = text(wen, task_path(office, asked, "draft_answer"))
    assert "以“预算执行”为关键词，检索2025年的材料" in page
    drafted(office, asked, **NOT_THERE)
    page = text(logged_in("fang"), task_path(office, asked, "legal_check_answer"))
    assert "政府信息不存在告知书" in page
    page = text(logged_in("tang"), case_path(office, asked))
    assert "答复申请最迟 <b>3月30日 周一</b>" in page


def test_what_lacks_of_a_partial_answer_stands_at_its_place(
    office: Office, logged_in: Login
) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    office.wen.claims(asked, "draft_answer")
    wen = logged_in("wen")
    path = task_path(office, asked, "draft_answer")
    answer = wen.posts(
        f"{path}/complete",
        revision=_REVISION.findall(text(wen, path))[0],
        outcome="submitted",
        code="D10",
        **{"parts.1.part": "第4页名单"},
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "选一项依据" in page
    assert "第4页名单" in page


def test_a_look_at_the_applicant_is_recorded(office: Office, logged_in: Login) -> None:
    asked = received(office, "2026-03-02")
    answer = logged_in("wen").posts(f"{case_path(office, asked)}/applicant")
    page = answer.get_data(as_text=True)
    assert "张晓明" in page
    assert "11010519491231002X" in page
    with office.engine.read() as work:
        last = next(
            entry
            for entry in entries(work.session, f"access:{office.root_id}")
            if entry.event == "personal_data_read"
        )
    assert asked.number in last.sentence
    assert "张晓明" not in last.sentence
    assert "文静查看了申请人信息。" in asked.history


def test_who_searches_does_not_learn_who_asks(office: Office, logged_in: Login) -> None:
    asked = received(office, "2026-03-02")
    searched(office, asked)
    shen = logged_in("shen")
    assert "查看申请人" not in text(shen, case_path(office, asked))
    answer = shen.posts(f"{case_path(office, asked)}/applicant")
    assert answer.status_code == 404


def test_staff_of_another_agency_finds_nothing(
    office: Office, logged_in: Login
) -> None:
    asked = received(office, "2026-03-02")
    for login in ("dai", "liang", "qin"):
        person = logged_in(login)
        assert person.gets(case_path(office, asked)).status_code == 404
        path = f"{case_path(office, asked)}/applicant"
        assert person.posts(path).status_code == 404
        assert asked.number not in text(person, "/office/requests?standing=all")


def test_the_register_is_filtered(office: Office, logged_in: Login) -> None:
    done = received(office, "2026-03-02")
    withdrawn(office, done)
    late = received(office, "2026-03-02")
    paused = received(office, "2026-03-02")
    examined(office, paused, "handle")
    office.wen.does(
        asks_third_party(office, paused),
        "send_inquiry",
        outcome="sent",
        **POSTED,
    )
    office.clock.set("2026-03-31")
    marked = sent_in(office, "2026-03-17")
    examined(office, marked, "clarify")
    clarified(office, marked, "2026-03-31")
    wen = logged_in("wen")

    def shown(query: str) -> list[str]:
        page = text(wen, f"/office/requests?{query}")
        every = (done, late, paused, marked)
        return [each.number for each in every if f">{each.number}<" in page]

    assert shown("") == [late.number, paused.number, marked.number]
    assert shown("standing=overdue") == [late.number]
    assert shown("standing=paused") == [paused.number]
    assert shown("standing=irregular") == [marked.number]
    assert shown("standing=closed") == [done.number]
    assert shown("standing=all&code=D53") == [done.number]
    assert shown("standing=all&channel=internet") == [marked.number]
    assert shown("standing=all&year=2025") == []
    sheet = load_workbook(
        BytesIO(wen.gets("/office/requests.xlsx?standing=overdue").data)
    ).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["申请编号", late.number]
    assert rows[1][6:8] == ("2026-03-30", "逾期")


def test_what_is_like_it_and_what_was_asked_before_is_shown(
    office: Office, logged_in: Login
) -> None:
    before = received(office, "2026-03-02")
    other = sent_in(
        office,
        "2026-03-02",
        personal={
            "name": "王五",
            "identity_number": "110105194912310000",
            "content": "2025年部门预算执行情况的报告",
        },
    )
    asked = received(office, "2026-03-02")
    page = text(logged_in("wen"), task_path(office, asked, "examine_request"))
    assert "同一申请人以前的申请 1 件" in page
    assert "内容相近的申请" in page
    assert before.number in page
    assert other.number in page


def test_the_proof_of_a_search_is_read_by_the_office_and_nobody_else(
    office: Office, logged_in: Login
) -> None:
    asked = received(office, "2026-03-02")
    proof = office.shen.uploads("检索界面显示没有结果。", "检索截图.txt")
    searched(office, asked, proof=proof)
    path = f"/office/files/{proof}"
    assert "检索界面" in logged_in("wen").gets(path).get_data(as_text=True)
    assert logged_in("dai").gets(path).status_code == 404


def test_a_clerk_records_a_withdrawal_on_its_page(
    office: Office, logged_in: Login
) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    office.luo.does(asked, "sign_answer", outcome="signed")
    wen, path = logged_in("wen"), f"{case_path(office, asked)}/withdrawal"
    assert "登记申请人撤回" in text(wen, case_path(office, asked))
    assert "答复还在本机关" in text(wen, path)
    assert wen.posts(path, happened_on="2026-03-02").status_code == 422
    assert wen.posts(path, happened_on="三月").status_code == 422
    done = wen.posts(path, happened_on="2026-03-02", not_handed_over="yes")
    assert done.status_code == 302
    assert asked.result == ("D53", "2026-03-02")
    assert wen.gets(path).status_code == 404


def test_only_a_clerk_records_a_withdrawal(office: Office, logged_in: Login) -> None:
    asked = received(office, "2026-03-02")
    path = f"{case_path(office, asked)}/withdrawal"
    assert logged_in("luo").posts(path, happened_on="2026-03-02").status_code == 404
    assert logged_in("dai").gets(path).status_code == 404


def test_what_is_void_stands_in_the_register(office: Office, logged_in: Login) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "void", **TWICE)
    tang = logged_in("tang")
    assert "提出登记有误：同一件申请重复登记" in text(tang, case_path(office, asked))
    office.tang.does(asked, "confirm_void", outcome="agreed")
    assert asked.number in text(tang, "/office/requests?standing=void")
    assert asked.number not in text(tang, "/office/requests?standing=open")
    assert "3月2日作废" in text(tang, case_path(office, asked)).replace(" ", "")
