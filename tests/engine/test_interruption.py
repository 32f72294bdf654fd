"""What ends steps before anybody has done them: an event, or the end of the case."""

from pathlib import Path

import pytest

from engine import interruption, tasks
from engine.errors import Conflict, TaskCancelled
from models.workflow import CaseStatus
from tests.engine.check.diagrams import (
    NEWS,
    boundary,
    element,
    parallel,
    sub,
    trigger,
    user,
)
from tests.engine.folders import begins, deploy, make_folder
from tests.office import Matter, Office, refused

#: Two people at once inside of what an event may end, and one who is there after it.
INSIDE = "inside_start -> split -> a -> join -> inside_end\nsplit -> b -> join"


@pytest.fixture
def under_way(office: Office, tmp_path: Path) -> Matter:
    """A case in which two steps are open that an event may end."""
    folder = make_folder(
        tmp_path,
        "stoppable",
        "start -> inside -> after -> end\nstopped -> closing -> stopped_end",
        sub("inside", INSIDE, parallel("split"), parallel("join"), *map(user, "ab")),
        boundary("stopped", "inside", trigger("message", "news")),
        *(user("after"), user("closing"), element("endEvent", "stopped_end")),
        lanes=dict.fromkeys(("a", "b", "after", "closing"), "handler@drafting"),
        around=NEWS,
    )
    deploy(office, folder)
    return begins(office.lin, "stoppable")


def stopped(office: Office, matter: Matter) -> None:
    """Let the event happen."""
    with office.engine.work() as work:
        interruption.interrupt(work, matter.case(work), "stopped", "来信停办")


def test_an_event_ends_all_that_is_open_inside(
    office: Office, under_way: Matter
) -> None:
    assert sorted(under_way.open_steps) == ["a", "b"]
    stopped(office, under_way)
    assert under_way.open_steps == ["closing"]
    assert under_way.history.count("来信停办，“a”、“b”不再办理。") == 1
    assert [name for name, _ in office.lin.to_claim + office.lin.in_hand] == ["closing"]


def test_it_does_so_after_one_of_them_is_done(
    office: Office, under_way: Matter
) -> None:
    office.lin.does(under_way, "a", outcome="agreed")
    stopped(office, under_way)
    office.lin.does(under_way, "closing", outcome="agreed")
    assert under_way.open_steps == []


def test_it_does_nothing_once_they_are_over(office: Office, under_way: Matter) -> None:
    for step in "ab":
        office.lin.does(under_way, step, outcome="agreed")
    with refused(Conflict):
        stopped(office, under_way)
    assert under_way.open_steps == ["after"]


def test_who_has_such_a_step_open_is_told_why(
    office: Office, under_way: Matter
) -> None:
    with office.lin.work() as work:
        task = tasks.claim(work, under_way.open_task(work, "a"))
        seen, revision = task.public_id, task.revision
    stopped(office, under_way)
    with refused(TaskCancelled) as refusal, office.lin.work() as work:
        found = tasks.require_task(work, seen)
        tasks.complete(work, found, revision=revision, answers={"outcome": "agreed"})
    assert refusal.value.message == (
        "没有提交：来信停办。“a”已于 10:00 取消，不用再办。"
    )


def test_a_case_is_closed_wherever_it_stands(office: Office, under_way: Matter) -> None:
    for _ in "ab":
        with office.engine.work() as work:
            interruption.close(work, under_way.case(work), "不再需要")
    assert under_way.open_steps == []
    assert under_way.history.count("不再需要，“a”、“b”不再办理。") == 1
    with office.engine.read() as work:
        assert under_way.case(work).status == CaseStatus.CANCELLED
    assert office.lin.to_claim == []
