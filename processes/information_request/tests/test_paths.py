"""A request from the counter to the archive, by each of its ways."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from engine.errors import InvalidAnswers, MakerIsChecker
from models.people import Role
from processes.registers import request_acts
from processes.registers.clock_events import ImpossibleEvent
from processes.registers.requests_public import APPLICANT
from tests.asking import (
    ALREADY_PUBLIC,
    CLARIFIED,
    NOT_THERE,
    POSTED,
    acted,
    answered,
    asks_third_party,
    by_hand,
    clarified,
    drafted,
    examined,
    received,
    searched,
    sent_in,
    since,
    withdrawn,
)
from tests.office import Matter, Office, refused


def test_what_is_handed_in_is_due_twenty_working_days_later(office: Office) -> None:
    office.clock.set("2026-09-18")
    asked = received(office, "2026-09-18")
    assert asked.due == "2026-10-22"
    assert asked.number == "500199003-2026-00001"
    assert asked.open_steps == ["examine_request"]
    assert str(asked.limit("clarification_notice").due_on) == "2026-09-29"


def test_a_search_without_a_result_proves_that_nothing_is_there(
    office: Office,
) -> None:
    asked = received(office, "2026-03-02")
    searched(office, asked)
    office.wen.does(asked, "handle_request", outcome="answer")
    drafted(office, asked, **NOT_THERE)
    assert asked.open_steps == ["legal_check_answer"]
    office.clock.set("2026-03-09")
    answered(office, asked)
    assert asked.open_steps == []
    assert asked.result == ("D31a", "2026-03-09")
    assert asked.letters == ["receipt", "non_existence"]
    assert str(asked.limit("answer").state) == "met"


def test_an_answer_that_the_post_brings_back_was_sent_in_time(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, **ALREADY_PUBLIC)
    office.luo.does(asked, "sign_answer", outcome="signed")
    by_post = {"way": "post", "tracking_number": "XA12345678911"}
    office.wen.does(
        asked,
        "serve_answer",
        outcome="failed",
        sent_on="2026-03-02",
        remark="收件人外出",
        **by_post,
    )
    assert asked.open_steps == ["serve_answer"]
    office.clock.set("2026-03-09")
    answers = {"way": "direct", "sent_on": "2026-03-09", "served_on": "2026-03-09"}
    office.wen.does(asked, "serve_answer", outcome="served", **answers)
    # Handed to the postal enterprise in time (国办公开办函〔2016〕235号 item 4).
    assert asked.result == ("D01", "2026-03-02")


def test_nothing_is_called_absent_without_a_search(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    with refused(InvalidAnswers) as refusal:
        drafted(office, asked, **NOT_THERE)
    assert "检索记录" in refusal.value.errors["code"][0]


def test_nothing_is_called_absent_that_was_found(office: Office) -> None:
    asked = received(office, "2026-03-02")
    searched(office, asked, found="yes")
    office.wen.does(asked, "handle_request", outcome="answer")
    with refused(InvalidAnswers):
        drafted(office, asked, **NOT_THERE)


def test_a_correction_begins_the_count_anew(office: Office) -> None:
    # E10: received Monday 2025-09-15.
    since(office, "2025-09-15")
    asked = received(office, "2025-09-15")
    assert asked.due == "2025-10-17"
    office.clock.set("2025-09-24")
    examined(office, asked, "clarify")
    office.wen.does(
        asked,
        "send_clarification",
        outcome="sent",
        **by_hand("2025-09-24"),
        days="15",
        **CLARIFIED,
    )
    assert asked.due == "None"
    assert str(asked.limit("correction").due_on) == "2025-10-21"
    office.clock.set("2025-10-20")
    office.wen.does(
        asked,
        "await_correction",
        outcome="corrected",
        received_on="2025-10-20",
        content="2024年",
    )
    assert asked.due == "2025-11-17"
    assert asked.open_steps == ["examine_request"]
    with refused(InvalidAnswers):
        examined(office, asked, "clarify")


def test_without_a_correction_the_limit_ends_it(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "clarify")
    office.wen.does(
        asked,
        "send_clarification",
        outcome="sent",
        **by_hand("2026-03-02"),
        **CLARIFIED,
    )
    assert str(asked.limit("correction").due_on) == "2026-03-16"
    office.clock.set("2026-03-16", "23:59")
    office.fires()
    assert asked.open_steps == ["await_correction"]
    office.clock.set("2026-04-01")
    office.fires()
    assert asked.result == ("D51", "2026-03-17")
    office.wen.does(asked, "notify_closing", outcome="told", **POSTED)
    office.wen.does(asked, "archive_request", outcome="archived", retention="30年")
    assert asked.open_steps == []
    assert asked.letters == ["receipt", "clarification_notice", "closing"]


def test_what_comes_late_for_a_good_reason_is_handled(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "clarify")
    office.wen.does(
        asked,
        "send_clarification",
        outcome="sent",
        **by_hand("2026-03-02"),
        **CLARIFIED,
    )
    office.clock.set("2026-03-18")
    office.fires()
    office.wen.does(
        asked,
        "notify_closing",
        outcome="accepted",
        received_on="2026-03-18",
        opinion="申请人住院，有证明。",
    )
    assert asked.result == ("", "None")
    assert asked.due == "2026-04-16"
    assert asked.irregular == ["correction_late"]
    assert asked.open_steps == ["examine_request"]


def test_a_notice_on_day_nine_stops_nothing(office: Office) -> None:
    asked = received(office, "2026-03-02")
    office.clock.set("2026-03-13")
    examined(office, asked, "clarify")
    office.wen.does(
        asked,
        "send_clarification",
        outcome="sent",
        **by_hand("2026-03-13"),
        **CLARIFIED,
    )
    assert asked.irregular == ["clarification_late"]
    assert asked.due == "2026-03-30"


def test_an_extension_is_approved_told_and_counted(office: Office) -> None:
    # E13: received Monday 2026-04-13.
    office.clock.set("2026-04-13")
    asked = received(office, "2026-04-13")
    assert asked.due == "2026-05-13"
    examined(office, asked, "handle")
    office.clock.set("2026-05-12")
    acted(office, asked, "extend", days="20", reason="材料多，涉及三个科室")
    assert str(asked.limit("extension").due_on) == "2026-05-13"
    office.tang.does(asked, "approve_extension", outcome="approved")
    assert asked.due == "2026-05-13"
    office.wen.does(asked, "send_extension", outcome="sent", **POSTED)
    assert asked.due == "2026-06-10"
    assert asked.letters == ["receipt", "extension_notice"]
    with refused(InvalidAnswers):
        acted(office, asked, "extend", days="1", reason="再延一天")


def test_an_extension_that_nobody_tells_in_time_lapses(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    acted(office, asked, "extend", days="5", reason="材料多")
    office.tang.does(asked, "approve_extension", outcome="approved")
    office.clock.set("2026-03-31", "00:00")
    office.fires()
    assert asked.open_steps == ["handle_request"]
    assert asked.due == "2026-03-30"
    with refused(InvalidAnswers):
        acted(office, asked, "extend", days="5", reason="材料多")


def test_a_fee_that_is_paid_begins_the_count_anew(office: Office) -> None:
    # E16: received Monday 2026-06-01.
    office.clock.set("2026-06-01")
    asked = received(office, "2026-06-01")
    examined(office, asked, "handle")
    office.clock.set("2026-06-22")
    acted(office, asked, "charge", tariff="by_volume", pages="72", reason="数量大")
    office.tang.does(asked, "approve_fee", outcome="approved")
    office.wen.does(
        asked,
        "send_fee_notice",
        outcome="sent",
        **POSTED,
        payment_way="到区财政局窗口缴纳",
    )
    assert asked.due == "None"
    office.clock.set("2026-06-24")
    office.wen.does(
        asked, "record_fee_service", outcome="served", served_on="2026-06-24"
    )
    assert str(asked.limit("payment").due_on) == "2026-07-22"
    office.clock.set("2026-07-08")
    office.wen.does(
        asked,
        "await_payment",
        outcome="paid",
        paid_on="2026-07-08",
        receipt_number="A00017",
    )
    assert asked.due == "2026-08-05"


def test_a_fee_that_is_never_paid_ends_it(office: Office) -> None:
    # E17: the notice was served on Friday 2026-09-11.
    office.clock.set("2026-09-11")
    asked = received(office, "2026-09-11")
    examined(office, asked, "handle")
    acted(office, asked, "charge", tariff="by_volume", pages="72", reason="数量大")
    office.tang.does(asked, "approve_fee", outcome="approved")
    office.wen.does(
        asked,
        "send_fee_notice",
        outcome="sent",
        **POSTED,
        payment_way="到窗口缴纳",
    )
    office.wen.does(
        asked, "record_fee_service", outcome="served", served_on="2026-09-11"
    )
    assert str(asked.limit("payment").due_on) == "2026-10-15"
    office.clock.set("2026-10-16", "00:00")
    office.fires()
    assert asked.result == ("D52", "2026-10-16")


def test_a_silent_third_party_leaves_the_decision_to_the_office(
    office: Office,
) -> None:
    # E11: received Monday 2026-01-19.
    since(office, "2026-01-19")
    asked = received(office, "2026-01-19")
    assert asked.due == "2026-02-14"
    examined(office, asked, "handle")
    office.clock.set("2026-01-26")
    asking = asks_third_party(office, asked)
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    assert asked.due == "None"
    with refused(InvalidAnswers):
        office.wen.does(asked, "handle_request", outcome="answer")
    office.clock.set("2026-01-28")
    office.wen.does(
        asking, "record_inquiry_service", outcome="signed", served_on="2026-01-28"
    )
    assert str(asking.limit("third_party_silence").due_on) == "2026-02-25"
    assert asked.due == "2026-03-17"
    office.clock.set("2026-02-26", "00:00")
    office.fires()
    assert asking.open_steps == []
    assert asked.due == "2026-03-17"
    assert any("由本机关依照条例决定" in each for each in asked.history)


def test_an_answering_third_party_lets_the_count_go_on(office: Office) -> None:
    # E12: as E11, but answered on 2026-02-04.
    since(office, "2026-01-19")
    asked = received(office, "2026-01-19")
    examined(office, asked, "handle")
    office.clock.set("2026-01-26")
    asking = asks_third_party(office, asked)
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    office.clock.set("2026-01-28")
    office.wen.does(
        asking, "record_inquiry_service", outcome="signed", served_on="2026-01-28"
    )
    office.clock.set("2026-02-04")
    office.wen.does(
        asking,
        "await_third_party",
        outcome="answered",
        answered_on="2026-02-04",
        answer="refusal",
        reasons="是商业秘密",
    )
    assert asked.due == "2026-03-03"
    assert asking.open_steps == ["weigh_refusal"]
    office.wen.does(
        asking,
        "weigh_refusal",
        outcome="disclosed",
        public_interest="关系到工程安全",
    )
    assert asking.open_steps == []


def test_a_silent_co_maker_consents(office: Office) -> None:
    # E15: received Wednesday 2026-05-06.
    office.clock.set("2026-05-06")
    asked = received(office, "2026-05-06")
    examined(office, asked, "handle")
    office.clock.set("2026-05-08")
    acted(
        office,
        asked,
        "consult",
        party_kind="comaker",
        party="区发展改革委",
        information="联合印发的方案",
    )
    (asking,) = asked.consultations
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    office.clock.set("2026-05-09")
    office.wen.does(
        asking, "record_inquiry_service", outcome="signed", served_on="2026-05-09"
    )
    assert str(asking.limit("comaker_silence").due_on) == "2026-05-29"
    office.clock.set("2026-06-01")
    office.fires()
    assert asking.open_steps == []
    assert asked.due == "2026-06-25"
    assert any("视为同意公开" in each for each in asked.history)


def test_withdrawal_ends_it_at_once(office: Office) -> None:
    asked = received(office, "2026-03-02")
    withdrawn(office, asked)
    assert asked.result == ("D53", "2026-03-02")
    office.wen.does(asked, "notify_closing", outcome="told", **POSTED)
    office.wen.does(asked, "archive_request", outcome="archived", retention="30年")
    assert asked.open_steps == []


def test_several_things_asked_at_once_become_several_requests(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "split", parts="2024年预算执行情况\n2023年预算执行情况")
    assert asked.open_steps == ["examine_request"]
    sentence = "一事一申请，分出2件：500199003-2026-00002、500199003-2026-00003。"
    assert sentence in asked.history


def test_a_request_on_the_website_counts_from_its_receipt(office: Office) -> None:
    asked = sent_in(office, "2026-03-02")
    assert asked.due == "2026-03-30"
    assert asked.open_steps == ["examine_request"]


def test_a_fax_counts_from_the_day_both_have_confirmed_it(office: Office) -> None:
    asked = received(office, "2026-03-02", channel="fax")
    assert asked.open_steps == ["confirm_receipt"]
    office.clock.set("2026-03-04")
    office.wen.does(
        asked, "confirm_receipt", outcome="confirmed", confirmed_on="2026-03-04"
    )
    assert asked.due == "2026-04-01"


def test_an_oral_request_is_written_down_and_signed(office: Office) -> None:
    with refused(InvalidAnswers) as refusal:
        received(office, "2026-03-02", channel="oral")
    assert "签字" in refusal.value.errors["files"][0]


def test_nobody_signs_an_own_draft(office: Office) -> None:
    office.gives_role(office.wen, Role.UNIT_HEAD, "区财政局")
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    drafted(office, asked, code="D01", where="区政府网站“预算公开”栏目")
    with refused(MakerIsChecker):
        office.wen.does(asked, "sign_answer", outcome="signed")
    answered(office, asked)
    assert asked.result == ("D01", "2026-03-02")


def test_a_day_that_has_not_come_is_no_fact(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "clarify")
    with pytest.raises((InvalidAnswers, ImpossibleEvent)):
        office.wen.does(
            asked,
            "send_clarification",
            outcome="sent",
            **by_hand("2026-03-03"),
            **CLARIFIED,
        )


def partial(office: Office, **typed: object) -> dict[str, object]:
    """Return how an answer is drafted that gives one part and withholds another."""
    return {
        "code": "D10",
        "public_part": "报告正文第1至3页",
        "parts.1.part": "第4页名单",
        "parts.1.ground": "D24",
        "parts.1.reason": "含有个人隐私，第三方不同意公开",
        "section": office.public_id("预算科"),
        "files": office.wen.uploads("2025年部门预算执行情况报告\n\n执行率98%。\n"),
        **typed,
    }


def test_what_is_given_is_reviewed_like_everything_that_leaves(office: Office) -> None:
    asked = received(office, "2026-03-02")
    searched(office, asked, found="yes")
    office.wen.does(asked, "handle_request", outcome="answer")
    drafted(office, asked, **partial(office))
    assert asked.open_steps == ["prepare_copy"]
    office.brings(asked, "legal_check_answer")
    answered(office, asked)
    assert asked.result == ("D10", "2026-03-02")
    assert asked.letters == ["receipt", "partial_disclosure"]


def test_each_withheld_part_has_its_own_ground(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    typed = partial(office)
    del typed["parts.1.ground"]
    with refused(InvalidAnswers) as refusal:
        drafted(office, asked, **typed)
    assert refusal.value.errors == {"parts.1.ground": ["选一项依据"]}


def test_an_answer_that_says_too_little_is_refused(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "answer")
    with refused(InvalidAnswers) as refusal:
        drafted(office, asked, code="D25", article="条例第十六条第一款")
    assert len(refusal.value.errors["code"]) == 2


def test_correction_consultation_and_extension_one_after_the_other(
    office: Office,
) -> None:
    # E14: received Monday 2025-12-22.
    since(office, "2025-12-22")
    asked = received(office, "2025-12-22")
    office.clock.set("2025-12-30")
    examined(office, asked, "clarify")
    clarified(office, asked, "2025-12-30", days="10")
    assert str(asked.limit("correction").due_on) == "2026-01-14"
    office.clock.set("2026-01-09")
    office.wen.does(
        asked, "await_correction", outcome="corrected", received_on="2026-01-09"
    )
    assert asked.due == "2026-02-06"
    examined(office, asked, "handle")
    office.clock.set("2026-01-20")
    asking = asks_third_party(office, asked)
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    office.clock.set("2026-01-22")
    office.wen.does(
        asking, "record_inquiry_service", outcome="signed", served_on="2026-01-22"
    )
    assert str(asking.limit("third_party_silence").due_on) == "2026-02-12"
    office.clock.set("2026-02-11")
    office.wen.does(
        asking,
        "await_third_party",
        outcome="answered",
        answered_on="2026-02-11",
        answer="consent",
    )
    assert asked.due == "2026-03-06"
    acted(office, asked, "extend", days="15", reason="材料多")
    office.tang.does(asked, "approve_extension", outcome="approved")
    office.wen.does(asked, "send_extension", outcome="sent", **POSTED)
    assert asked.due == "2026-03-27"


def test_two_third_parties_that_answer_at_once_both_count(office: Office) -> None:
    asked = received(office, "2026-03-02")
    examined(office, asked, "handle")
    asking = [asks_third_party(office, asked, party) for party in ("甲方", "乙方")]
    for each in asking:
        office.wen.does(each, "send_inquiry", outcome="sent", **POSTED)
        office.wen.does(
            each, "record_inquiry_service", outcome="signed", served_on="2026-03-02"
        )
        office.wen.claims(each, "await_third_party")

    def answers(each: Matter) -> None:
        office.wen.does(
            each,
            "await_third_party",
            outcome="answered",
            answered_on="2026-03-02",
            answer="consent",
        )

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(answers, asking))
    with office.engine.read() as work:
        kinds = [event.kind for event in asked.row(work).events]
    assert kinds.count("third_party_answered") == 2
    assert asked.due == "2026-03-30"
    assert asked.clock.state == "running"


def test_who_corrects_on_the_page_lets_the_request_go_on(office: Office) -> None:
    asked = sent_in(office, "2026-03-02")
    examined(office, asked, "clarify")
    clarified(office, asked, "2026-03-02")
    office.clock.set("2026-03-04")
    with office.engine.work(APPLICANT) as work:
        request_acts.correct(work, asked.row(work), "2024年", [], work.today)
    assert asked.open_steps == ["examine_request"]
    assert asked.due == "2026-04-01"
    office.clock.set("2026-03-31", "00:00")
    office.fires()
    assert "系统提醒唐晓：“答复申请”4月1日到期。" in asked.history


@pytest.mark.parametrize(
    "steps", [(), ("handle",), ("clarify", "sent")], ids=["new", "handled", "waiting"]
)
def test_who_withdraws_on_the_page_ends_the_request(
    office: Office, steps: tuple[str, ...]
) -> None:
    asked = sent_in(office, "2026-03-02")
    for step in steps:
        if step == "sent":
            clarified(office, asked, "2026-03-02")
        else:
            examined(office, asked, step)
    with office.engine.work(APPLICANT) as work:
        request_acts.withdraw(work, asked.row(work), work.today)
    assert asked.result == ("D53", "2026-03-02")
    assert asked.open_steps == ["notify_closing"]


def test_a_request_to_the_government_is_handled_by_its_office(office: Office) -> None:
    asked = sent_in(office, "2026-03-02", place="区政府")
    assert asked.number == "500199001-2026-00001"
    office.dai.does(asked, "examine_request", outcome="decided", way="handle")
    assert not office.wen.sees(asked)
    assert not office.lin.sees(asked)


def test_without_the_agency_s_settings_the_receipt_stays_a_draft(
    office: Office,
) -> None:
    office.sets("letters.contact", None, valid_from=date(2026, 3, 1))
    asked = received(office, "2026-03-02")
    assert asked.letters == []
    assert asked.due == "2026-03-30"
    assert any("登记回执没有签发" in each for each in asked.history)
