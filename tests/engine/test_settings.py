"""What the law leaves open: set from a day on, by tree or agency, with its history."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from engine import settings
from models.records import HistoryEntry, Setting
from tests.office import Office

#: Sunday.
MARCH = date(2026, 3, 1)


def test_what_nobody_has_set_has_its_default(office: Office) -> None:
    assert value(office, "files.largest_mb") == 20


def test_a_value_holds_from_its_day_on(office: Office) -> None:
    office.sets("files.largest_mb", 50, valid_from=date(2026, 4, 1))  # Wednesday
    assert value(office, "files.largest_mb", on=date(2026, 3, 31)) == 20
    assert value(office, "files.largest_mb", on=date(2026, 4, 1)) == 50


def test_the_old_value_stays_readable_for_its_time(office: Office) -> None:
    office.sets("files.largest_mb", 50, valid_from=MARCH)
    office.sets("files.largest_mb", 30, valid_from=date(2026, 4, 1))  # Wednesday
    assert value(office, "files.largest_mb", on=date(2026, 3, 31)) == 50


def test_of_two_values_from_one_day_the_later_one_holds(office: Office) -> None:
    office.sets("files.largest_mb", 50, valid_from=MARCH)
    office.sets("files.largest_mb", 30, valid_from=MARCH)
    assert value(office, "files.largest_mb") == 30


def test_an_agencys_own_value_goes_before_the_trees(office: Office) -> None:
    office.sets("files.largest_mb", 50, valid_from=MARCH, place="区财政局")
    office.sets("files.largest_mb", 30, valid_from=date(2026, 3, 2))  # Monday
    assert value(office, "files.largest_mb", place="预算科") == 50
    assert value(office, "files.largest_mb", place="信息公开科") == 30


def test_a_value_does_not_hold_in_another_tree(office: Office) -> None:
    office.add_stranger()
    office.sets("files.largest_mb", 50, valid_from=MARCH)
    assert value(office, "files.largest_mb", place="雾山区政府") == 20


def test_a_change_is_recorded_with_old_and_new_value(office: Office) -> None:
    office.sets("files.largest_mb", 50, valid_from=MARCH)
    with office.engine.read() as work:
        *_, told = work.session.scalars(
            select(HistoryEntry)
            .filter_by(event="setting_changed")
            .order_by(HistoryEntry.id)
        )
        assert told.sentence == (
            "系统把设置“files.largest_mb”从2026-03-01起改为新值。试行"
        )
        assert told.data == {"key": "files.largest_mb", "old": 20, "new": 50}


def test_no_row_is_ever_changed(office: Office) -> None:
    office.sets("files.largest_mb", 50, valid_from=MARCH)
    office.sets("files.largest_mb", 30, valid_from=MARCH)
    with office.engine.read() as work:
        rows = work.session.scalars(
            select(Setting).filter_by(key="files.largest_mb").order_by(Setting.id)
        )
        assert [row.content["value"] for row in rows] == [50, 30]


def test_a_setting_that_does_not_exist_is_not_read(office: Office) -> None:
    with pytest.raises(KeyError):
        value(office, "files.largest")


def value(
    office: Office,
    key: str,
    *,
    on: date = date(2026, 3, 2),  # Monday
    place: str = "区政府办",
) -> Any:
    """Return what holds on a day in an organisation."""
    with office.engine.read() as work:
        organisation = office.organisation(work, place)
        return settings.read(work.session, key, on=on, organisation=organisation)
