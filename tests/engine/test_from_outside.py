"""What somebody outside of the office does, and limits that an earlier step sets."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine import instances, tasks
from engine.authoring import Facts, Step, TimeLimit, Unit
from engine.errors import NotAllowed, TaskAlreadyDone
from models.people import Role
from models.workflow import Case
from tests.engine.check.diagrams import boundary, timer, user
from tests.engine.folders import begins, deploy, make_folder
from tests.office import Matter, Office, refused

WAITING = TimeLimit("waiting", "等待", 3, Unit.WORKING_DAYS, "本单位规定")


def said_before(_step: Step, _answers: Any) -> Facts:
    """Say since when, and for how long, the next step waits."""
    return {"waiting_runs": {"since": "2026-02-27", "length": 5}}


@pytest.fixture
def waits(office: Office, tmp_path: Path) -> None:
    """Deploy a process in which one step waits for somebody outside."""
    folder = make_folder(
        tmp_path,
        "waits",
        "start -> ask -> wait -> end\nsilent -> end",
        user("ask"),
        user("wait"),
        boundary("silent", "wait", timer("timeDate", "waiting")),
        lanes={"ask": "handler@drafting", "wait": "handler@drafting"},
        actions={"ask": said_before},
        limits=[WAITING],
    )
    deploy(office, folder)


@pytest.fixture
def waiting(office: Office, waits: None) -> Matter:
    """A case that waits, for five working days from Friday, 27 February."""
    del waits
    matter = begins(office.lin, "waits")
    office.lin.does(matter, "ask", outcome="agreed")
    return matter


def test_an_earlier_step_says_since_when_a_limit_runs(
    office: Office, waiting: Matter
) -> None:
    # Saturday, 28 February is a working day.
    assert waiting.limit("waiting").due_on == date(2026, 3, 5)
    office.clock.set("2026-03-06", "00:00")
    assert office.fires() == 1
    assert waiting.open_steps == []


def test_what_comes_by_itself_ends_the_step_that_waits_for_it(
    office: Office, waiting: Matter
) -> None:
    with office.engine.work() as work:
        task = waiting.open_task(work, "wait")
        tasks.complete_from_outside(work, task, answers={"outcome": "agreed"})
    assert waiting.open_steps == []
    with office.engine.work() as work, refused(TaskAlreadyDone):
        task = waiting.open_task(work, "wait")
        tasks.complete_from_outside(work, task, answers={"outcome": "agreed"})


def test_a_person_of_the_office_completes_only_what_is_in_hand(
    office: Office, waiting: Matter
) -> None:
    with office.lin.work() as work, refused(NotAllowed):
        task = waiting.open_task(work, "wait")
        tasks.complete_from_outside(work, task, answers={"outcome": "agreed"})
    assert waiting.open_steps == ["wait"]


def test_what_a_case_is_about_is_there_before_its_first_step(
    office: Office, waits: None
) -> None:
    del waits
    seen: list[tuple[int, bool]] = []

    def about(case: Case) -> None:
        seen.append((case.id, bool(instances.open_tasks(work, case))))

    with office.lin.work() as work:
        place = office.organisation(work, "信息公开科")
        case = instances.start(
            work, "waits", title="试办", place=place, number_prefix="试", about=about
        )
        assert seen == [(case.id, False)]


def test_people_of_its_office_begin_cases_of_a_government(
    office: Office, waits: None
) -> None:
    del waits
    with office.lin.work() as work, refused(NotAllowed):
        place = office.organisation(work, "区政府")
        instances.start(work, "waits", title="试办", place=place, number_prefix="试")
    office.gives_role(office.lin, Role.HANDLER, "区政府")
    with office.lin.work() as work:
        place = office.organisation(work, "区政府")
        case = instances.start(
            work, "waits", title="试办", place=place, number_prefix="试"
        )
        assert case.agency_id == office.organisations["区政府"]
