"""What happens around the steps of this process: 解读, 公开前审查, 发布."""

import io
from datetime import date

import docx

from models.documents import Document
from processes.registers.documents import document_of
from processes.registers.interpretations import Standing, standing
from tests import review_answers
from tests.office import NOT_PUBLIC, NOTICE, USUAL_ANSWERS, Matter, Office

CHANGED = NOTICE + "附件：培训安排\n"

MATERIAL = "document.material_with_draft"

#: A plan by which the material follows the document.
LATER = USUAL_ANSWERS["interpretation_plan"] | {"timing": "after", "days_after": "3"}


def test_a_document_goes_through_seven_people_and_is_published(
    office: Office,
) -> None:
    matter = office.brought_to("approve_publication")
    office.liang.lets_out(matter, "2026-03-02")
    office.fires()
    assert matter.waits_at == []
    assert matter.history[-2:] == [
        "“关于做好2026年政务公开培训工作的通知”发布，索引号500199002/2026-00001。",
        "拟稿500199002-2026-0001办结。",
    ]


def test_publication_in_time_meets_the_limit(office: Office) -> None:
    # 《政府信息公开条例》Art 26: Monday, 30 March is the last day.
    matter = office.brought_to("approve_publication")
    office.liang.lets_out(matter, "2026-03-30")
    office.clock.set("2026-03-30", "00:00")
    office.fires()
    assert matter.limit("publication").state == "met"


def test_the_limit_runs_on_until_it_is_public(office: Office) -> None:
    matter = office.brought_to("approve_publication")
    office.liang.lets_out(matter, "2026-03-31")
    office.clock.set("2026-03-30", "23:59")
    office.fires()
    assert matter.limit("publication").state == "running"


def test_a_historical_document_is_published_like_any_other(office: Office) -> None:
    office.sets("organisation.starts_on", "2026-03-01", valid_from=date(2026, 1, 1))
    matter = office.lin.drafts(formed_on="2019-06-03")  # Monday
    office.brings(matter, "approve_publication")
    office.liang.lets_out(matter, "2026-03-02")
    office.fires()
    with office.engine.read() as work:
        document = work.session.query(Document).one()
        assert document.index_number == "500199002/2026-00001"
        assert document.formed_on == date(2019, 6, 3)


def test_an_old_document_is_published_under_the_index_number_that_it_brings(
    office: Office,
) -> None:
    matter = office.lin.drafts(formed_on="2019-06-03", index_number="0110/2019-00325")
    office.brings(matter, "approve_publication")
    office.liang.lets_out(matter, "2026-03-02")
    office.fires()
    with office.engine.read() as work:
        assert work.session.query(Document).one().index_number == "0110/2019-00325"


def test_a_public_policy_document_is_interpreted_before_it_is_signed(
    office: Office,
) -> None:
    matter = office.lin.drafts(kind="policy")
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["拟解读方案"]
    office.brings(matter, "sign")
    assert "秦主任作为第一解读人签发解读方案和材料。" in matter.history


def test_a_policy_document_that_is_not_public_is_not(office: Office) -> None:
    matter = office.brought_to("disclosure_review", kind="policy", **NOT_PUBLIC)
    office.liang.agrees(matter, "disclosure_review")
    assert matter.waits_at == ["签发"]


def test_an_interpretation_that_still_stands_is_not_asked_for_again(
    office: Office,
) -> None:
    matter = office.brought_to("sign", kind="policy")
    office.qin.returns(matter, "sign")
    office.lin.submits(matter, kind="policy", title="关于做好培训的通知")
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]


def test_another_text_is_interpreted_anew(office: Office) -> None:
    matter = office.brought_to("sign", kind="policy")
    office.qin.returns(matter, "sign")
    office.lin.submits(matter, kind="policy", text=CHANGED)
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at != ["签发"]


def test_a_plan_is_enough_for_the_own_document(office: Office) -> None:
    matter = planned(office, issuer="区财政局")
    assert matter.waits_at == ["签发"]


def test_a_plan_without_material_is_returned_by_the_gate_of_the_government(
    office: Office,
) -> None:
    # It was enough when it was planned, and is not when it comes to the office.
    office.sets(MATERIAL, False, valid_from=date(2026, 1, 1))
    office.sets(MATERIAL, True, valid_from=date(2026, 3, 3))  # Tuesday
    matter = planned(office, issuer="区政府", signed_on="2026-03-03")
    assert matter.assignee == "沈清"
    assert matter.history[-1] == (
        "系统退文：没有解读方案或解读材料。这是区财政局今年第1次退文。"
    )


def test_returned_without_material_it_is_planned_again(office: Office) -> None:
    office.sets(MATERIAL, False, valid_from=date(2026, 1, 1))
    office.sets(MATERIAL, True, valid_from=date(2026, 3, 3))  # Tuesday
    matter = planned(office, issuer="区政府", signed_on="2026-03-03")
    office.shen.submits(matter, kind="policy", issuer="区政府")
    office.brings(matter, "office_check")
    assert "“同步组织”通过：文件、方案、材料都有了。" in matter.history


def test_a_government_may_be_content_with_a_plan(office: Office) -> None:
    office.sets(MATERIAL, False, valid_from=date(2026, 1, 1))
    matter = planned(office, issuer="区政府")
    assert matter.waits_at == ["核稿"]


def test_a_sealed_version_leaves_the_interpretation_standing(office: Office) -> None:
    matter = office.brought_to("seal", kind="policy")
    document = docx.Document()
    for line in NOTICE.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    sealed = office.han.uploads(stream.getvalue(), "用印.docx")
    office.han.seals(matter, sealed_version=sealed)
    with office.engine.read() as work:
        found = document_of(work.session, matter.case(work))
        assert standing(work, found) == Standing.SIGNED


def test_what_the_review_returns_goes_back_to_the_drafter(office: Office) -> None:
    matter = office.brought_to("prepare_copy")
    office.lin.does(
        matter,
        "prepare_copy",
        outcome="returned",
        reason="wording",
        opinion="第二段要改。",
    )
    assert matter.waits_at == ["拟稿"]


def test_what_must_not_be_public_gets_another_attribute_that_is_signed(
    office: Office,
) -> None:
    matter = withheld(office)
    assert matter.waits_at == ["拟稿"]
    assert (
        "公开前审查认为“关于做好2026年政务公开培训工作的通知”不能主动公开，"
        "公开属性由拟稿人重新提出。" in matter.history
    )
    office.lin.submits(matter, **NOT_PUBLIC)
    office.zhou.agrees(matter, "section_review")
    office.qin.signs(matter)
    # Its words bear the seal already, and it keeps its number.
    assert matter.waits_at == []
    with office.engine.read() as work:
        document = work.session.query(Document).one()
        assert document.attribute == "not_public"
        assert document.document_number == "云川府办发〔2026〕1号"


def test_it_is_not_proposed_without_an_attribute(office: Office) -> None:
    matter = withheld(office)
    office.lin.submits(matter, attribute=None)
    assert "系统退文：没有公开属性建议" in matter.history[-1]


def test_a_suspected_state_secret_ends_the_case(office: Office) -> None:
    matter = office.brought_to("prepare_copy")
    office.lin.does(matter, "prepare_copy", outcome="stopped")
    office.gao.does(
        matter,
        "report_secret",
        outcome="reported",
        reported_to="区国家保密局",
        reported_on="2026-03-02",
        handling="原件当面移交。",
    )
    assert matter.waits_at == []
    assert matter.history[-1] == "拟稿500199002-2026-0001办结。"


def test_a_bundle_that_is_refused_goes_back_to_the_drafter(office: Office) -> None:
    matter = office.brought_to("approve_publication")
    office.liang.does(
        matter,
        "approve_publication",
        outcome="refused",
        reason="other",
        opinion="等全市统一发布后再发。",
    )
    assert matter.waits_at == ["拟稿"]


def planned(office: Office, issuer: str, signed_on: str = "2026-03-02") -> Matter:
    """Return a policy document of the bureau whose plan lets the material follow."""
    matter = office.shen.drafts(kind="policy", issuer=issuer)
    office.ma.agrees(matter, "section_review")
    office.shen.does(matter, "interpretation_plan", **LATER)
    office.clock.set(signed_on)
    office.luo.does(matter, "interpretation_sign", outcome="signed")
    return matter


def withheld(office: Office) -> Matter:
    """Return a document that the authority asked has found not to be public."""
    matter = office.brought_to("secrecy_second")
    office.gao.does(
        matter,
        "secrecy_second",
        outcome="unsure",
        opinion="拿不准，报请确定。",
        **unsure_items(office, matter),
    )
    office.gao.does(
        matter,
        "request_determination",
        outcome="requested",
        authority="区国家保密局",
        letter_number="云川府办函〔2026〕5号",
        asked_on="2026-03-02",
    )
    office.gao.does(
        matter,
        "record_determination",
        outcome="recorded",
        answer="not_public",
        answered_on="2026-03-02",
        note="不宜公开。",
    )
    return matter


def unsure_items(office: Office, matter: Matter) -> dict[str, str]:
    """Return the answers of a reviewer who is unsure about the first item."""
    with office.engine.read() as work:
        usual = review_answers.usual(work, matter.case(work), "secrecy_second")
    items = {name: value for name, value in usual.items() if name.startswith("items.")}
    first = next(iter(items))
    return items | {first: "unsure", f"{first}.words": "不知道是否涉密。"}
