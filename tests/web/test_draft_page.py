"""The draft's page: what it offers, what it never takes in; and the returns' page."""

import re
from collections.abc import Callable
from io import BytesIO

from models.records import StoredFile
from models.workflow import Case, Draft
from tests.office import NOT_PUBLIC, Office
from tests.web.conftest import Guest


def begun(guest: Guest) -> str:
    """Begin a document; return the path of its draft."""
    return guest.posts("/office/new/document_review").headers["Location"]


def test_with_a_secret_nothing_is_kept(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    # 保守国家秘密法 Art 31(3): neither the file nor what was typed beside it.
    lin = logged_in("lin")
    answer = lin.client.post(
        f"{begun(lin)}/complete",
        data={
            "csrf_token": lin.token(),
            "revision": "2",
            "secrecy": "unsure",
            "title": "某某行动方案",
            "outcome": "submitted",
            "file-upload": (BytesIO("某某行动".encode()), "方案.txt"),
        },
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "不要上传" in page
    assert "某某" not in page
    with office.engine.read() as work:
        assert work.session.query(StoredFile).count() == 0
        assert work.session.query(Draft).one().answers == {"secrecy": "unsure"}


def test_a_secret_answered_late_takes_back_what_was_typed_before(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    lin = logged_in("lin")
    path = begun(lin)
    lin.posts(f"{path}/draft", title="某某行动方案")
    lin.posts(f"{path}/draft", title="某某行动方案", secrecy="secret")
    with office.engine.read() as work:
        assert work.session.query(Draft).one().answers == {"secrecy": "secret"}
        assert work.session.query(Case).one().title == "公文公开属性审签"


def test_the_draft_offers_issuers_joint_issuers_and_grounds(
    logged_in: Callable[[str], Guest],
) -> None:
    shen = logged_in("shen")
    page = shen.gets(begun(shen)).get_data(as_text=True)
    assert re.findall(r"<option[^>]*>(云川[^<]*)</option>", page) == [
        "云川区财政局（本单位）",
        "云川区政府（代拟稿）",
        "云川区政府办（代拟稿）",
    ]
    assert "条例第14条　法律、行政法规禁止公开" in page
    assert "国家秘密</option>" not in page


def test_a_returned_draft_says_above_everything_why(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review", "personal_data")
    lin = logged_in("lin")
    link = re.search(r"/office/tasks/[\w-]+", _text(lin, "/office/inbox"))
    assert link is not None
    page = _text(lin, link[0])
    assert "周砚（科室审核）退回。" in page
    assert "个人信息没有处理。第二段要改。" in page


def test_a_joint_issuer_sees_the_rule_before_it_signs(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.brought_to(
        "co_sign_document", joint_issuers=["区财政局", "区政府"], **NOT_PUBLIC
    )
    office.gu.agrees(matter, "co_sign_document")
    luo = logged_in("luo")
    link = re.search(r"/office/tasks/[\w-]+", _text(luo, "/office/unclaimed"))
    assert link is not None
    page = re.sub(r"<[^>]+>", "", _text(luo, link[0]))
    assert "2 个单位都同意才通过" in page
    assert "区政府 同意" in page
    assert "区财政局 等会签" in page


def test_the_returns_page_leads_to_what_one_may_read(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    office.shen.drafts(attribute=None, title="关于预算公开的通知")
    assert "关于预算公开的通知" in _chosen(logged_in("tang"))
    above = _chosen(logged_in("liang"))
    assert "没有公开属性建议" in above
    assert "关于预算公开的通知" not in above


def test_a_number_of_another_agency_is_not_found(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    office.lin.drafts(attribute=None)
    agency = office.public_id("区政府办")
    path = f"/office/returns?agency={agency}&reason=no_attribute"
    assert logged_in("tang").gets(path).status_code == 404


def _chosen(guest: Guest) -> str:
    """Return the returns' page after a click on its only number."""
    page = _text(guest, "/office/returns")
    link = re.search(r'href="(/office/returns\?year=\d+&amp;agency=[^"]+)"', page)
    assert link is not None
    return _text(guest, link[1].replace("&amp;", "&").partition("#")[0])


def _text(guest: Guest, path: str) -> str:
    return guest.gets(path).get_data(as_text=True)
