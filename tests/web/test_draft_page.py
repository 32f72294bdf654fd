"""The draft's page: what it offers, what it never takes in; and the returns' page."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from models.documents import PaperVersion
from models.records import StoredFile
from models.workflow import Case, Draft
from processes.registers import papers
from tests.office import NOT_PUBLIC, Matter, Office
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


def uploads(guest: Guest, path: str, text: str, **typed: str) -> str:
    """Submit a draft with a text; return the page that answers."""
    answer = guest.client.post(
        f"{path}/complete",
        data={
            "csrf_token": guest.token(),
            "revision": "2",
            "secrecy": "none",
            "outcome": "submitted",
            "file-upload": (BytesIO(text.encode()), "方案.txt"),
            **typed,
        },
    )
    assert answer.status_code == 422
    return answer.get_data(as_text=True)


def in_store(tmp_path: Path) -> list[Path]:
    """Return what lies in the store of files."""
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_a_file_with_a_mark_of_secrecy_is_never_written(
    office: Office, logged_in: Callable[[str], Guest], tmp_path: Path
) -> None:
    # 保守国家秘密法 Art 31(3): not even encrypted, and not for a moment.
    lin = logged_in("lin")
    page = uploads(lin, begun(lin), "机密★1年\n关于某项工作的通知\n", title="某项工作")
    assert (
        "文件“方案.txt”有密级标志，没有收下，也没有留存。不要换个名字再传，不要转发、"
        "复制、拍照，持原件当面报告保密审查员（保守国家秘密法第31条第3项）。"
    ) in page
    assert in_store(tmp_path) == []
    with office.engine.read() as work:
        assert work.session.query(StoredFile).count() == 0


def test_bytes_that_are_locked_are_refused_before_they_are_written(
    office: Office, logged_in: Callable[[str], Guest], tmp_path: Path
) -> None:
    matter = office.lin.drafts(text="某某行动方案")
    locks(office, matter)
    before = in_store(tmp_path)
    lin = logged_in("lin")
    page = uploads(lin, begun(lin), "某某行动方案")
    assert "和一份已经封存的文件一字不差，没有收下，也没有留存" in page
    assert in_store(tmp_path) == before
    with office.engine.read() as work:
        assert work.session.query(StoredFile).count() == 1


def test_an_upload_that_was_locked_since_is_destroyed_when_it_is_refused(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    lin = logged_in("lin")
    path = begun(lin)
    uploads(lin, path, "某某行动方案", title="")
    locks(office, office.shen.drafts(text="某某行动方案"))
    with office.engine.read() as work:
        (mine,) = work.session.query(StoredFile).filter_by(stored_by=office.lin.id)
        named = mine.public_id
    page = lin.posts(
        f"{path}/complete",
        revision="2",
        secrecy="none",
        title="某某行动方案",
        kind="general",
        signed_before="no",
        attribute="public",
        is_sensitive="no",
        outcome="submitted",
        file=named,
    ).get_data(as_text=True)
    assert "已经封存，不能再看、再下载" in page
    assert "传上来的这一份已经销毁，没有留存。" in page
    with office.engine.read() as work:
        assert work.session.query(StoredFile).count() == 1
        drafts = work.session.query(Draft).all()
        assert [draft.answers["file"] for draft in drafts] == [""]


def test_a_secret_answered_late_destroys_what_was_uploaded_before(
    office: Office, logged_in: Callable[[str], Guest], tmp_path: Path
) -> None:
    lin = logged_in("lin")
    path = begun(lin)
    uploads(lin, path, "某某行动方案", title="")
    assert len(in_store(tmp_path)) == 1
    page = lin.posts(
        f"{path}/complete", revision="2", secrecy="secret", outcome="submitted"
    ).get_data(as_text=True)
    assert "传上来还没有提交的文件已经销毁" in page
    assert in_store(tmp_path) == []
    with office.engine.read() as work:
        assert work.session.query(StoredFile).count() == 0


SECRET_SAID = (
    "林晓雯在拟稿时提出这件涉及或者可能涉及国家秘密。已经登记的文件全部封存，"
    "谁也不能再看、再下载。"
)


@pytest.mark.parametrize("answer", ["secret", "unsure"])
def test_a_secret_answered_in_a_returned_draft_locks_all_that_was_registered(
    office: Office, logged_in: Callable[[str], Guest], tmp_path: Path, answer: str
) -> None:
    # The text of before, the one of now, an attachment and the public copies.
    matter = office.lin.drafts(attachments=office.lin.uploads("名单", "附件.txt"))
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, text="改过的正文\n")
    office.brings(matter, "secrecy_first")
    returned = {"outcome": "returned", "opinion": "先改正文。"}
    office.zhou.does(matter, "secrecy_first", reason="not_redacted", **returned)
    office.lin.does(matter, "prepare_copy", reason="wording", **returned)
    said(logged_in("lin"), office, matter, secrecy=answer)
    with office.engine.read() as work:
        versions = work.session.query(PaperVersion).all()
        assert {each.kind for each in versions} == {"office", "public"}
        assert len(versions) == 4
        assert [each for each in versions if each.locked_at is None] == []
        files = [each.file.public_id for each in versions]
    for login in ("lin", "zhou", "qin"):
        for file in files:
            page = logged_in(login).gets(f"/office/files/{file}")
            assert page.status_code == 403
    assert [path for path in (tmp_path / "prepared").rglob("*") if path.is_file()] == []
    assert matter.history.count(SECRET_SAID) == 1


def test_a_secret_said_twice_is_told_once(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    lin = logged_in("lin")
    said(lin, office, matter, secrecy="unsure")
    said(lin, office, matter, secrecy="secret")
    assert matter.history.count(SECRET_SAID) == 1


def test_a_first_draft_said_to_be_secret_has_nothing_to_lock(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.begins()
    said(logged_in("lin"), office, matter, secrecy="secret")
    assert SECRET_SAID not in matter.history


def test_what_was_locked_is_read_again_when_a_person_has_seen_the_original(
    office: Office, logged_in: Callable[[str], Guest]
) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    said(logged_in("lin"), office, matter, secrecy="unsure")
    with office.engine.read() as work:
        (version,) = work.session.query(PaperVersion)
        file = version.file.public_id
    office.lin.does(matter, "draft", outcome="submitted", **filled(file))
    office.brings(matter, "judge_secret_mark")
    assert logged_in("zhou").gets(f"/office/files/{file}").status_code == 403
    office.gao.does(
        matter,
        "judge_secret_mark",
        outcome="cleared",
        opinion="看过纸质原件，不涉密。",
    )
    assert logged_in("zhou").gets(f"/office/files/{file}").status_code == 200


def said(guest: Guest, office: Office, matter: Matter, **typed: str) -> None:
    """Let the page of a draft save itself."""
    with office.engine.read() as work:
        path = f"/office/tasks/{matter.open_task(work, 'draft').public_id}/draft"
    assert guest.posts(path, **typed).status_code == 200


def filled(file: str) -> dict[str, str]:
    """Fill in a draft with a file that is registered already."""
    return {
        "secrecy": "none",
        "title": "关于做好2026年政务公开培训工作的通知",
        "kind": "general",
        "signed_before": "no",
        "attribute": "public",
        "is_sensitive": "no",
        "file": file,
    }


def locks(office: Office, matter: Matter) -> None:
    """Let somebody have found that the papers of a matter may be secret."""
    with office.engine.work() as work:
        papers.lock(work, matter.case(work))


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
