"""By when a request must be answered: 条例 Arts 30 to 35 and 办法 Art 6.

The worked examples E1 to E17 and E28 were computed by hand with the notices for 2025
and 2026; the examples between them are tests of the calendar.
"""

from datetime import date

import pytest

from tests.clocks import clock, due, limits, warnings


@pytest.mark.parametrize(
    ("received", "notice", "answer"),
    [
        # E1: Monday; notice by Wednesday, answer by Monday.
        ("2025-03-03", "2025-03-12", "2025-03-31"),
        # E2: a Saturday that is worked; Tuesday, Friday.
        ("2025-02-08", "2025-02-18", "2025-03-07"),
        # E3: Monday before 春节, Sunday 26 January counts; Wednesday, Friday.
        ("2025-01-20", "2025-02-05", "2025-02-21"),
        # E4: Tuesday, both Saturdays around 春节 count; Thursday, Monday.
        ("2026-02-10", "2026-02-26", "2026-03-16"),
        # E5: an ordinary Saturday: the first day counted is Monday; Tuesday, Friday.
        ("2026-03-07", "2026-03-17", "2026-04-03"),
        # E6: Monday before 国庆; Tuesday, Friday.
        ("2025-09-22", "2025-09-30", "2025-10-24"),
        # E7: Friday before 中秋 and 国庆; Tuesday, Thursday.
        ("2026-09-18", "2026-09-29", "2026-10-22"),
    ],
)
def test_a_request_is_answered_within_twenty_working_days(
    received: str, notice: str, answer: str
) -> None:
    told = clock(received, channel="signed_mail")
    assert limits(told) == {"clarification_notice": notice, "answer": answer}
    assert (told.state, told.provisional) == ("running", False)


# Which day counts as receipt (Art 31).


@pytest.mark.parametrize("channel", ["in_person", "oral", "signed_mail"])
def test_what_is_handed_over_counts_from_that_day(channel: str) -> None:
    told = clock("2026-03-02", channel=channel, confirmed="2026-03-05")  # Monday
    assert told.received_on == date(2026, 3, 2)


@pytest.mark.parametrize("channel", ["plain_mail", "internet", "fax"])
def test_what_must_be_confirmed_counts_from_the_confirmation(channel: str) -> None:
    told = clock("2026-03-02", channel=channel, confirmed="2026-03-05")  # Thursday
    assert told.received_on == date(2026, 3, 5)


def test_a_website_that_gives_a_receipt_at_once_confirms_by_it() -> None:
    told = clock("2026-03-02", channel="internet", auto_receipt=True)
    assert told.received_on == date(2026, 3, 2)


def test_a_fax_has_no_automatic_receipt() -> None:
    told = clock("2026-03-02", channel="fax", auto_receipt=True)
    assert told.state == "unconfirmed"


def test_what_is_not_confirmed_has_a_warning_and_nothing_else() -> None:
    told = clock("2025-10-01", channel="internet")  # Wednesday
    assert (told.received_on, told.due_on, told.limits) == (None, None, ())
    assert (told.state, told.ledger) == ("unconfirmed", ())
    assert told.warn_on == date(2025, 11, 4)  # Tuesday


def test_a_request_can_be_withdrawn_before_it_is_confirmed() -> None:
    told = clock("2025-10-01", "withdrawn=2025-10-09", channel="plain_mail")
    assert (told.state, told.due_on, told.ledger) == ("closed", None, ())


# E8: submitted on Friday, confirmed on a Sunday that is worked. E9: submitted on a
# holiday, confirmed on the Thursday after.
@pytest.mark.parametrize(
    ("received", "confirmed", "legal", "safe"),
    [
        ("2025-04-25", "2025-04-27", "2025-05-28", "2025-05-27"),
        ("2025-10-01", "2025-10-09", "2025-11-05", "2025-11-04"),
    ],
)
def test_the_warning_counts_from_submission(
    received: str, confirmed: str, legal: str, safe: str
) -> None:
    told = clock(received, channel="internet", confirmed=confirmed)
    assert (str(told.due_on), str(told.warn_on)) == (legal, safe)


def test_the_warning_knows_the_same_pauses() -> None:
    # Nine days used from Monday the 13th, eight from Tuesday the 14th.
    told = clock(
        "2026-04-13",
        *("agency_sent=2026-04-24", "agency_answered=2026-05-12"),
        channel="internet",
        confirmed="2026-04-14",
    )
    assert (str(told.due_on), str(told.warn_on)) == ("2026-05-28", "2026-05-27")


def test_after_a_correction_the_day_of_submission_does_not_matter_any_more() -> None:
    told = clock(
        "2025-10-01",
        *("clarification_sent=2025-10-15", "corrected=2025-10-20"),
        channel="internet",
        confirmed="2025-10-09",
    )
    assert str(told.due_on) == str(told.warn_on) == "2025-11-17"


def test_there_is_no_warning_day_while_there_is_no_due_day() -> None:
    # Counted from submission the time was over on the day of the letter.
    told = clock(
        "2025-10-01", "agency_sent=2025-11-04", channel="fax", confirmed="2025-10-09"
    )
    assert (told.due_on, told.warn_on) == (None, None)


# 补正 (Art 30).


def test_a_correction_begins_the_time_anew() -> None:
    # E10: told on the seventh working day; corrected on a Monday.
    told = clock(
        "2025-09-15", "clarification_sent=2025-09-24:15", "corrected=2025-10-20"
    )
    assert limits(told) == {
        "clarification_notice": "2025-09-24",
        "correction": "2025-10-21",
        "answer": "2025-11-17",
    }
    assert (told.state, told.warnings) == ("running", ())


def test_until_the_correction_nothing_is_due() -> None:
    told = clock("2025-09-15", "clarification_sent=2025-09-24")
    assert (told.state, told.due_on, told.warn_on) == (
        "awaiting_correction",
        None,
        None,
    )
    assert limits(told)["correction"] == "2025-10-14"  # ten working days, Tuesday
    assert "answer" not in limits(told)


def test_a_notice_after_its_seven_days_stops_nothing() -> None:
    told = clock(
        *("2025-09-15", "clarification_sent=2025-09-25", "corrected=2025-09-29")
    )
    assert (str(told.due_on), told.state) == ("2025-10-17", "running")
    assert warnings(told) == ["clarification_late"]
    assert limits(told)["correction"] == "2025-10-15"  # the applicant has it still


def test_a_late_correction_counts_as_long_as_nobody_closed_the_request() -> None:
    told = clock(
        "2025-09-15", "clarification_sent=2025-09-24:5", "corrected=2025-10-20"
    )
    assert (str(told.due_on), warnings(told)) == ("2025-11-17", ["correction_late"])


def test_a_correction_on_its_last_day_is_in_time() -> None:
    told = clock(
        "2025-09-15", "clarification_sent=2025-09-24:15", "corrected=2025-10-21"
    )
    assert told.warnings == ()


def test_a_limit_that_has_passed_does_not_close_by_itself() -> None:
    told = clock("2025-09-15", "clarification_sent=2025-09-24:5", as_of="2025-12-01")
    assert told.state == "awaiting_correction"


# Consultations (Arts 32 to 34).

SENT = ("third_party_sent=2026-01-26", "third_party_signed=2026-01-28")


def test_a_silent_third_party_pauses_the_time_for_fifteen_working_days() -> None:
    # E11: received on Monday 19 January, five days used, fifteen left.
    told = clock("2026-01-19", *SENT)
    assert limits(told)["silence"] == "2026-02-25"  # Wednesday
    assert (str(told.due_on), told.state) == ("2026-03-17", "paused")  # Tuesday


def test_the_answer_of_a_third_party_ends_the_pause() -> None:
    told = clock("2026-01-19", *SENT, "third_party_answered=2026-02-04")  # E12
    assert (str(told.due_on), told.state) == ("2026-03-03", "running")


def test_an_answer_after_the_silence_limit_comes_too_late_to_pause() -> None:
    assert due("2026-01-19", *SENT, "third_party_answered=2026-03-02") == "2026-03-17"


def test_until_the_letter_is_signed_for_the_end_is_not_known() -> None:
    told = clock("2026-01-19", "third_party_sent=2026-01-26")
    assert (told.due_on, told.state) == (None, "paused")
    assert limits(told) == {"clarification_notice": "2026-01-28"}


def test_a_letter_may_be_answered_that_nobody_signed_for() -> None:
    answered = ("third_party_sent=2026-01-26", "third_party_answered=2026-02-04")
    assert due("2026-01-19", *answered) == "2026-03-03"


def test_a_co_maker_has_fifteen_working_days() -> None:
    # E15: the co-maker signs on a Saturday that is worked, and stays silent.
    told = clock("2026-05-06", "comaker_sent=2026-05-08", "comaker_signed=2026-05-09")
    assert limits(told)["silence"] == "2026-05-29"  # Friday
    assert str(told.due_on) == "2026-06-25"  # Thursday


@pytest.mark.parametrize(
    ("as_of", "state"), [("2026-02-25", "paused"), ("2026-02-26", "running")]
)
def test_silence_lasts_until_its_last_day_is_over(as_of: str, state: str) -> None:
    assert clock("2026-01-19", *SENT, as_of=as_of).state == state


def test_another_agency_has_no_limit() -> None:
    told = clock("2026-05-06", "agency_sent=2026-05-08")
    assert (told.due_on, told.state) == (None, "paused")
    back = clock("2026-05-06", "agency_sent=2026-05-08", "agency_answered=2026-06-18")
    assert str(back.due_on) == "2026-07-15"  # eighteen days after a Thursday


def test_consultations_that_overlap_count_once() -> None:
    # Two days used; held from Friday 8 May to Friday 29 May; eighteen left.
    overlapping = (
        *("comaker_sent=2026-05-08#a", "comaker_signed=2026-05-09#a"),
        *("agency_sent=2026-05-12", "agency_answered=2026-05-20"),
        *("comaker_sent=2026-05-11#b", "comaker_answered=2026-05-27#b"),
    )
    told = clock("2026-05-06", *overlapping)
    assert str(told.due_on) == "2026-06-25"
    assert list(limits(told)) == ["clarification_notice", "silence#a", "answer"]


def test_consultations_one_after_the_other_add_up() -> None:
    # Two days used, three between them, fifteen after the second one.
    told = clock(
        "2026-05-06",
        *("third_party_sent=2026-05-08", "third_party_answered=2026-05-12"),
        *("third_party_sent=2026-05-15", "third_party_answered=2026-05-20"),
    )
    assert str(told.due_on) == "2026-06-10"


def test_silences_are_listed_by_the_day_of_sending() -> None:
    told = clock(
        "2026-05-06",
        *("comaker_sent=2026-05-11", "comaker_signed=2026-05-12"),
        *("third_party_sent=2026-05-08#b", "third_party_signed=2026-05-13#b"),
    )
    names = [limit.name for limit in told.limits]
    assert names == ["clarification_notice", "silence#b", "silence", "answer"]


def test_a_consultation_on_the_last_day_moves_nothing() -> None:
    told = clock("2026-05-06", "agency_sent=2026-06-02")  # Tuesday, the due day
    assert (str(told.due_on), told.state) == ("2026-06-02", "running")
    assert warnings(told) == ["consultation_late"]


def test_a_consultation_on_the_day_before_leaves_one_day() -> None:
    told = clock("2026-05-06", "agency_sent=2026-06-01", "agency_answered=2026-06-08")
    assert (str(told.due_on), told.warnings) == ("2026-06-09", ())


def test_a_late_consultation_still_has_its_own_limit() -> None:
    told = clock(
        "2026-05-06",
        *("third_party_sent=2026-06-03", "third_party_signed=2026-06-03"),
        "third_party_answered=2026-06-08",
    )
    assert limits(told)["silence"] == "2026-06-25"
    assert str(told.due_on) == "2026-06-02"


def test_a_consultation_goes_on_over_a_correction() -> None:
    # Nothing of the new count is used until the agency answers.
    told = clock(
        "2026-05-06",
        *("agency_sent=2026-05-08", "clarification_sent=2026-05-09"),
        *("corrected=2026-05-13", "agency_answered=2026-05-20"),
    )
    assert str(told.due_on) == "2026-06-17"


def test_who_signs_and_answers_on_one_day_has_done_both() -> None:
    told = clock(
        "2026-05-06",
        *("third_party_sent=2026-05-08", "third_party_signed=2026-05-12"),
        "third_party_answered=2026-05-12",
    )
    assert limits(told)["silence"] == "2026-06-02"
    assert str(told.due_on) == "2026-06-05"


# Extension (Art 33(2)).


@pytest.mark.parametrize(("days", "until"), [(20, "2026-06-10"), (10, "2026-05-27")])
def test_an_extension_adds_working_days(days: int, until: str) -> None:
    assert due("2026-04-13", f"extended=2026-05-12:{days}") == until  # E13


def test_the_time_may_be_extended_on_its_last_day() -> None:
    assert due("2026-04-13", "extended=2026-05-13:20") == "2026-06-10"


def test_the_time_may_be_extended_in_parts() -> None:
    parts = ("extended=2026-05-12:5", "extended=2026-05-20:5")
    assert due("2026-04-13", *parts) == "2026-05-27"


def test_an_extension_does_not_survive_a_payment() -> None:
    told = clock(
        "2026-06-01",
        *("extended=2026-06-15:10", "fee_sent=2026-06-22", "fee_paid=2026-07-08"),
    )
    assert str(told.due_on) == "2026-08-05"


@pytest.mark.parametrize(("days", "until"), [(15, "2026-03-27"), (20, "2026-04-03")])
def test_correction_consultation_and_extension_one_after_the_other(
    days: int, until: str
) -> None:
    # E14: due Friday 6 February, then Friday 6 March, then extended.
    told = clock(
        "2025-12-22",
        *("clarification_sent=2025-12-30:10", "corrected=2026-01-09"),
        *("third_party_sent=2026-01-20", "third_party_signed=2026-01-22"),
        *("third_party_answered=2026-02-11", f"extended=2026-03-05:{days}"),
    )
    assert limits(told) == {
        "clarification_notice": "2025-12-31",
        "correction": "2026-01-14",
        "silence": "2026-02-12",
        "answer": until,
    }


# Unreasonable number, delayed day (Art 35).


def test_asking_for_reasons_takes_time_that_counts() -> None:
    assert due("2026-04-13", "reasons_requested=2026-04-20") == "2026-05-13"


def test_a_delayed_day_is_the_due_day() -> None:
    assert due("2026-04-13", "delayed=2026-05-12:2026-07-15") == "2026-07-15"


def test_later_pauses_do_not_move_a_delayed_day() -> None:
    delayed = ("delayed=2026-05-12:2026-07-15", "agency_sent=2026-05-14")
    told = clock("2026-04-13", *delayed)
    assert (str(told.due_on), told.state) == ("2026-07-15", "running")


def test_a_payment_takes_the_place_of_a_delayed_day() -> None:
    told = clock(
        "2026-06-01",
        *("delayed=2026-06-15:2026-09-15", "fee_sent=2026-06-22"),
        "fee_paid=2026-07-08",
    )
    assert str(told.due_on) == "2026-08-05"


# 信息处理费 (办法 Art 6).

FEE = ("fee_sent=2026-06-22", "fee_served=2026-06-24")


def test_a_payment_begins_the_time_anew() -> None:
    told = clock("2026-06-01", *FEE, "fee_paid=2026-07-08")  # E16
    assert limits(told)["payment"] == "2026-07-22"  # Wednesday
    assert (str(told.due_on), told.warnings) == ("2026-08-05", ())


def test_until_the_payment_nothing_is_due() -> None:
    # E17: served on Friday 11 September; over on Thursday 15 October.
    told = clock("2026-08-20", "fee_sent=2026-09-10", "fee_served=2026-09-11")
    assert (told.state, told.due_on) == ("awaiting_payment", None)
    assert limits(told)["payment"] == "2026-10-15"


def test_a_fee_may_be_asked_for_on_the_last_day() -> None:
    assert due("2026-06-01", "fee_sent=2026-06-30") == "awaiting_payment"


def test_a_fee_asked_for_after_the_last_day_moves_nothing() -> None:
    told = clock("2026-06-01", "fee_sent=2026-07-01", "fee_paid=2026-07-08")
    assert (str(told.due_on), told.state) == ("2026-06-30", "running")
    assert warnings(told) == ["fee_late"]


def test_a_late_payment_counts_as_long_as_nobody_closed_the_request() -> None:
    told = clock("2026-06-01", *FEE, "fee_paid=2026-07-23")
    assert warnings(told) == ["payment_late"]
    assert str(told.due_on) == "2026-08-20"


# The end.


@pytest.mark.parametrize("end", ["answered", "withdrawn", "closed"])
def test_an_end_leaves_the_due_day_as_it_stood(end: str) -> None:
    told = clock("2026-04-13", f"{end}=2026-04-20")
    assert (told.state, str(told.due_on)) == ("closed", "2026-05-13")
    assert told.ledger[-1].date == date(2026, 4, 20)


def test_a_request_that_nobody_corrected_ends_without_a_due_day() -> None:
    told = clock("2025-09-15", "clarification_sent=2025-09-24:5", "closed=2025-10-09")
    assert (told.state, told.due_on, told.warn_on) == ("closed", None, None)


# As of a day.


def test_what_comes_after_the_day_asked_for_is_left_out() -> None:
    told = clock("2026-01-19", *SENT, "answered=2026-03-01", as_of="2026-01-27")
    assert (told.state, told.due_on) == ("paused", None)
    assert told.ledger[-1].date == date(2026, 1, 26)


# What is not certain yet.


def test_a_time_within_the_known_years_is_certain() -> None:
    told = clock("2026-12-03")  # E28: Thursday to Thursday
    assert (str(told.due_on), told.provisional) == ("2026-12-31", False)


def test_a_time_that_reaches_an_unknown_year_is_provisional() -> None:
    told = clock("2026-12-04")  # E28: Friday to Monday
    assert (str(told.due_on), told.provisional) == ("2027-01-04", True)
    assert {limit.name: limit.provisional for limit in told.limits} == {
        "clarification_notice": False,
        "answer": True,
    }
    assert [day.provisional for day in told.ledger][-5:] == [False, *[True] * 4]


def test_a_provisional_warning_makes_the_answer_provisional() -> None:
    told = clock("2026-12-14", channel="internet")
    assert (str(told.warn_on), told.provisional) == ("2027-01-12", True)
