"""年度解读提醒: who is told, when, and once."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.errors import InvalidAnswers
from models.interpretations import InterpretationState
from models.people import Role
from models.workflow import Case
from processes.registers.leaders import remind, yearly_counts
from tests.interpretations import (
    explained,
    interpretation_in,
    plans,
    signs,
    writes,
)
from tests.office import Matter, Office, refused


def test_from_october_on_heads_without_an_interpretation_are_told(
    office: Office,
) -> None:
    # 主要负责人年内解读不少于1次.
    office.clock.set("2026-09-30")  # Wednesday
    remind(office.engine)
    assert reminders(office) == []
    office.clock.set("2026-10-01", "00:30")  # Thursday
    remind(office.engine)
    assert [matter_title(office, each) for each in reminders(office)] == [
        "2026年还没有作为第一解读人解读政策：顾区长",
        "2026年还没有作为第一解读人解读政策：秦主任",
        "2026年还没有作为第一解读人解读政策：罗局长",
    ]


def test_nobody_is_told_twice_in_a_year(office: Office) -> None:
    office.clock.set("2026-10-09")  # Friday
    remind(office.engine)
    remind(office.engine)
    assert len(reminders(office)) == 3
    office.clock.set("2027-10-08")  # Friday
    remind(office.engine)
    assert len(reminders(office)) == 6


def test_the_day_is_a_setting(office: Office) -> None:
    office.sets("interpretation.remind_on", "11-15", valid_from=date(2026, 3, 2))
    office.clock.set("2026-10-09")  # Friday
    remind(office.engine)
    assert reminders(office) == []


def test_who_has_interpreted_this_year_is_not_told(
    office: Office, tmp_path: Path
) -> None:
    published(office, tmp_path, "2026-05-06")
    office.clock.set("2026-10-09")  # Friday
    remind(office.engine)
    assert [matter_title(office, each) for each in reminders(office)] == [
        "2026年还没有作为第一解读人解读政策：顾区长",
        "2026年还没有作为第一解读人解读政策：罗局长",
    ]


def test_the_head_says_what_will_be_interpreted(office: Office) -> None:
    office.clock.set("2026-10-09")  # Friday
    remind(office.engine)
    matter = reminders(office)[1]
    assert matter.waits_at == ["安排本年度解读"]
    with refused(InvalidAnswers) as invalid:
        office.qin.does(matter, "interpretation_arrange", outcome="arranged")
    assert invalid.value.errors == {"arrangement": ["写明打算解读哪份文件、什么时候"]}
    words = "十一月解读培训通知，做一期视频。"
    office.qin.does(
        matter, "interpretation_arrange", outcome="arranged", arrangement=words
    )
    assert matter.waits_at == []


def test_a_leader_who_does_not_answer_is_reminded(office: Office) -> None:
    office.clock.set("2026-10-09")  # Friday
    remind(office.engine)
    matter = reminders(office)[2]
    # Ten working days after Friday 9 October; Saturday the 10th is one of them.
    assert matter.limit("interpretation_arrange").due_on == date(2026, 10, 22)
    office.clock.set("2026-10-28", "00:00")  # Wednesday
    office.fires()
    assert [role for role, _ in matter.notices] == ["disclosure_head"]


@pytest.mark.parametrize(
    ("day", "counted"), [("2026-12-31", [0, 1, 0]), ("2027-01-01", [0, 0, 0])]
)
def test_what_is_published_counts_in_its_year_of_the_office(
    office: Office, tmp_path: Path, day: str, counted: list[int]
) -> None:
    published(office, tmp_path, day, hour="00:30")
    assert counts(office, 2026) == counted


def test_what_is_signed_and_not_published_does_not_count(
    office: Office, tmp_path: Path
) -> None:
    signed(office, tmp_path)
    assert counts(office, 2026) == [0, 0, 0]


def test_a_past_year_is_counted_for_who_was_head_when_it_ended(office: Office) -> None:
    office.clock.set("2027-02-01")  # Monday
    office.ends_role(office.luo, Role.UNIT_HEAD, date(2027, 1, 31))
    with office.engine.read() as work:
        past = yearly_counts(work, 2026, office.root_id)
        now = yearly_counts(work, 2027, office.root_id)
        assert [each.person.name for each in past] == ["顾区长", "秦主任", "罗局长"]
        assert [each.person.name for each in now] == ["顾区长", "秦主任"]


def signed(office: Office, home: Path) -> Matter:
    """An interpretation that 秦主任 has signed."""
    matter = explained(office, home)
    plans(office.lin, matter)
    writes(office.lin, matter)
    signs(office.qin, matter)
    return matter


def published(office: Office, home: Path, day: str, hour: str = "10:00") -> None:
    """An interpretation of 秦主任's that was published on a day."""
    matter = signed(office, home)
    office.clock.set(day, hour)
    with office.engine.work() as work:
        found = interpretation_in(work, matter)
        found.state, found.published_at = InterpretationState.PUBLISHED, work.now


def counts(office: Office, year: int) -> list[int]:
    """Return how many interpretations each head has in a year."""
    with office.engine.read() as work:
        found = yearly_counts(work, year, office.root_id)
        return [len(each.published) for each in found]


def reminders(office: Office) -> list[Matter]:
    """Return the reminders' cases."""
    with office.engine.read() as work:
        found = select(Case.id).where(Case.process_key == "interpretation_reminder")
        return [
            Matter(office, key) for key in work.session.scalars(found.order_by(Case.id))
        ]


def matter_title(office: Office, matter: Matter) -> str:
    """Return what a case is called."""
    with office.engine.read() as work:
        return matter.case(work).title
