"""拟稿: what is asked before anything is taken in, and what a draft must not say."""

from datetime import date

import pytest

from engine.errors import InvalidAnswers, NotAllowed
from models.documents import PaperRole
from processes.registers.documents import document_of
from tests.office import Matter, Office, refused


def test_only_a_handler_begins_a_document(office: Office) -> None:
    with refused(NotAllowed, match="您不担任这个角色"):
        office.zhou.begins()


def test_the_drafter_has_a_new_document_in_hand_at_once(office: Office) -> None:
    office.lin.begins()
    # Five working days from Monday 2 March.
    assert office.lin.in_hand == [("拟稿", date(2026, 3, 9))]  # Monday


@pytest.mark.parametrize("answer", ["secret", "unsure"])
def test_a_secret_is_stopped_before_anything_else_is_judged(
    office: Office, answer: str
) -> None:
    # 保守国家秘密法 Art 31(3).
    matter = office.lin.begins()
    with refused(InvalidAnswers) as invalid:
        office.lin.does(matter, "draft", outcome="submitted", secrecy=answer)
    (sentence,) = invalid.value.errors.pop("secrecy")
    assert invalid.value.errors == {}
    assert "不要上传" in sentence
    assert "保密审查员" in sentence


def test_a_draft_needs_title_text_and_kind(office: Office) -> None:
    matter = office.lin.begins()
    with refused(InvalidAnswers) as invalid:
        office.lin.does(matter, "draft", outcome="submitted", title="  ")
    assert invalid.value.errors == {
        "secrecy": ["先答文件是否涉密"],
        "title": ["写明公文标题"],
        "file": ["选择正文文件"],
        "kind": ["选一种公文种类"],
        "signed_before": ["选一项签发情况"],
        "is_sensitive": ["选一项：要不要做舆情风险评估"],
    }


def test_a_document_that_was_signed_before_says_when_it_was_formed(
    office: Office,
) -> None:
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(formed_on="")
    assert invalid.value.errors == {"formed_on": ["写明生成日期"]}


def test_a_document_is_not_formed_or_signed_in_the_future(office: Office) -> None:
    tomorrow = "2026-03-03"  # Tuesday
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(formed_on=tomorrow, signed_on=tomorrow)
    assert invalid.value.errors == {
        "formed_on": ["生成日期不能晚于今天"],
        "signed_on": ["成文日期不能晚于今天"],
    }


def test_a_number_names_one_document(office: Office) -> None:
    old = {"formed_on": "2020-09-21", "document_number": "云川府办发〔2020〕60号"}
    office.lin.drafts(**old)
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(**old)
    assert invalid.value.errors == {
        "document_number": [
            "文号“云川府办发〔2020〕60号”已经登记在另一份公文上，核对一下"
        ]
    }


def test_number_and_dates_of_a_new_document_are_not_taken_from_its_draft(
    office: Office,
) -> None:
    matter = office.lin.drafts(signed_before="no", document_number="自编1号")
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        assert (document.document_number, document.formed_on) == ("", None)


def test_attachments_stay_as_long_as_the_draft_names_them(office: Office) -> None:
    table = office.lin.uploads("镇街,人数\n", "附件1 名额分配.txt")
    plan = office.lin.uploads("第一天 报到\n", "附件2 日程.txt")
    matter = office.lin.drafts(attachments=[table, plan])
    assert attachments(office, matter) == ["附件1 名额分配", "附件2 日程"]
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, attachments=[plan])
    assert attachments(office, matter) == ["附件2 日程"]


def test_a_document_is_issued_by_the_own_agency_or_by_the_government_above_it(
    office: Office,
) -> None:
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(issuer="区财政局")
    assert invalid.value.errors == {"issuer": ["从列出的发文机关里选一个"]}


def test_the_issuer_does_not_sign_jointly_with_itself(office: Office) -> None:
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(joint_issuers=["区政府办", "区财政局"])
    assert invalid.value.errors == {
        "joint_issuers": ["区政府办是发文机关，联合发文只选其他单位"]
    }


def attachments(office: Office, matter: Matter) -> list[str]:
    """Return the names of a document's attachments."""
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        return [paper.title for paper in document.papers_of(PaperRole.ATTACHMENT)]
