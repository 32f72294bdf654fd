"""What cannot have happened to a request, and what was done against a rule."""

import pytest

from processes.registers.clock_events import BadArgument, ImpossibleEvent
from tests.clocks import clock, happened


def refusal(received: str, *events: str, channel: str = "in_person") -> str:
    """Return the word for why these events cannot be."""
    with pytest.raises(ImpossibleEvent) as refused:
        clock(received, *events, channel=channel)
    return refused.value.code


def test_nothing_happens_before_receipt() -> None:
    assert refusal("2026-03-02", "extended=2026-03-01:5") == "before_receipt"


@pytest.mark.parametrize(
    "event",
    [
        *("clarification_sent=2026-03-04", "agency_sent=2026-03-04"),
        *("extended=2026-03-04:5", "fee_sent=2026-03-04", "answered=2026-03-04"),
        "withdrawn=2026-03-01",
    ],
)
def test_what_is_not_confirmed_is_not_received(event: str) -> None:
    assert refusal("2026-03-02", event, channel="internet") == "before_receipt"


def test_nothing_happens_after_the_end() -> None:
    ended = ("answered=2026-03-10", "extended=2026-03-11:5")
    assert refusal("2026-03-02", *ended) == "after_close"


def test_a_request_ends_once() -> None:
    ended = ("answered=2026-03-10", "withdrawn=2026-03-10")
    assert refusal("2026-03-02", *ended) == "after_close"


def test_what_was_never_confirmed_ends_once_too() -> None:
    ended = ("withdrawn=2026-03-10", "closed=2026-03-11")
    assert refusal("2026-03-02", *ended, channel="fax") == "after_close"


def test_a_correction_answers_a_notice() -> None:
    assert refusal("2026-03-02", "corrected=2026-03-10") == "correction_without_notice"
    twice = ("clarification_sent=2026-03-04", *["corrected=2026-03-10"] * 2)
    assert refusal("2026-03-02", *twice) == "correction_without_notice"


@pytest.mark.parametrize(
    "event",
    [
        *("third_party_signed=2026-03-10", "third_party_answered=2026-03-10"),
        *("comaker_signed=2026-03-10", "comaker_answered=2026-03-10"),
        "agency_answered=2026-03-10",
    ],
)
def test_an_answer_belongs_to_a_letter(event: str) -> None:
    assert refusal("2026-03-02", event) == "answer_without_letter"


def test_an_answer_belongs_to_the_letter_of_its_label() -> None:
    events = ("third_party_sent=2026-03-05#a", "third_party_answered=2026-03-10#b")
    assert refusal("2026-03-02", *events) == "answer_without_letter"


def test_a_letter_is_signed_for_and_answered_once() -> None:
    signed = ("comaker_sent=2026-03-05", *["comaker_signed=2026-03-06"] * 2)
    assert refusal("2026-03-02", *signed) == "answer_without_letter"
    answered = ("comaker_sent=2026-03-05", *["comaker_answered=2026-03-06"] * 2)
    assert refusal("2026-03-02", *answered) == "answer_without_letter"


@pytest.mark.parametrize("event", ["fee_served=2026-03-10", "fee_paid=2026-03-10"])
def test_a_payment_needs_a_notice(event: str) -> None:
    assert refusal("2026-03-02", event) == "payment_without_notice"
    paid = ("fee_sent=2026-03-04", "fee_served=2026-03-05", "fee_paid=2026-03-06")
    assert refusal("2026-03-02", *paid, event) == "payment_without_notice"


def test_twenty_more_days_are_the_most() -> None:
    assert refusal("2026-03-02", "extended=2026-03-10:21") == "extension_over_20"
    parts = ("extended=2026-03-10:15", "extended=2026-03-11:6")
    assert refusal("2026-03-02", *parts) == "extension_over_20"


def test_twenty_more_days_are_the_most_also_across_a_payment() -> None:
    parts = (
        *("extended=2026-06-15:15", "fee_sent=2026-06-22", "fee_paid=2026-07-08"),
        "extended=2026-07-20:6",
    )
    assert refusal("2026-06-01", *parts) == "extension_over_20"


def test_a_time_that_is_over_is_not_extended() -> None:
    late = "extended=2026-05-14:5"  # Thursday; due on Wednesday
    assert refusal("2026-04-13", late) == "extension_after_due"


def test_a_time_that_does_not_run_is_not_extended() -> None:
    asked = ("clarification_sent=2026-04-20", "extended=2026-04-21:5")
    assert refusal("2026-04-13", *asked) == "extension_after_due"
    fee = ("fee_sent=2026-04-20", "extended=2026-04-21:5")
    assert refusal("2026-04-13", *fee) == "extension_after_due"


def test_a_time_that_is_paused_may_be_extended() -> None:
    told = clock("2026-04-13", "agency_sent=2026-04-20", "extended=2026-06-30:5")
    assert told.state == "paused"


def test_an_extension_is_judged_by_what_was_known_on_its_day() -> None:
    # Signed for, silence would give Tuesday 17 March; answered, it is 3 March.
    known = (
        *("third_party_sent=2026-01-26", "third_party_signed=2026-01-28"),
        "third_party_answered=2026-02-04",
    )
    late = "extended=2026-03-04:5"
    assert refusal("2026-01-19", *known, late) == "extension_after_due"
    clock("2026-01-19", *known[:2], late)


def test_the_applicant_is_asked_once() -> None:
    twice = ("clarification_sent=2026-03-04", "clarification_sent=2026-03-05")
    assert refusal("2026-03-02", *twice) == "second_clarification"


def test_the_applicant_is_not_asked_again_after_a_correction() -> None:
    again = (
        *("clarification_sent=2026-03-04", "corrected=2026-03-10"),
        "clarification_sent=2026-03-12",
    )
    assert refusal("2026-03-02", *again) == "second_clarification"


def test_consultations_at_the_same_time_are_told_apart() -> None:
    same = ("agency_sent=2026-03-05", "agency_sent=2026-03-06")
    assert refusal("2026-03-02", *same) == "label_in_use"
    clock("2026-03-02", "agency_sent=2026-03-05#a", "agency_sent=2026-03-06#b")


def test_a_label_is_free_again_once_its_consultation_is_over() -> None:
    signed = ("third_party_sent=2026-01-26", "third_party_signed=2026-01-28")
    again = "third_party_sent=2026-02-25"  # Wednesday, the last day of silence
    assert refusal("2026-01-19", *signed, again) == "label_in_use"
    clock("2026-01-19", *signed, "third_party_sent=2026-02-26")


def test_one_fee_is_asked_for_at_a_time() -> None:
    assert refusal("2026-03-02", *["fee_sent=2026-03-05"] * 2) == "label_in_use"


def test_an_event_must_be_known() -> None:
    assert refusal("2026-03-02", "forgotten=2026-03-05") == "unknown_event"


@pytest.mark.parametrize(
    "event",
    [
        *("corrected=2026-02-30", "corrected=20260302", "corrected=", "corrected=今天"),
        *("corrected=1899-12-31", "corrected=2101-01-01"),
        *("delayed=2026-03-10:2026-03-32", "delayed=2026-03-10:soon"),
    ],
)
def test_a_day_must_be_a_day(event: str) -> None:
    assert refusal("2026-03-02", event) == "bad_date"


@pytest.mark.parametrize(
    "until",
    [
        "2026-03-10",  # the same day
        "2026-03-09",  # before it
        "2026-05-02",  # a holiday
        "2026-05-10",  # a Sunday
    ],
)
def test_an_answer_is_delayed_to_a_later_working_day(until: str) -> None:
    assert refusal("2026-03-02", f"delayed=2026-03-10:{until}") == "bad_date"


@pytest.mark.parametrize(
    "event",
    [
        *("extended=2026-03-10", "extended=2026-03-10:0", "extended=2026-03-10:-5"),
        *("extended=2026-03-10:five", "extended=2026-03-10:２"),
        *("clarification_sent=2026-03-04:0", "clarification_sent=2026-03-04:1.5"),
        *("delayed=2026-03-10", "corrected=2026-03-10:5", "fee_paid=2026-03-10:100"),
    ],
)
def test_an_event_is_written_as_its_kind_needs(event: str) -> None:
    with pytest.raises(BadArgument):
        happened(event)


def test_what_comes_after_the_day_asked_for_is_checked_all_the_same() -> None:
    with pytest.raises(ImpossibleEvent):
        clock("2026-03-02", "corrected=2026-03-10", as_of="2026-03-05")


def test_a_refusal_names_the_days_and_the_article() -> None:
    with pytest.raises(ImpossibleEvent) as refused:
        clock("2026-04-13", "extended=2026-05-14:5")
    assert refused.value.message == (
        "答复期限到2026年5月13日为止，2026年5月14日不能再延长。延长应在期限届满前批准"
        "并告知申请人（条例第33条第二款）。"
    )


def test_a_warning_names_the_days_and_the_article() -> None:
    told = clock("2026-05-06", "agency_sent=2026-06-02#财政局")
    assert told.warnings[0].message == (
        "2026年6月2日向其他机关“财政局”征求意见时，答复期限（2026年6月2日）已经用完，"
        "期限不因此顺延（条例第33条第三款）。"
    )
