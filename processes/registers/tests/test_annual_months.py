"""The months of an annual report: what came, what was closed, what was missed."""

from processes.registers.annual_months import Months, by_month
from tests.asking import received
from tests.office import Office


def months(office: Office) -> Months:
    """Count the months of 2026 as they stand today."""
    with office.engine.read() as work:
        return by_month(work.session, 2026, None, work.today)


def test_an_answer_that_is_missed_counts_in_the_month_of_its_last_day(
    office: Office,
) -> None:
    asked = received(office, "2026-03-02")
    assert asked.due == "2026-03-30"
    office.clock.set("2026-03-30")
    assert months(office).overdue == [0] * 12
    office.clock.set("2026-03-31")
    assert months(office).overdue == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert months(office).received == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert months(office).closed == [0] * 12
