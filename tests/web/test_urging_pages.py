"""催办 on the pages, without any script."""

import re
from collections.abc import Callable

from tests.office import Office
from tests.web.conftest import Guest


def test_a_step_is_urged_from_the_case_page(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    with office.engine.read() as work:
        case = f"/office/cases/{matter.case(work).public_id}"
    lin, zhou = logged_in("lin"), logged_in("zhou")
    link = re.search(r"/office/tasks/[\w-]+/urge", text(lin, case))
    assert link is not None
    assert "现在由周砚办理" in text(lin, link[0])
    assert lin.posts(link[0], words="急" * 201).status_code == 422
    assert lin.posts(link[0], words="周五要发。").headers["Location"] == case
    page = text(zhou, "/office/inbox")
    assert "催办 1" in page
    notice = re.search(r'<a href="([^"]+)">林晓雯催办', page)
    assert notice is not None
    page = text(zhou, notice[1])
    assert "：周五要发。" in page
    assert f'href="{link[0].removesuffix("/urge")}">去办理</a>' in page
    again = lin.posts(link[0])
    assert again.status_code == 409
    assert "没有催办：林晓雯已于 3月2日 10:00 催办过" in again.get_data(as_text=True)


def text(guest: Guest, path: str) -> str:
    """Return a page's text."""
    return guest.gets(path).get_data(as_text=True)
