"""Numbers without gaps: one counter per series, organisation and year."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import numbers
from engine.errors import Refusal
from models.records import IssuedNumber
from tests.office import Office, refused


def test_numbers_run_on_from_one(office: Office) -> None:
    assert [issue(office), issue(office)] == [
        "500199002/2026-00001",
        "500199002/2026-00002",
    ]


def test_an_act_that_was_not_done_leaves_no_gap(office: Office) -> None:
    issue(office)
    with refused(InterruptedError), office.engine.work() as work:
        place = office.organisation(work, "区政府办")
        numbers.issue(work, "index", place, numbers.index_number)
        raise InterruptedError
    assert issue(office) == "500199002/2026-00002"


def test_eight_at_once_leave_no_gap_and_no_double(office: Office) -> None:
    with ThreadPoolExecutor(8) as pool:
        issued = list(pool.map(lambda _: issue(office), range(24)))
    assert sorted(issued) == [f"500199002/2026-{n:05d}" for n in range(1, 25)]


def test_every_year_begins_with_one(office: Office) -> None:
    issue(office)
    office.clock.set("2027-01-01", "00:00")  # Friday
    assert issue(office) == "500199002/2027-00001"


def test_every_agency_counts_for_itself(office: Office) -> None:
    issue(office)
    assert issue(office, place="区财政局") == "500199003/2026-00001"


def test_every_series_counts_for_itself(office: Office) -> None:
    issue(office)
    assert issue(office, series="request") == "500199002/2026-00001"


def test_a_void_number_is_kept_and_never_given_again(office: Office) -> None:
    first = issue(office)
    void(office, first, "登记有误")
    assert issue(office) == "500199002/2026-00002"
    with office.engine.read() as work:
        kept = work.session.query(IssuedNumber).filter_by(text=first).one()
        assert kept.voided_at == office.clock()
        assert kept.void_reason == "登记有误"


def test_a_number_is_voided_once(office: Office) -> None:
    first = issue(office)
    void(office, first, "登记有误")
    with refused(Refusal, match="已经作废"):
        void(office, first, "登记有误")


@pytest.mark.parametrize("reason", ["", "   "])
def test_voiding_needs_a_reason(office: Office, reason: str) -> None:
    first = issue(office)
    with refused(Refusal, match="要写明理由"):
        void(office, first, reason)


def test_only_a_number_that_was_given_out_is_voided(office: Office) -> None:
    with refused(Refusal, match="不存在"):
        void(office, "500199002/2026-00009", "登记有误")


def issue(office: Office, *, series: str = "index", place: str = "区政府办") -> str:
    """Give out the next number of a series."""
    with office.engine.work() as work:
        organisation = office.organisation(work, place)
        return numbers.issue(work, series, organisation, numbers.index_number)


def void(office: Office, text: str, reason: str) -> None:
    """Void a 索引号."""
    with office.engine.work() as work:
        numbers.void(work, "index", text, reason)
