"""The search in the header: what its page shows, and what comes into no address."""

import pytest
from sqlalchemy import select

from models.records import HistoryEntry
from tests.asking import IDENTITY, received, since
from tests.fixtures import Lived
from tests.office import Office
from tests.web.conftest import Guest


def live(office: Office) -> None:
    """Register a request, and draft a document."""
    since(office, "2026-03-02")
    received(office, "2026-03-02")
    office.lin.drafts(title="关于青云桥维修工程的通知")


@pytest.fixture
def lived() -> Lived:
    return live


def access_sentences(office: Office) -> list[str]:
    with office.engine.read() as work:
        return list(
            work.session.scalars(
                select(HistoryEntry.sentence).where(
                    HistoryEntry.event == "personal_data_searched"
                )
            )
        )


def test_words_go_into_the_address(guest: Guest) -> None:
    guest.logs_in("lin")
    answer = guest.posts("/office/search", q="青云桥")
    assert answer.status_code == 302
    assert answer.location == "/office/search?q=%E9%9D%92%E4%BA%91%E6%A1%A5"
    page = guest.gets(answer.location).get_data(as_text=True)
    assert "关于<mark>青云桥</mark>维修工程的通知" in page
    assert "2 条" in page


def test_nothing_found_says_what_to_try(guest: Guest) -> None:
    guest.logs_in("lin")
    page = guest.gets("/office/search?q=白鹭桥").get_data(as_text=True)
    assert "没有找到。只查得到自己有权看的事项。" in page


def test_the_empty_page_says_what_can_be_found(guest: Guest) -> None:
    guest.logs_in("lin")
    page = guest.gets("/office/search").get_data(as_text=True)
    assert "输入标题、正文、意见里的字" in page


@pytest.mark.parametrize("typed", [IDENTITY, "110105 19491231 002x", "13800138000"])
def test_a_number_of_a_person_is_found_on_the_record(
    guest: Guest, office: Office, typed: str
) -> None:
    guest.logs_in("wen")
    answer = guest.posts("/office/search", q=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert '按号码查找申请 <small role="status">1 件</small>' in page
    assert typed not in page
    assert access_sentences(office) == [
        f"{office.wen.name}按证件号码、电话或者邮箱查找申请，找到1件。"
    ]


def test_who_may_not_look_at_applicants_finds_none(
    guest: Guest, office: Office
) -> None:
    guest.logs_in("lin")
    page = guest.posts("/office/search", q=IDENTITY).get_data(as_text=True)
    assert "没有找到用这个号码提出的申请。" in page
    assert access_sentences(office) == [
        f"{office.lin.name}按证件号码、电话或者邮箱查找申请，找到0件。"
    ]


def test_a_part_of_a_number_finds_nobody(guest: Guest) -> None:
    guest.logs_in("wen")
    page = guest.posts("/office/search", q=IDENTITY[:17]).get_data(as_text=True)
    assert "没有找到用这个号码提出的申请。" in page


def test_a_number_in_the_address_is_not_looked_for(
    guest: Guest, office: Office
) -> None:
    guest.logs_in("wen")
    page = guest.gets(f"/office/search?q={IDENTITY}").get_data(as_text=True)
    assert "不能放在网址里查找" in page
    assert IDENTITY not in page
    assert access_sentences(office) == []


@pytest.mark.parametrize("after", ["x", "9.1.1", "1.20269999.1", "1.20260302.5"])
def test_a_place_that_is_none_is_no_error(guest: Guest, after: str) -> None:
    guest.logs_in("lin")
    page = guest.gets(f"/office/search?q=青云桥&after={after}&year=x&kind=y")
    assert page.status_code == 200


def test_every_page_has_the_box(guest: Guest) -> None:
    guest.logs_in("lin")
    page = guest.gets("/office/inbox").get_data(as_text=True)
    assert 'role="search" method="post" action="/office/search"' in page
