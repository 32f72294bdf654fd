"""How the notices of a request reach the applicant, and what runs from then on."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import InvalidAnswers, Refusal
from models.letters import Letter
from processes.registers import request_letters, requests_public, service_of_letters
from processes.registers.requests_public import APPLICANT
from tests.asking import (
    ALREADY_PUBLIC,
    CLARIFIED,
    POSTED,
    Asked,
    acted,
    asks_third_party,
    by_hand,
    drafted,
    examined,
    received,
    sent_in,
    withdrawn,
)
from tests.office import Office, refused


def letter_of(office: Office, asked: Asked, kind: str) -> str:
    """Return the public id of a case's letter of a kind."""
    with office.engine.read() as work:
        found = select(Letter.public_id).where(
            Letter.case_id == asked.id, Letter.kind == kind
        )
        return work.session.scalars(found).one()


def standing(office: Office, asked: Asked, kind: str) -> str:
    """Return where a letter stands, as the list of 文书 says it."""
    public_id = letter_of(office, asked, kind)
    with office.engine.read() as work:
        found = select(Letter).where(Letter.public_id == public_id)
        return service_of_letters.standing(work.session.scalars(found).one())


def opened(office: Office, asked: Asked, kind: str) -> None:
    """Let the applicant open a letter on the tracking page."""
    public_id = letter_of(office, asked, kind)
    with office.engine.work(APPLICANT) as work:
        request_letters.open_letter(work, asked.row(work), public_id)


@pytest.fixture
def unclear(office: Office) -> Asked:
    """A request of Monday, 2 March 2026, that is to be corrected."""
    asked = received(office, "2026-03-02")
    examined(office, asked, "clarify")
    return asked


def told_by_post(office: Office, asked: Asked) -> None:
    """发补正告知 by post, with ten working days."""
    answers = {**CLARIFIED, **POSTED}
    office.wen.does(asked, "send_clarification", outcome="sent", **answers)


def test_the_days_to_correct_run_from_the_arrival(
    office: Office, unclear: Asked
) -> None:
    told_by_post(office, unclear)
    # Handed to the post on Monday: the answer's count stops on that day (Art 30).
    assert unclear.due == "None"
    assert unclear.open_steps == ["record_clarification_service"]
    assert standing(office, unclear, "clarification_notice") == (
        "已送（2026-03-02送出，邮寄送达，还没有签收）"
    )
    office.clock.set("2026-03-06")
    office.wen.does(
        *(unclear, "record_clarification_service"),
        outcome="served",
        served_on="2026-03-05",
    )
    # Ten working days after Thursday the 5th.
    assert str(unclear.limit("correction").due_on) == "2026-03-19"
    assert standing(office, unclear, "clarification_notice") == (
        "已送（2026-03-05送达，邮寄送达）"
    )


def test_a_correction_in_its_own_ten_days_is_not_late(
    office: Office, unclear: Asked
) -> None:
    told_by_post(office, unclear)
    office.clock.set("2026-03-19")
    office.wen.does(
        *(unclear, "record_clarification_service"),
        outcome="served",
        served_on="2026-03-05",
    )
    office.wen.does(
        *(unclear, "await_correction"),
        outcome="corrected",
        received_on="2026-03-19",
        content="2024年",
    )
    assert unclear.irregular == []


def test_what_came_back_is_sent_again(office: Office, unclear: Asked) -> None:
    told_by_post(office, unclear)
    office.clock.set("2026-03-05")
    with refused(InvalidAnswers):
        office.wen.does(unclear, "record_clarification_service", outcome="failed")
    office.wen.does(
        *(unclear, "record_clarification_service"), outcome="failed", remark="查无此人"
    )
    assert unclear.open_steps == ["record_clarification_service"]
    assert standing(office, unclear, "clarification_notice") == "送达不成（查无此人）"
    again = {"outcome": "served", **by_hand("2026-03-05")}
    office.wen.does(unclear, "record_clarification_service", **again)
    assert unclear.open_steps == ["await_correction"]
    assert str(unclear.limit("correction").due_on) == "2026-03-19"


def test_what_is_printed_first_is_told_when_it_goes_out(
    office: Office, unclear: Asked
) -> None:
    answers = {**CLARIFIED, "way": "later"}
    office.wen.does(unclear, "send_clarification", outcome="sent", **answers)
    assert standing(office, unclear, "clarification_notice") == "已签发未送"
    # The count goes on, and it is still to be told within seven working days (Art 30).
    assert unclear.due == "2026-03-30"
    limit = unclear.limit("record_clarification_service")
    assert str(limit.due_on) == "2026-03-11"
    office.clock.set("2026-03-04")
    posted = {"outcome": "served", "sent_on": "2026-03-03", **POSTED}
    office.wen.does(unclear, "record_clarification_service", **posted)
    assert unclear.due == "None"
    assert unclear.open_steps == ["record_clarification_service"]


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({}, "way"),
        ({"way": "post"}, "way"),
        ({"way": "direct"}, "way"),
        ({"way": "electronic"}, "way"),
    ],
)
def test_a_way_whose_rule_is_not_kept_sends_nothing(
    office: Office, unclear: Asked, how: dict[str, Any], field: str
) -> None:
    with refused(InvalidAnswers) as caught:
        answers = {**CLARIFIED, **how}
        office.wen.does(unclear, "send_clarification", outcome="sent", **answers)
    assert list(caught.value.errors) == [field]
    assert unclear.letters == ["receipt"]


@pytest.fixture
def agrees(office: Office) -> Asked:
    """A request on the website, whose applicant agrees to electronic service."""
    return sent_in(office, "2026-03-02", electronic_service=True)


def test_opening_the_notice_begins_the_days_to_pay(
    office: Office, agrees: Asked
) -> None:
    examined(office, agrees, "handle")
    acted(office, agrees, "charge", tariff="by_volume", pages="72", reason="数量大")
    office.tang.does(agrees, "approve_fee", outcome="approved")
    sent = {"way": "electronic", "payment_way": "到窗口缴纳"}
    office.wen.does(agrees, "send_fee_notice", outcome="sent", **sent)
    assert agrees.due == "2026-03-30"
    office.clock.set("2026-03-04")
    opened(office, agrees, "fee_notice")
    assert agrees.open_steps == ["await_payment"]
    # Twenty working days after Wednesday the 4th (信息处理费管理办法 Art 6).
    assert str(agrees.limit("payment").due_on) == "2026-04-01"
    opened(office, agrees, "fee_notice")
    assert agrees.open_steps == ["await_payment"]


def test_opening_an_extension_in_time_extends(office: Office, agrees: Asked) -> None:
    examined(office, agrees, "handle")
    acted(office, agrees, "extend", days="5", reason="材料多")
    office.tang.does(agrees, "approve_extension", outcome="approved")
    office.wen.does(agrees, "send_extension", outcome="sent", way="electronic")
    assert agrees.due == "2026-03-30"
    assert agrees.open_steps == ["send_extension"]
    office.clock.set("2026-03-04")
    opened(office, agrees, "extension_notice")
    assert agrees.due == "2026-04-07"
    assert agrees.open_steps == ["handle_request"]


def test_an_extension_that_was_not_opened_in_time_extends_nothing(
    office: Office, agrees: Asked
) -> None:
    examined(office, agrees, "handle")
    acted(office, agrees, "extend", days="5", reason="材料多")
    office.tang.does(agrees, "approve_extension", outcome="approved")
    office.wen.does(agrees, "send_extension", outcome="sent", way="electronic")
    office.clock.set("2026-03-31")
    office.fires()
    opened(office, agrees, "extension_notice")
    assert agrees.due == "2026-03-30"
    assert standing(office, agrees, "extension_notice") == "已签发未送"


def test_opening_the_end_closes_the_step(office: Office, agrees: Asked) -> None:
    withdrawn(office, agrees)
    office.wen.does(agrees, "notify_closing", outcome="told", way="electronic")
    assert agrees.open_steps == ["notify_closing"]
    opened(office, agrees, "closing")
    assert agrees.open_steps == ["archive_request"]


def asks_for_reasons(office: Office, asked: Asked) -> None:
    """Ask for the reasons of very many requests (Art 35)."""
    examined(office, asked, "handle")
    explain = {"counts": "一个月56件", "to_explain": "每一件的用途"}
    acted(office, asked, "reasons", **explain)


def test_reasons_are_asked_for_when_the_letter_goes_out(office: Office) -> None:
    asked = received(office, "2026-03-02")
    asks_for_reasons(office, asked)
    office.wen.does(asked, "send_notice", outcome="sent", way="later")
    assert asked.open_steps == ["send_notice"]
    office.wen.does(asked, "send_notice", outcome="sent", **POSTED)
    assert asked.open_steps == ["handle_request"]
    # Art 35 stops nothing.
    assert asked.due == "2026-03-30"
    assert asked.letters == ["receipt", "reasons_notice"]


def test_a_third_party_that_signs_at_once_is_waited_for_at_once(
    office: Office,
) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    office.wen.does(asking, "send_inquiry", outcome="sent", **by_hand("2026-03-02"))
    assert asking.open_steps == ["await_third_party"]
    # Fifteen working days after Monday the 2nd (Art 32).
    assert str(asking.limit("third_party_silence").due_on) == "2026-03-23"


def test_a_question_that_never_went_out_is_dropped(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    office.wen.does(asking, "send_inquiry", outcome="sent", way="later")
    assert asked.due == "2026-03-30"
    office.wen.does(asking, "record_inquiry_service", outcome="dropped")
    assert asking.open_steps == []
    assert asked.due == "2026-03-30"


def test_the_day_to_tell_an_extension_follows_the_answer(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    acted(office, asked, "extend", days="5", reason="材料多")
    assert str(asked.limit("extension").due_on) == "2026-03-30"
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    assert str(asked.limit("extension").due_on) == "None"
    office.clock.set("2026-03-04")
    signed: Callable[..., Any] = office.wen.does
    signed(asking, "record_inquiry_service", outcome="signed", served_on="2026-03-04")
    assert str(asked.limit("extension").due_on) == asked.due == "2026-04-23"


def test_the_agency_issues_the_receipt_of_the_website(agrees: Asked) -> None:
    said = [each for each in agrees.history if "登记回执" in each]
    assert said[0].startswith("云川区财政局签发了“政府信息公开申请登记回执”")


def explained_by(office: Office, asked: Asked, text: str) -> None:
    """Let the applicant give reasons on the tracking page."""
    with office.engine.work(APPLICANT) as work:
        requests_public.explain(work, asked.row(work), text)


@pytest.fixture
def many(office: Office) -> Asked:
    """A request whose applicant is asked, by hand on 2 March 2026, for the reasons."""
    asked = received(office, "2026-03-02")
    asks_for_reasons(office, asked)
    office.wen.does(asked, "send_notice", outcome="sent", **by_hand("2026-03-02"))
    return asked


def test_reasons_that_are_good_leave_the_day_where_it_is(
    office: Office, many: Asked
) -> None:
    acted(
        *(office, many, "judge"),
        explained="given",
        explained_on="2026-03-02",
        explanation="做课题要用，有立项书。",
        judgment="reasonable",
    )
    assert many.open_steps == ["handle_request"]
    assert many.due == "2026-03-30"
    assert not any("课题" in each for each in many.history)


def test_good_reasons_that_need_more_time_are_told_and_fix_a_day(
    office: Office, many: Asked
) -> None:
    explained_by(office, many, "做课题要用，有立项书。")
    acted(
        *(office, many, "judge"),
        explained="given",
        judgment="more_time",
        delayed_to="2026-05-20",
        delay_reason="涉及五个年度的纸质档案",
    )
    assert many.open_steps == ["send_notice"]
    assert many.due == "2026-03-30"
    office.wen.does(many, "send_notice", outcome="sent", **POSTED)
    # Art 35: that day, and no other.
    assert many.due == "2026-05-20"
    assert many.letters == ["receipt", "reasons_notice", "delay_notice"]


def test_a_day_that_is_no_working_day_is_not_told(office: Office, many: Asked) -> None:
    explained_by(office, many, "做课题要用。")
    with refused(InvalidAnswers) as caught:
        acted(
            *(office, many, "judge"),
            explained="given",
            judgment="more_time",
            delayed_to="2026-05-23",  # a Saturday
            delay_reason="涉及五个年度的纸质档案",
        )
    assert list(caught.value.errors) == ["delayed_to"]


def test_reasons_that_are_not_good_lead_to_not_handling(
    office: Office, many: Asked
) -> None:
    explained_by(office, many, "就是想要。")
    acted(office, many, "judge", explained="given", judgment="unreasonable")
    assert many.open_steps == ["draft_answer"]


def test_silence_is_judged_after_the_ten_days(office: Office, many: Asked) -> None:
    office.clock.set("2026-03-16")
    with refused(InvalidAnswers) as caught:
        acted(office, many, "judge", explained="silent")
    assert caught.value.errors == {
        "explained": ["申请人说明理由的期限到2026-03-16为止，还没有过"]
    }
    office.clock.set("2026-03-17")
    acted(office, many, "judge", explained="silent")
    assert many.open_steps == ["draft_answer"]
    with refused(Refusal):
        explained_by(office, many, "来晚了。")


def test_nobody_explains_unasked_or_twice(office: Office, many: Asked) -> None:
    explained_by(office, many, "做课题要用。")
    with refused(Refusal, match="现在不用说明理由"):
        explained_by(office, many, "再说一次。")
    with refused(Refusal, match="现在不用说明理由"):
        explained_by(office, received(office, "2026-03-02"), "没人问。")


def test_opening_the_answer_closes_its_step(office: Office, agrees: Asked) -> None:
    examined(office, agrees, "answer")
    drafted(office, agrees, **ALREADY_PUBLIC)
    office.luo.does(agrees, "sign_answer", outcome="signed")
    office.clock.set("2026-03-04")
    opened(office, agrees, "already_public")
    assert agrees.open_steps == ["archive_request"]
    assert agrees.result == ("D01", "2026-03-04")
    assert standing(office, agrees, "already_public") == (
        "已送（2026-03-04送达，电子送达）"
    )
