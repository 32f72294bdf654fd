"""Files of old documents become drafts: what they say is entered, the rest is asked."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models.documents import Document, Origin
from models.workflow import Case
from processes.document_review.importing import Imported, import_file, read_file
from tests.office import Office

#: Header of a website, own number, signature: everything is told.
COMPLETE = (
    "云川区人民政府办公室关于做好2019年防汛工作的通知\n"
    "索引号 500199002/2019-00011 文号 云川府办发〔2019〕7号 生成日期 2019-05-20\n"
    "内容分类 应急管理 发布机构 云川区政府办\n\n"
    "各镇人民政府、街道办事处：\n"
    "按照《重庆市防汛条例》和云川府发〔2018〕3号文件要求，现将有关事项通知如下。\n"
    "一、压实防汛责任\n各镇街要落实值班制度。\n"
    "云川区政府办\n2019年5月17日\n（此件公开发布）\n"
)

#: Neither title nor number nor signature; cites another document's number.
BARE = (
    "各镇人民政府、街道办事处，区政府各部门：\n"
    "为贯彻落实《关于做好政务公开工作的通知》（云川府办发〔2017〕60号）要求，"
    "现就有关事项通知如下。\n一、认真做好信息公开\n各单位要按时公开。\n"
)


def imports(office: Office, name: str, text: str) -> Imported:
    """Let 林晓雯 take a file in."""
    with office.lin.work() as work:
        return import_file(work, read_file(name, text.encode()))


def test_what_a_document_says_of_itself_is_entered(office: Office) -> None:
    imported = imports(office, "防汛.txt", COMPLETE)
    assert dict(imported.entered) == {
        "title": "云川区人民政府办公室关于做好2019年防汛工作的通知",
        "document_number": "云川府办发〔2019〕7号",
        "signed_on": "2019-05-17",
        "formed_on": "2019-05-20",
        "index_number": "500199002/2019-00011",
        "category": "应急管理",
        "attribute": "public",
        "issuer": "云川区政府办",
    }
    assert imported.asked == ("secrecy", "kind", "is_sensitive")


def test_what_it_does_not_say_is_asked_and_never_guessed(office: Office) -> None:
    imported = imports(office, "公开.txt", BARE)
    assert dict(imported.entered) == {}
    assert imported.asked == (
        *("title", "document_number", "signed_on", "formed_on", "index_number"),
        *("category", "attribute", "issuer", "secrecy", "kind", "is_sensitive"),
    )


def test_an_imported_file_is_a_draft_in_the_hands_of_its_handler(
    office: Office,
) -> None:
    imports(office, "防汛.txt", COMPLETE)
    imports(office, "公开.txt", BARE)
    assert [name for name, _ in office.lin.in_hand] == ["拟稿", "拟稿"]
    with office.engine.read(office.lin.id) as work:
        titles = work.session.scalars(select(Case.title).order_by(Case.id)).all()
        origins = set(work.session.scalars(select(Document.origin)))
    assert titles == [
        "云川区人民政府办公室关于做好2019年防汛工作的通知",
        "（还没有标题）公开.txt",
    ]
    assert origins == {Origin.IMPORTED}


def test_the_same_file_is_registered_once(office: Office) -> None:
    imports(office, "防汛.txt", COMPLETE)
    again = imports(office, "又一份.txt", COMPLETE)
    assert (again.case, again.refused) == ("", "已经登记过")
    assert len(office.lin.in_hand) == 1


def test_a_file_with_a_secret_mark_is_not_taken_in(office: Office) -> None:
    imported = imports(office, "密件.txt", "机密★5年\n\n" + BARE)
    assert imported.case == ""
    assert imported.refused.startswith("有密级标志，没有登记")
    assert office.lin.in_hand == []


#: What each real notice says of itself.
NOTICES = {
    "000": {"title", "signed_on", "issuer"},
    "001": {
        *("title", "document_number", "signed_on", "formed_on", "index_number"),
        *("issuer", "attribute", "category"),
    },
    "002": {"title"},
    "004": {"signed_on", "issuer", "attribute"},
}


@pytest.mark.parametrize("number", sorted(NOTICES))
def test_a_real_notice_says_this_of_itself(
    notices: Path, office: Office, number: str
) -> None:
    (file,) = notices.glob(f"{number}_*.txt")
    with office.lin.work() as work:
        imported = import_file(work, read_file(file.name, file.read_bytes()))
    # Their issuers are none of this office's, so the issuer is asked here.
    assert set(imported.entered) == NOTICES[number] - {"issuer"}
