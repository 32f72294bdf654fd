"""退文: what comes back by itself, with a coded reason that is counted."""

import pytest

from models.workflow import Task
from tests.office import NOT_PUBLIC, ON_REQUEST, Office


def test_a_submission_without_attribute_is_returned_and_counted(
    office: Office,
) -> None:
    # 国办发〔2016〕80号 part 一(一).
    matter = office.lin.drafts(attribute=None)
    assert matter.waits_at == ["拟稿"]
    assert matter.history[-1] == (
        "系统退文：没有公开属性建议。这是区政府办今年第1次退文。"
    )


@pytest.mark.parametrize(
    "answers",
    [
        NOT_PUBLIC | {"attribute_reason": ""},
        NOT_PUBLIC | {"attribute_reason": "   "},
        NOT_PUBLIC | {"ground": ""},
        ON_REQUEST | {"on_request_reason": ""},
        # The reason of another attribute is none.
        {"attribute": "on_request", "attribute_reason": "属于内部事务信息。"},
    ],
)
def test_a_document_that_is_not_public_needs_ground_and_reason(
    office: Office, answers: dict[str, str]
) -> None:
    matter = office.lin.drafts(**answers)
    assert matter.waits_at == ["拟稿"]
    assert matter.history[-1] == (
        "系统退文：没有说明不公开的依据或理由。这是区政府办今年第1次退文。"
    )


def test_on_request_needs_no_ground_but_why_it_is_not_published(
    office: Office,
) -> None:
    # Arts 19 to 21 of the Regulations.
    assert office.lin.drafts(**ON_REQUEST).waits_at == ["科室审核"]


@pytest.mark.parametrize("lacking", ["risk_assessment", "risk_plan"])
def test_a_flagged_document_needs_an_assessment_and_a_plan(
    office: Office, lacking: str
) -> None:
    answers = {
        "is_sensitive": "yes",
        "risk_assessment": "家长可能担心学位减少。",
        "risk_plan": office.lin.uploads("先由教委回应。\n", "处置预案.txt"),
        lacking: "",
    }
    matter = office.lin.drafts(**answers)
    assert matter.waits_at == ["拟稿"]
    assert "没有舆情风险评估或处置预案" in matter.history[-1]


def test_a_flagged_document_with_both_goes_on(office: Office) -> None:
    matter = office.lin.drafts(
        is_sensitive="yes",
        risk_assessment="家长可能担心学位减少。",
        risk_plan=office.lin.uploads("先由教委回应。\n", "处置预案.txt"),
    )
    assert matter.waits_at == ["科室审核"]


def test_what_comes_from_elsewhere_meets_the_same_gate(office: Office) -> None:
    matter = office.lin.drafts(
        formed_on="2026-02-27",  # Friday
        document_number="云川府办发〔2026〕3号",
        attribute=None,
    )
    assert "没有公开属性建议" in matter.history[-1]


def test_returns_are_counted_on(office: Office) -> None:
    matter = office.lin.drafts(attribute=None)
    office.lin.submits(matter, attribute="not_public")
    assert matter.history[-1].endswith("这是区政府办今年第2次退文。")


def test_returns_are_counted_for_each_agency(office: Office) -> None:
    office.lin.drafts(attribute=None)
    matter = office.shen.drafts(attribute=None)
    assert matter.history[-1].endswith("这是区财政局今年第1次退文。")


def test_returns_are_counted_from_the_offices_new_year(office: Office) -> None:
    # In Greenwich it is still 2026.
    office.clock.set("2026-12-31", "23:59")  # Thursday
    office.lin.drafts(attribute=None)
    office.clock.set("2027-01-01", "00:30")  # Friday
    matter = office.lin.drafts(attribute=None)
    assert matter.history[-1].endswith("这是区政府办今年第1次退文。")


def test_the_coded_reason_stands_on_the_submission_that_was_returned(
    office: Office,
) -> None:
    matter = office.lin.begins()
    office.clock.set("2026-03-10")  # Tuesday, after the limit of drafting
    office.fires()
    office.zhou.acknowledges(matter)
    office.lin.submits(matter, attribute=None)
    with office.engine.read() as work:
        coded = work.session.query(Task).filter(Task.reason.is_not(None)).one()
        assert (coded.kind, coded.reason) == ("work", "no_attribute")


def test_a_returned_submission_comes_back_to_its_drafter(office: Office) -> None:
    matter = office.lin.drafts(attribute=None)
    assert matter.assignee == "林晓雯"
    office.lin.submits(matter)
    assert matter.waits_at == ["科室审核"]
