"""How a request's clock goes through its days: order, count and notes."""

from processes.registers.request_clock import Answer
from tests.clocks import clock, due, notes

SENT = ("third_party_sent=2026-01-26", "third_party_signed=2026-01-28")


def account(told: Answer) -> dict[str, tuple[bool, int, int]]:
    """Return whether each day is counted, what is used and what remains after it."""
    return {
        day.date.isoformat(): (day.counted, day.used, day.remaining)
        for day in told.ledger
    }


# Order within one day.


def test_a_consultation_answered_on_the_same_day_moves_nothing() -> None:
    day = ("third_party_answered=2026-05-08", "third_party_sent=2026-05-08")
    told = clock("2026-05-06", *day)
    assert (str(told.due_on), told.state) == ("2026-06-02", "running")


def test_one_consultation_may_end_and_the_next_begin_on_one_day() -> None:
    told = clock(
        "2026-05-06",
        *("third_party_sent=2026-05-12", "third_party_sent=2026-05-08"),
        *("third_party_answered=2026-05-12", "third_party_answered=2026-05-20"),
    )
    assert str(told.due_on) == "2026-06-15"


def test_an_answer_comes_before_an_extension_of_the_same_day() -> None:
    # The agency answers on Monday 8 June: the due day is Tuesday.
    told = clock(
        "2026-05-06",
        *("extended=2026-06-08:5", "agency_answered=2026-06-08"),
        "agency_sent=2026-06-01",
    )
    assert str(told.due_on) == "2026-06-16"


def test_an_extension_comes_before_a_letter_of_the_same_day() -> None:
    told = clock("2026-05-06", "agency_sent=2026-06-02", "extended=2026-06-02:5")
    assert (told.state, told.warnings) == ("paused", ())


def test_a_request_corrected_on_the_day_of_the_notice_begins_anew() -> None:
    day = ("corrected=2026-05-11", "clarification_sent=2026-05-11")
    assert due("2026-05-06", *day) == "2026-06-08"  # Monday to Monday


def test_a_request_paid_for_on_the_day_of_the_notice_begins_anew() -> None:
    day = ("fee_paid=2026-05-11", "fee_served=2026-05-11", "fee_sent=2026-05-11")
    assert due("2026-05-06", *day) == "2026-06-08"  # Monday to Monday


def test_the_end_comes_last() -> None:
    day = ("answered=2026-05-11", "agency_answered=2026-05-11")
    told = clock("2026-05-06", *day, "agency_sent=2026-05-08")
    assert (told.state, str(told.due_on)) == ("closed", "2026-06-04")


# The account, day by day.


def test_the_day_of_receipt_is_not_counted() -> None:
    first, second = clock("2025-03-03").ledger[:2]
    assert (first.counted, first.used, first.remaining) == (False, 0, 20)
    assert (second.counted, second.used, second.remaining) == (True, 1, 19)
    assert first.note == "收到申请；起算日，不计入"


def test_holidays_and_days_worked_instead_are_named() -> None:
    told = notes(clock("2026-09-18"))
    assert told["2026-09-19"] == "周六"
    assert told["2026-09-20"] == "调休上班"
    assert told["2026-09-25"] == "中秋节"
    assert told["2026-10-01"] == "国庆节"
    assert told["2026-10-22"] == "答复申请人的最后一日"


def test_the_sending_day_is_used_and_the_answering_day_is_not() -> None:
    told = clock("2026-01-19", *SENT, "third_party_answered=2026-02-04")
    by_day = {
        str(day.date): (day.counted, day.used, day.remaining) for day in told.ledger
    }
    assert by_day["2026-01-26"] == (True, 5, 15)
    assert by_day["2026-01-27"] == (False, 5, 15)
    assert by_day["2026-02-04"] == (False, 5, 15)
    assert by_day["2026-02-05"] == (True, 6, 14)
    assert notes(told)["2026-02-03"] == "征求第三方意见，不计入（条例第33条第三款）"


def test_a_reset_begins_at_nought() -> None:
    told = clock("2025-09-15", "clarification_sent=2025-09-24", "corrected=2025-10-09")
    by_day = {
        str(day.date): (day.counted, day.used, day.remaining) for day in told.ledger
    }
    assert by_day["2025-10-08"] == (False, 7, 13)
    assert by_day["2025-10-09"] == (False, 0, 20)
    assert by_day["2025-10-10"] == (True, 1, 19)
    assert notes(told)["2025-10-09"] == "收到补正后的申请（条例第30条）；起算日，不计入"


def test_an_extension_adds_to_what_remains_on_its_day() -> None:
    told = clock("2026-04-13", "extended=2026-05-12:20")
    assert account(told)["2026-05-11"] == (True, 18, 2)
    assert account(told)["2026-05-12"] == (True, 19, 21)


def test_days_after_the_last_one_are_told_as_late() -> None:
    told = clock("2025-03-03", "answered=2025-04-02")
    last = told.ledger[-1]
    assert (str(last.date), last.used, last.remaining) == ("2025-04-02", 22, -2)
    assert last.note == "答复申请人（条例第33条）；已超过答复期限2个工作日"


def test_a_delayed_day_is_counted_down_to() -> None:
    told = clock("2026-04-13", "delayed=2026-05-12:2026-05-20")
    assert account(told)["2026-05-11"] == (True, 18, 2)
    assert account(told)["2026-05-12"] == (True, 19, 6)
    assert account(told)["2026-05-20"] == (True, 25, 0)


def test_a_day_inside_a_consultation_that_came_too_late_is_counted() -> None:
    told = clock("2026-05-06", "agency_sent=2026-06-02", "agency_answered=2026-06-05")
    assert account(told)["2026-06-03"] == (True, 21, -1)


def test_a_label_tells_whom_a_letter_went_to() -> None:
    told = clock("2026-05-06", "third_party_sent=2026-05-08#甲")
    assert notes(told)["2026-05-08"] == (
        "向第三方征求意见：甲（条例第32条、第33条第三款）"
    )


def test_the_account_ends_with_the_last_event_where_nothing_is_due() -> None:
    told = clock("2026-05-06", "agency_sent=2026-05-08", "reasons_requested=2026-05-20")
    assert str(told.ledger[-1].date) == "2026-05-20"


def test_the_account_ends_with_the_due_day_where_that_is_later() -> None:
    told = clock("2026-05-06", "reasons_requested=2026-05-20")
    assert str(told.ledger[-1].date) == "2026-06-02"
