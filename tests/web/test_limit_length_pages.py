"""时限设置: the system administrator sees what another length moves before it holds."""

from collections.abc import Callable
from datetime import date

import pytest

from engine.history import entries, verify
from tests.office import Office
from tests.web.conftest import Guest
from tests.web.test_pages import text

DRAFT = "/office/time-limits/document_review/draft"


@pytest.fixture
def admin(logged_in: Callable[[str], Guest]) -> Guest:
    """The system administrator of the district."""
    return logged_in("admin")


def test_every_limit_stands_there_with_its_source(admin: Guest) -> None:
    page = text(admin, "/office/time-limits")
    assert "公文公开属性审签" in page
    assert "5个工作日" in page
    # Counted day by day by the 条例, and by days that a person fixes: not to be set.
    assert "/office/time-limits/information_request/answer" not in page
    assert DRAFT in page


def test_what_would_move_is_shown_and_nothing_moves(
    office: Office, admin: Guest
) -> None:
    matter = office.lin.begins()
    page = text(admin, f"{DRAFT}?length=7")
    assert "1 件会变" in page
    # Monday the 2nd: five days to Monday the 9th, seven to Wednesday the 11th.
    assert page.index("3月9日") < page.index("3月11日")
    assert matter.limit("draft").due_on == date(2026, 3, 9)


def test_what_runs_is_counted_anew_only_where_that_is_asked_for(
    office: Office, admin: Guest
) -> None:
    before = office.lin.begins()
    reason = "按区政府办2026年第3号通知。"
    answer = admin.posts(DRAFT, length="7", reason=reason)
    assert answer.headers["Location"] == "/office/time-limits?renewed=0"
    assert before.limit("draft").due_on == date(2026, 3, 9)
    assert office.lin.begins().limit("draft").due_on == date(2026, 3, 11)
    answer = admin.posts(DRAFT, length="6", reason=reason, running="yes")
    assert answer.headers["Location"] == "/office/time-limits?renewed=2"
    assert before.limit("draft").due_on == date(2026, 3, 10)
    assert before.history[-1] == (
        "“拟稿”的期限从3月9日改为3月10日。时限由5个工作日改为6个工作日，重新计算。"
    )
    with office.engine.read() as work:
        told = entries(work.session, f"settings:{office.root_id}")[0].sentence
        assert told.endswith(f"起改为新值。{reason}")
        assert verify(work.session) == []


def test_a_statutory_limit_is_only_shortened(admin: Guest) -> None:
    # Art 26: twenty working days.
    path = "/office/time-limits/document_review/publication"
    answer = admin.gets(f"{path}?length=21")
    assert answer.status_code == 422
    assert "只能缩短" in answer.get_data(as_text=True)
    assert admin.gets(f"{path}?length=15").status_code == 200


@pytest.mark.parametrize("length", ["", "五", "0", "1000", "-3"])
def test_a_length_is_a_number(admin: Guest, length: str) -> None:
    assert admin.gets(f"{DRAFT}?length={length}").status_code == 422
    assert admin.posts(DRAFT, length=length, reason="改。").status_code == 422


def test_why_it_changes_is_written_down(office: Office, admin: Guest) -> None:
    answer = admin.posts(DRAFT, length="7", reason=" ", running="yes")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "写明为什么改" in page
    assert 'value="7"' in page
    assert office.lin.begins().limit("draft").due_on == date(2026, 3, 9)
