"""What a page costs does not grow with what stands in it."""

from collections.abc import Callable

import pytest

from processes.publication.tests.published import lists_more, publishes
from tests.office import Office
from tests.web.conftest import Guest, statements


@pytest.mark.parametrize("path", ["/office/inbox", "/office/unclaimed", "/office/done"])
def test_a_list_asks_as_often_for_ten_rows_as_for_two(
    path: str, office: Office, logged_in: Callable[[str], Guest]
) -> None:
    zhou = logged_in("zhou")
    _work_for_zhou(office)
    with statements(office) as few:
        zhou.gets(path)
    for _ in range(4):
        _work_for_zhou(office)
    with statements(office) as many:
        zhou.gets(path)
    assert len(many) == len(few)


def _work_for_zhou(office: Office) -> None:
    """One matter in hand, one to claim, one done."""
    office.zhou.claims(office.lin.drafts(), "section_review")
    office.lin.drafts()
    office.zhou.agrees(office.lin.drafts(), "section_review")


def test_the_public_list_asks_as_often_for_twenty_as_for_two(
    office: Office, guest: Guest
) -> None:
    notice = publishes(office)
    lists_more(office, notice, 1)
    with statements(office) as few:
        guest.gets("/")
    lists_more(office, notice, 30)
    with statements(office) as many:
        guest.gets("/")
    assert len(many) == len(few)
