"""The pages of what grows out of many requests: proposals, registers, the archive."""

import re
from io import BytesIO

from openpyxl import load_workbook

from processes.registers.tests.test_archives import closed_request
from processes.registers.tests.test_case_lists import lived
from tests.office import Office
from tests.proposing import asks, gives, proposal_cases, three_ask
from tests.web.test_request_pages import Login, case_path, task_path, text


def rows(data: bytes) -> list[tuple[object, ...]]:
    """Return the rows of a workbook."""
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_the_requests_stand_side_by_side(office: Office, logged_in: Login) -> None:
    asked = three_ask(office)
    (matter,) = proposal_cases(office)
    wen = logged_in("wen")
    with office.engine.read() as work:
        task = matter.open_task(work, "weigh_proposal").public_id
    page = text(wen, f"/office/tasks/{task}")
    for each in asked:
        assert each.number in page
    assert "3 件，3 个申请人" in page
    assert "申请内容一致" in page
    # Each request says so as well.
    assert "转公开500199003-2026-0001" in text(wen, case_path(office, asked[1]))
    answer = wen.posts(f"/office/tasks/{task}/claim")
    assert answer.status_code == 302
    revision = re.search(
        r'name="revision" value="(\d+)"', text(wen, f"/office/tasks/{task}")
    )
    assert revision
    done = wen.posts(
        f"/office/tasks/{task}/complete", revision=revision[1], outcome="proposed"
    )
    assert done.status_code == 302
    with office.engine.read() as work:
        case = matter.case(work).public_id
    assert "拟稿500199003-2026-0001" in text(wen, f"/office/cases/{case}")
    # The drafter finds the text in the form, and where it comes from.
    shen = logged_in("shen")
    page = text(shen, "/office/unclaimed")
    link = re.search(r'href="(/office/tasks/[^"]+)"', page)
    assert link
    page = text(shen, link[1])
    assert "转为主动公开（条例第44条）" in page


def test_a_clerk_marks_what_is_alike(office: Office, logged_in: Login) -> None:
    gives(office, asks(office, "张晓明"))
    asks(office, "李成")
    other = asks(office, "王芳", content="2025年部门预算执行情况的报告")
    wen = logged_in("wen")
    page = text(wen, task_path(office, other, "examine_request"))
    found = re.search(
        r'action="(/office/requests/[^"]+/same)".*?name="other" value="([^"]+)"',
        page,
        re.DOTALL,
    )
    assert found
    answer = wen.posts(found[1], other=found[2])
    assert "转主动公开" in text(wen, answer.headers["Location"])
    assert len(proposal_cases(office)) == 1
    # Who handles no requests of the agency marks nothing.
    assert logged_in("luo").posts(found[1], other=found[2]).status_code == 403
    assert logged_in("dai").posts(found[1], other=found[2]).status_code == 404


def test_the_registers_are_pages_and_tables(office: Office, logged_in: Login) -> None:
    lived(office)
    wen = logged_in("wen")
    page = text(wen, "/office/corrections?standing=all")
    assert "更正500199003-2026-0001" in page
    assert "更正台账" in text(wen, "/office/inbox")
    page = text(wen, "/office/challenges")
    assert "评审报告" in page
    assert "云川区人民法院" in page
    assert "2025年部门预算执行情况" not in page
    table = rows(wen.gets("/office/challenges.xlsx?standing=all").data)
    assert table[0][:3] == ("编号", "案由", "种类")
    assert [row[1] for row in table[1:]] == ["评审报告", "2025年部门预算执行情况"]
    assert [row[6] for row in table[1:]] == ["在办", "已办结"]
    table = rows(wen.gets("/office/corrections.xlsx?standing=closed").data)
    assert table[1][1] == "2025年度财政补贴发放登记表"
    # Nonsense in a filter is no fault.
    page = text(wen, "/office/corrections?year=99999&result=x")
    assert "2024年登记表" in page
    assert "没有这样的事项" in text(wen, "/office/corrections?year=1999")


def test_files_are_listed_and_handed_over(office: Office, logged_in: Login) -> None:
    asked = closed_request(office)
    wen = logged_in("wen")
    page = text(wen, "/office/archive")
    assert asked.number in page
    assert "齐全" in page
    with office.engine.read() as work:
        case = asked.case(work).public_id
    # Without a file there is no list.
    empty = wen.posts("/office/archive/lists", year="2026", retention="30年")
    assert empty.status_code == 409
    assert "从列出的档案里选" in empty.get_data(as_text=True)
    answer = wen.posts(
        "/office/archive/lists", year="2026", retention="30年", files=case
    )
    place = answer.headers["Location"]
    page = text(wen, place)
    assert "移交500199003-2026-0001" in page
    assert rows(wen.gets(f"{place}.xlsx").data)[1][1] == asked.number
    typed = {
        "on": "",
        "handed_by": "文静",
        "receiver": "区档案馆",
        "received_by": "吕平",
    }
    assert wen.posts(f"{place}/handover", **typed).status_code == 422
    typed["on"] = "2026-03-02"
    assert logged_in("luo").posts(f"{place}/handover", **typed).status_code == 403
    assert wen.posts(f"{place}/handover", **typed).status_code == 302
    assert "登记移交" not in text(wen, place)
    page = text(wen, case_path(office, asked))
    assert "已移交 移交500199003-2026-0001" in page
    assert wen.posts(f"{place}/void", reason="错了").status_code == 409


def test_a_wrong_list_is_taken_back(office: Office, logged_in: Login) -> None:
    asked = closed_request(office)
    with office.engine.read() as work:
        case = asked.case(work).public_id
    wen = logged_in("wen")
    place = wen.posts(
        "/office/archive/lists", year="2026", retention="30年", files=case
    ).headers["Location"]
    assert wen.posts(f"{place}/void", reason="").status_code == 409
    assert wen.posts(f"{place}/void", reason="漏了一件").status_code == 302
    assert "已作废" in text(wen, place)
    assert asked.number in text(wen, "/office/archive")
