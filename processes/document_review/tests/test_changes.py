"""What a returned draft changes stands in the history, with old and new."""

from tests.office import NOTICE, Office


def test_a_corrected_draft_says_what_it_changed(office: Office) -> None:
    matter = office.lin.drafts(title="关于培训的通知")
    office.zhou.returns(matter, "section_review")
    office.lin.submits(
        matter,
        title="关于做好培训的通知",
        text=NOTICE + "特此通知。\n",
        category="综合政务",
    )
    assert matter.history[-2] == (
        "林晓雯修改公文：标题从关于培训的通知改为关于做好培训的通知；"
        "正文从第1版改为第2版；内容分类从无改为综合政务。"
    )


def test_an_attribute_added_after_a_return_is_told(office: Office) -> None:
    matter = office.lin.drafts(attribute=None)
    office.lin.submits(matter)
    assert "林晓雯修改公文：公开属性从未定改为主动公开。" in matter.history


def test_a_draft_sent_again_as_it_was_changes_nothing(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter)
    assert not any("修改公文" in sentence for sentence in matter.history)
