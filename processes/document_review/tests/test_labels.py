"""标签: what a draft is labelled, and what must then not be public."""

import pytest

from engine.errors import InvalidAnswers
from models.people import Role
from processes.registers.documents import document_of
from tests.office import NOT_PUBLIC, Office, refused


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        # 《政府信息公开条例》Art 17(2).
        ("work_secret", "标为工作秘密的公文不能主动公开，改属性或者改标签"),
        # 《个人信息保护法》Art 25 and 《政府信息公开条例》Art 15.
        (
            "personal",
            "含个人信息的正文不能直接公开：先去标识化，上传处理后的正文，标签改为内部",
        ),
    ],
)
def test_what_must_not_be_public_is_not_proposed_as_public(
    office: Office, label: str, sentence: str
) -> None:
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(label=label)
    assert invalid.value.errors == {"label": [sentence]}


def test_a_work_secret_that_is_not_public_goes_on_under_its_label(
    office: Office,
) -> None:
    matter = office.lin.drafts(label="work_secret", **NOT_PUBLIC)
    assert matter.waits_at == ["科室审核"]
    with office.engine.read() as work:
        document = document_of(work.session, matter.case(work))
        (version,) = document.papers[0].versions
        assert document.label == "work_secret"
        assert document.case.label == "work_secret"
        assert version.file.label == "work_secret"


def test_a_label_changed_after_a_return_stands_on_the_file_too(office: Office) -> None:
    matter = office.lin.drafts(label="work_secret", **NOT_PUBLIC)
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, label="personal", **NOT_PUBLIC)
    with office.engine.read() as work:
        (version,) = document_of(work.session, matter.case(work)).papers[0].versions
        assert version.file.label == "personal"


def test_the_same_file_in_two_matters_has_a_label_in_each(office: Office) -> None:
    open_matter = office.lin.drafts()
    secret = office.lin.drafts(label="work_secret", **NOT_PUBLIC)
    with office.engine.read() as work:
        labels = [
            document_of(work.session, matter.case(work))
            .papers[0]
            .versions[0]
            .file.label
            for matter in (open_matter, secret)
        ]
    assert labels == ["internal", "work_secret"]


def test_a_colleague_goes_on_with_the_text_of_a_returned_draft(
    office: Office,
) -> None:
    bei = office.add_person("bei", "北辰", "信息公开科", (Role.HANDLER, "信息公开科"))
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    office.lin.unclaims(matter, "draft")
    with office.engine.read() as work:
        (version,) = document_of(work.session, matter.case(work)).papers[0].versions
        file = version.file.public_id
    bei.submits(matter, file=file)
    assert matter.waits_at == ["科室审核"]
