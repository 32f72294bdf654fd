"""公文公开属性审签, as the office says it."""

import pytest

from engine.errors import InvalidAnswers
from tests.office import Office


def test_a_document_goes_through_four_people_and_is_published(office: Office) -> None:
    matter = office.lin.drafts()
    assert matter.waits_at == ["科室审核"]
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["保密审查"]
    office.gao.agrees(matter, "secrecy_review", "不涉及国家秘密，可以公开。")
    assert matter.waits_at == ["审定公开"]
    office.liang.approves(matter, "2026-03-02")
    assert office.fires() == 1
    assert matter.waits_at == []
    assert matter.history[-2:] == [
        "“关于做好2026年政务公开培训工作的通知”发布，索引号500199002/2026-00001。",
        "拟稿500199002-2026-0001办结。",
    ]


def test_a_submission_without_attribute_is_returned_and_counted(
    office: Office,
) -> None:
    matter = office.lin.drafts(attribute=None)
    assert matter.waits_at == ["拟稿"]
    assert matter.history[-1] == (
        "系统退文：没有公开属性建议。这是区政府办今年第1次退文。"
    )


def test_a_non_public_document_needs_a_reason(office: Office) -> None:
    matter = office.lin.drafts(attribute="not_public")
    assert matter.waits_at == ["拟稿"]
    assert "没有说明不主动公开的理由" in matter.history[-1]


def test_a_return_says_what_to_change(office: Office) -> None:
    matter = office.lin.drafts()
    with pytest.raises(InvalidAnswers) as refused:
        office.zhou.does(matter, "section_review", outcome="returned")
    assert refused.value.errors == {
        "reason": ["选一项退回原因"],
        "opinion": ["写明要改什么，拟稿人才知道怎么改"],
    }
