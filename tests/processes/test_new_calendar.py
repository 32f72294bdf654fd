"""Requests that run when next year's holidays become known: each date follows."""

from datetime import date

from engine import recomputation
from engine.calendars import with_year
from tests.asking import POSTED, asks_third_party, examined, received
from tests.notices import NAME_2027, bring_in, year_2027
from tests.office import Office


def test_an_answer_that_was_provisional_gets_its_day(office: Office) -> None:
    # By statute alone the twentieth working day is Friday 19 February; the invented
    # notice gives Thursday the 11th free and lets Saturday the 20th be worked.
    office.clock.set("2027-01-18")
    asked = received(office, "2027-01-18")
    limit = asked.limit("answer")
    assert (limit.due_on, limit.provisional) == (date(2027, 2, 19), True)
    with office.engine.read() as work:
        calendar = with_year(work.session, "CN", year_2027())
        changes = recomputation.preview(work, calendar, year=2027)
        moved = {each.title: (each.old.due_on, each.new.due_on) for each in changes}
        assert moved["答复申请"] == (date(2027, 2, 19), date(2027, 2, 20))
    knows_the_notice(office)
    limit = asked.limit("answer")
    assert (limit.due_on, limit.provisional) == (date(2027, 2, 20), False)
    assert str(asked.clock.due_on) == "2027-02-20"
    assert any(
        line.endswith(f"从2月19日（暂定）改为2月20日。按“{NAME_2027}”重新计算。")
        for line in asked.history
    )


def test_a_request_that_waits_for_a_third_party_goes_on_with_the_new_calendar(
    office: Office,
) -> None:
    office.clock.set("2027-01-18")
    asked = received(office, "2027-01-18")
    examined(office, asked, "handle")
    asking = asks_third_party(office, asked)
    office.wen.does(asking, "send_inquiry", outcome="sent", **POSTED)
    assert asked.due == "None"
    knows_the_notice(office)
    assert asked.limit("answer").state == "paused"
    office.clock.set("2027-01-19")
    office.wen.does(
        asking, "record_inquiry_service", outcome="signed", served_on="2027-01-19"
    )
    # Fifteen working days of silence from the 19th: 20 to 22 and 25 to 29 January,
    # 1 to 4, 12, 15 and 16 February.
    limit = asking.limit("third_party_silence")
    assert (limit.due_on, limit.provisional) == (date(2027, 2, 16), False)
    # Nothing is used yet: twenty more, Saturday the 20th among them.
    assert asked.due == "2027-03-15"


def knows_the_notice(office: Office) -> None:
    with office.engine.work() as work:
        bring_in(work, year_2027())
    recomputation.apply(office.engine)
