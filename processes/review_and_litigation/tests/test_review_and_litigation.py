"""复议诉讼应对: by when the agency answers, who signs, and how it ends."""

from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import InvalidAnswers, NotAllowed
from engine.history import verify
from models.challenges import Challenge
from models.people import Role
from models.requests import InformationRequest
from models.workflow import Case
from processes.registers import challenges
from processes.registers.annual_report import table4
from tests.asking import since
from tests.challenged import (
    LAWSUIT,
    RECONSIDERATION,
    begins,
    challenged,
    defended,
    does,
    public_id,
    request_answered,
)
from tests.office import Matter, Office, refused


@pytest.mark.parametrize(
    ("complaint", "limit", "due"),
    [
        # E27: ten working days over the spring holiday, or five.
        (
            {**RECONSIDERATION, "notified_on": "2026-02-12"},  # Thursday
            "ordinary_answer",
            "2026-03-04",  # Wednesday
        ),
        (
            {**RECONSIDERATION, "is_summary": "yes", "notified_on": "2026-02-12"},
            "summary_answer",
            "2026-02-26",  # Thursday
        ),
        # Fifteen natural days end on Saturday, 3 October, a holiday until the 7th; as
        # those for suing after 复议 do in E24.
        (
            {**LAWSUIT, "notified_on": "2026-09-18"},  # Friday
            "lawsuit_answer",
            "2026-10-08",  # Thursday
        ),
        (
            {
                **LAWSUIT,
                "kind": "litigation_after_reconsideration",
                "notified_on": "2026-03-02",  # Monday
            },
            "lawsuit_answer",
            "2026-03-17",  # Tuesday
        ),
        # The fifteenth day is Saturday, 14 February, on which people work.
        ({**LAWSUIT, "notified_on": "2026-01-30"}, "lawsuit_answer", "2026-02-14"),
        # A Sunday on which nobody works rolls to Monday.
        ({**LAWSUIT, "notified_on": "2026-03-07"}, "lawsuit_answer", "2026-03-23"),
        (
            {**RECONSIDERATION, "notified_on": "2026-03-02"},
            "ordinary_answer",
            "2026-03-16",  # Monday
        ),
    ],
)
def test_the_answer_is_due_by_the_kind_of_challenge(
    office: Office, complaint: dict[str, Any], limit: str, due: str
) -> None:
    since(office, complaint["notified_on"])
    matter = challenged(office, complaint)
    assert str(matter.limit(limit).due_on) == due


def test_what_is_registered_late_is_due_from_the_day_it_came(office: Office) -> None:
    since(office, "2026-03-02")  # Monday
    office.clock.set("2026-03-05")
    matter = challenged(office, RECONSIDERATION)
    assert str(matter.limit("ordinary_answer").due_on) == "2026-03-16"
    assert matter.history[-1] == ("答复期限从2026年3月2日起算，最迟2026年3月16日。")


def test_a_last_day_in_a_year_without_a_notice_is_provisional(office: Office) -> None:
    since(office, "2026-12-25")  # Friday
    matter = challenged(office, {**LAWSUIT, "notified_on": "2026-12-25"})
    # The fifteenth day is Saturday, 9 January; nobody knows the holidays of 2027 yet.
    assert matter.history[-1] == (
        "答复期限从2026年12月25日起算，最迟2027年1月11日（暂定）。"
    )


def test_from_the_papers_to_the_archive(office: Office) -> None:
    request = request_answered(office)
    matter = challenged(office, RECONSIDERATION, request)
    assert matter.waits_at == ["起草答复书、答辩状"]
    defended(office, matter)
    assert matter.waits_at == ["提交登记"]
    office.clock.set("2026-03-09")  # Monday
    does(office, matter, "submit_defence")
    assert matter.limit("ordinary_answer").state == "met"
    office.clock.set("2026-04-20")  # Monday
    does(office, matter, "await_result", result_number="云府复决〔2026〕3号")
    does(office, matter, "archive_challenge")
    assert matter.waits_at == []
    row = row_of(office, matter)
    assert (row.result, str(row.replied_on), str(row.result_on)) == (
        "upheld",
        "2026-03-09",
        "2026-04-20",
    )
    assert "文静登记结果：结果维持，2026年4月20日。" in matter.history
    with office.engine.read() as work:
        assert verify(work.session) == []


def test_the_request_and_its_challenge_tell_of_each_other(office: Office) -> None:
    request = request_answered(office)
    matter = challenged(office, RECONSIDERATION, request)
    number = case_number(office, matter)
    assert request.history[-1] == (
        "这件申请被提起行政复议（云川区人民政府，云府复〔2026〕3号），"
        f"在{number}里应对。"
    )
    with office.engine.read() as work:
        assert matter.case(work).parent_id == request.id
        (found,) = challenges.of_request(work.session, request.row(work))
        assert found.subject == request.row(work).subject


def test_the_legal_reviewer_may_register_what_the_court_has_sent(
    office: Office,
) -> None:
    matter = begins(office, office.fang)
    assert matter.open_steps == ["enter_challenge"]
    office.fang.does(matter, "enter_challenge", outcome="registered", **LAWSUIT)
    assert office.wen.finds(matter, "draft_defence")
    request = request_answered(office)
    does(office, matter, "draft_defence", request=public_id(request))
    assert row_of(office, matter).request_id is not None
    # He has registered it, not drafted it.
    assert office.fang.finds(matter, "legal_check_defence")


def test_who_neither_clerks_nor_reviews_registers_none(office: Office) -> None:
    with refused(NotAllowed) as refusal:
        begins(office, office.lin)
    assert refusal.value.message == (
        "复议、诉讼由政务公开经办人或者法制审核员登记，您不担任这些角色。"
    )


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"is_summary": ""}, {"is_summary": ["选是不是简易程序"]}),
        ({"notified_on": "2026-03-03"}, {"notified_on": ["日期不能晚于今天"]}),
        ({"subject": ""}, {"subject": ["选一件公开申请，没有对应的写案由"]}),
        ({"body": ""}, {"body": ["写复议机关或者法院的名称"]}),
        ({"request": "unknown"}, {"request": ["从列出的公开申请里选"]}),
    ],
)
def test_what_is_missing_is_asked_for(
    office: Office, typed: dict[str, str], errors: dict[str, list[str]]
) -> None:
    matter = begins(office)
    answers = {"outcome": "registered", **RECONSIDERATION, **typed}
    with refused(InvalidAnswers) as invalid:
        office.wen.does(matter, "register_challenge", **answers)
    assert invalid.value.errors == errors


def test_one_case_number_is_registered_once(office: Office) -> None:
    challenged(office, RECONSIDERATION)
    with refused(InvalidAnswers) as invalid:
        challenged(office, RECONSIDERATION)
    assert invalid.value.errors == {
        "body_number": ["这个案号已经登记过，到那一件里办理"]
    }


def test_an_answer_comes_with_its_evidence(office: Office) -> None:
    matter = challenged(office, RECONSIDERATION)
    with refused(InvalidAnswers) as invalid:
        does(office, matter, "draft_defence", files=[])
    assert invalid.value.errors == {"files": ["上传答复书（答辩状）和证据"]}


@pytest.mark.parametrize("step", ["legal_check_defence", "approve_defence"])
def test_what_is_returned_is_drafted_again_under_the_same_limit(
    office: Office, step: str
) -> None:
    matter = challenged(office, RECONSIDERATION)
    does(office, matter, "draft_defence")
    if step == "approve_defence":
        does(office, matter, "legal_check_defence")
    person = office.usual_person(matter, step)
    person.returns(matter, step, reason="not_proved")
    assert matter.waits_at == ["起草答复书、答辩状"]
    assert matter.history[-1].endswith("退回：事实没有证据。")
    assert str(matter.limit("ordinary_answer").due_on) == "2026-03-16"
    defended(office, matter)
    assert len(row_files(office, matter)) == 1


def test_who_drafts_neither_checks_nor_approves(office: Office) -> None:
    office.gives_role(office.wen, Role.LEGAL_REVIEWER, "区财政局")
    office.gives_role(office.wen, Role.UNIT_HEAD, "区财政局")
    matter = challenged(office, RECONSIDERATION)
    office.wen.does(
        matter,
        "draft_defence",
        outcome="submitted",
        statement="合法。",
        evidence="答复书",
        norms="条例",
        files=[office.wen.uploads()],
    )
    with refused(NotAllowed):
        office.wen.does(matter, "legal_check_defence", outcome="agreed")
    does(office, matter, "legal_check_defence")
    with refused(NotAllowed):
        office.wen.does(matter, "approve_defence", outcome="approved")


@pytest.mark.parametrize(
    ("complaint", "cost"),
    [
        (
            {**RECONSIDERATION, "is_summary": "yes"},
            "期限是2026年3月9日，已经逾期，视为没有证据、依据（行政复议法第70条）。",
        ),
        (
            {**LAWSUIT, "notified_on": "2026-02-20"},
            "期限是2026年3月9日，已经逾期，视为没有相应证据（行政诉讼法第34条第2款）。",
        ),
    ],
)
def test_an_answer_that_is_handed_in_late_is_told_as_late(
    office: Office, complaint: dict[str, str], cost: str
) -> None:
    matter = challenged(office, complaint)
    defended(office, matter)
    office.clock.set("2026-03-10")  # Tuesday
    does(office, matter, "submit_defence")
    assert matter.history[-1] == f"文静登记2026年3月10日提交答复和证据。{cost}"


def test_what_was_handed_in_on_the_last_day_is_not_late(office: Office) -> None:
    matter = challenged(office, {**RECONSIDERATION, "is_summary": "yes"})
    defended(office, matter)
    office.clock.set("2026-03-10")
    does(office, matter, "submit_defence", handed_in_on="2026-03-09")
    assert matter.history[-1] == "文静登记2026年3月9日提交答复和证据。"


def test_nothing_is_handed_in_before_the_papers_came(office: Office) -> None:
    matter = challenged(office, RECONSIDERATION)
    defended(office, matter)
    with refused(InvalidAnswers) as invalid:
        does(office, matter, "submit_defence", handed_in_on="2026-03-01")
    assert invalid.value.errors == {
        "handed_in_on": ["提交的日期不能早于收到材料的日期"]
    }


def handed_in(office: Office, complaint: dict[str, Any]) -> Matter:
    """A challenge whose answer is handed in, of a request that was answered."""
    matter = challenged(office, complaint, request_answered(office))
    defended(office, matter)
    does(office, matter, "submit_defence")
    return matter


HEARD: dict[str, Any] = {"what": "heard", "heard_on": "2026-03-02"}


def test_a_hearing_is_noted_and_the_waiting_goes_on(office: Office) -> None:
    matter = handed_in(office, RECONSIDERATION)
    does(office, matter, "await_result", **HEARD, head_attended="yes")
    assert matter.waits_at == ["等待结果"]
    assert "文静登记2026年3月2日听证、开庭，负责人参加。" in matter.history


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        (
            RECONSIDERATION,
            "写明负责人不能参加的理由和委托的工作人员（行政复议法第51条）",
        ),
        (LAWSUIT, "写明负责人不能出庭的情况和委托的工作人员（行政诉讼法第3条第3款）"),
    ],
)
def test_a_head_who_does_not_come_is_explained(
    office: Office, complaint: dict[str, str], sentence: str
) -> None:
    matter = handed_in(office, complaint)
    with refused(InvalidAnswers) as invalid:
        does(office, matter, "await_result", **HEARD, head_attended="no")
    assert invalid.value.errors == {"explanation": [sentence]}
    why = "在市里开会，委托方正参加。"
    does(
        *(office, matter, "await_result"), **HEARD, head_attended="no", explanation=why
    )
    assert "负责人没有参加，已经说明情况。" in matter.history[-1]
    assert why not in "".join(matter.history)


CORRECTED = {
    "result": "corrected",
    "redo": "yes",
    "redo_by": "2026-03-23",
    "ordered": "撤销原答复，重新答复。",
}


def test_a_decision_that_must_be_made_again_has_its_day(office: Office) -> None:
    matter = handed_in(office, LAWSUIT)
    does(office, matter, "await_result", **CORRECTED)
    assert matter.waits_at == ["重新处理"]
    assert str(matter.limit("redo").due_on) == "2026-03-23"  # Monday
    request = request_of(office, matter)
    assert request.history[-1] == (
        "行政诉讼（未经复议直接起诉）（云川区人民法院，（2026）云01行初7号）："
        "结果纠正。须在2026年3月23日前重新处理。"
    )
    office.clock.set("2026-03-20")
    does(office, matter, "carry_out_result")
    assert request.history[-1] == "文静登记2026年3月20日重新处理完毕。"
    assert matter.waits_at == ["归档"]


def test_a_result_that_asks_for_nothing_anew_ends_the_case(office: Office) -> None:
    matter = handed_in(office, RECONSIDERATION)
    does(
        *(office, matter, "await_result"),
        result="corrected",
        redo="no",
        ordered="确认逾期答复违法。",
    )
    assert matter.waits_at == ["归档"]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"result": ""}, {"result": ["选审结的结果"]}),
        ({"result_on": ""}, {"result_on": ["写审结的日期"]}),
        (
            {"result_on": "2026-02-27"},
            {"result_on": ["审结的日期不能早于收到材料的日期"]},
        ),
        (
            {"result": "corrected"},
            {"redo": ["选要不要重新处理"], "ordered": ["写哪里被纠正，要做什么"]},
        ),
        ({**CORRECTED, "redo_by": ""}, {"redo_by": ["写重新处理的最后一天"]}),
        (
            {**CORRECTED, "redo_by": "2026-02-27"},
            {"redo_by": ["重新处理的期限不能早于审结的日期"]},
        ),
    ],
)
def test_a_result_says_all_that_follows(
    office: Office, typed: dict[str, str], errors: dict[str, list[str]]
) -> None:
    matter = handed_in(office, RECONSIDERATION)
    with refused(InvalidAnswers) as invalid:
        does(office, matter, "await_result", **typed)
    assert invalid.value.errors == errors


def test_table_four_counts_it_in_the_year_it_ended(office: Office) -> None:
    matter = handed_in(office, RECONSIDERATION)
    challenged(office, LAWSUIT)
    assert tables(office) == [[0, 0, 0, 1, 1], [0, 0, 0, 1, 1], [0, 0, 0, 0, 0]]
    does(office, matter, "await_result", **CORRECTED)
    assert tables(office) == [[0, 1, 0, 0, 1], [0, 0, 0, 1, 1], [0, 0, 0, 0, 0]]


def tables(office: Office) -> list[list[int]]:
    """Return table 4 of 2026."""
    with office.engine.read() as work:
        return table4(work.session, 2026, [office.organisations["区财政局"]])


def test_other_agencies_find_nothing_of_it(office: Office) -> None:
    matter = challenged(office, RECONSIDERATION)
    assert office.wen.sees(matter)
    assert office.luo.sees(matter)
    for person in (office.dai, office.lin, office.qin, office.shen):
        assert not person.sees(matter)
    assert not office.add_stranger().sees(matter)


def test_what_is_said_in_it_lies_sealed(office: Office) -> None:
    matter = challenged(office, RECONSIDERATION)
    does(office, matter, "draft_defence", statement="张晓明的申请已经答复。")
    with office.engine.read() as work:
        row = challenges.challenge_of(work.session, matter.case(work))
        assert row.content is not None
        assert "张晓明".encode() not in row.content.sealed
        assert challenges.said(work, row)["statement"] == "张晓明的申请已经答复。"
        assert {each.file.label for each in row.files} == {"personal"}
    assert "张晓明" not in "".join(matter.history)


def row_of(office: Office, matter: Matter) -> Challenge:
    """Return the challenge's row, detached."""
    with office.engine.read() as work:
        return challenges.challenge_of(work.session, matter.case(work))


def row_files(office: Office, matter: Matter) -> list[str]:
    """Return the names of the files that are to be handed in."""
    with office.engine.read() as work:
        row = challenges.challenge_of(work.session, matter.case(work))
        return [each.file.name for each in row.files if each.purpose == "answer"]


def case_number(office: Office, matter: Matter) -> str:
    """Return the number of a case."""
    with office.engine.read() as work:
        return work.session.get_one(Case, matter.id).number


def request_of(office: Office, matter: Matter) -> Matter:
    """Return the case of the request that is challenged."""
    with office.engine.read() as work:
        row = challenges.challenge_of(work.session, matter.case(work))
        case_id = work.session.scalars(
            select(InformationRequest.case_id).where(
                InformationRequest.id == row.request_id
            )
        ).one()
        return Matter(office, case_id)
