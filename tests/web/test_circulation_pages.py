"""抄送, 关注 and 我发起 on the pages, without any script."""

from collections.abc import Callable

from tests.office import Office
from tests.web.conftest import Guest


def test_a_case_is_shown_to_somebody_who_reads_it(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.drafts()
    with office.engine.read() as work:
        case = f"/office/cases/{matter.case(work).public_id}"
    lin, peng = logged_in("lin"), logged_in("peng")
    assert peng.gets(case).status_code == 404
    assert "彭越" in text(lin, f"{case}/copy")
    missing = lin.posts(f"{case}/copy", words="供参考。")
    assert missing.status_code == 422
    assert "供参考。" in missing.get_data(as_text=True)
    sent = lin.posts(f"{case}/copy", to=[office.peng.public_id], words="供参考。")
    assert sent.headers["Location"] == case
    assert "未读" in text(lin, case)
    assert "供参考。" in text(peng, "/office/copied")
    page = text(peng, case)
    assert f'href="{case}/copy"' not in page
    assert peng.gets(f"{case}/copy").status_code == 403
    page = text(lin, case)
    assert "已阅 1 / 1" in page
    assert "未读" not in page


def test_a_case_is_followed_and_its_change_shown_until_it_is_opened(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.drafts()
    with office.engine.read() as work:
        case = f"/office/cases/{matter.case(work).public_id}"
    lin = logged_in("lin")
    assert "还没有关注的事项" in text(lin, "/office/followed")
    assert lin.posts(f"{case}/follow").headers["Location"] == case
    assert "有变化</span>" not in text(lin, "/office/followed")
    office.zhou.claims(matter, "section_review")
    page = text(lin, "/office/followed")
    assert "有变化</span>" in page
    assert "周砚领取了“科室审核”。" in page
    assert "取消关注" in text(lin, case)
    assert "有变化</span>" not in text(lin, "/office/followed")
    lin.posts(f"{case}/unfollow")
    assert "还没有关注的事项" in text(lin, "/office/followed")
    assert case in text(lin, "/office/started")


def text(guest: Guest, path: str) -> str:
    """Return a page's text."""
    return guest.gets(path).get_data(as_text=True)
