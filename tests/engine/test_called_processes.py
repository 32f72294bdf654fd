"""One process calls another: they run as one case, each with its own folder."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine import execution
from engine.authoring import Facts, Process, Recipient, Rung, Step, TimeLimit, Unit
from engine.errors import BadDefinition, MakerIsChecker
from engine.standing import standing
from models.people import Role
from models.workflow import Deadline, Task
from tests.engine.check.diagrams import (
    boundary,
    catch,
    element,
    exclusive,
    extension,
    parallel,
    service,
    timer,
    trigger,
    user,
)
from tests.engine.folders import begins, deploy, make_folder, votes
from tests.office import Matter, Office, refused

CALL = element("callActivity", "review", calledElement="reviewing")
LIMIT = TimeLimit(
    name="check",
    title="复核",
    length=3,
    unit=Unit.WORKING_DAYS,
    source="本单位规定",
    rungs=(Rung(0, Recipient.HANDLER),),
)


def calling(home: Path, *, call: str = CALL, flows: str = "", **more: Any) -> Process:
    """The process that is begun: a draft, the review by another process, an end."""
    return make_folder(
        home,
        "calling",
        flows or "start -> draft -> review -> finish -> end",
        user("draft", extension('<gongkai:task duty="making"/>')),
        user("finish"),
        call,
        lanes={"draft": "handler@drafting", "finish": "handler@drafting"},
        **more,
    )


def reviewing(
    home: Path,
    *,
    separate: str = "making",
    role: str = "section_head",
    actions: dict[str, Callable[..., Facts | None]] | None = None,
    end: str = "",
) -> Process:
    """The process that is called: one check with a limit, and an action after it."""
    return make_folder(
        home,
        "reviewing",
        "review_start -> check -> note -> review_end\nlate -> remind -> reminded",
        '<bpmn:startEvent id="review_start" />',
        element("endEvent", "review_end", end),
        '<bpmn:endEvent id="reminded" />',
        user("check", extension(f'<gongkai:task separateFrom="{separate}"/>')),
        boundary("late", "check", timer("timeDate", "check"), interrupting=False),
        service("note"),
        service("remind"),
        lanes={"check": f"{role}@drafting"},
        actions={"note": noted, "remind": noted, **(actions or {})},
        limits=[LIMIT],
    )


def begins_limit(step: Step, answers: Any) -> Facts:
    """Let the case's limit run from the first check on."""
    if step.running_limit("check") is None:
        step.start_limit("check")
    return {"check": answers["outcome"]}


def noted(step: Step) -> Facts:
    """Say what the step knows of the case's facts, and whose it is."""
    return {step.element: [step.process.key, step.data.get("draft")]}


@pytest.fixture
def called(office: Office, tmp_path: Path) -> Office:
    """The office with a process that calls another one."""
    deploy(office, calling(tmp_path), reviewing(tmp_path))
    return office


def test_the_called_process_waits_in_the_case_that_called_it(called: Office) -> None:
    matter = begins(called.lin, "calling")
    called.lin.does(matter, "draft", outcome="agreed")
    assert matter.waits_at == ["check"]
    called.zhou.does(matter, "check", outcome="agreed")
    assert matter.waits_at == ["finish"]
    called.lin.does(matter, "finish", outcome="agreed")
    assert status(called, matter) == "finished"


def test_facts_go_in_and_come_back(called: Office) -> None:
    matter = begins(called.lin, "calling", colour="red")
    called.lin.does(matter, "draft", outcome="agreed")
    assert data_at(called, matter)["colour"] == "red"
    called.zhou.does(matter, "check", outcome="objected")
    facts = data_at(called, matter)
    assert facts["check"] == "objected"
    assert facts["note"] == ["reviewing", "agreed"]
    assert facts["colour"] == "red"


def test_a_task_and_its_limit_belong_to_the_folder_that_has_them(
    called: Office,
) -> None:
    matter = begins(called.lin, "calling")
    called.lin.does(matter, "draft", outcome="agreed")
    assert keys_of(called, matter, Task) == ["calling", "reviewing"]
    assert keys_of(called, matter, Deadline) == ["reviewing"]
    # Monday, 2 March, and three working days.
    assert matter.limit("check").due_on == date(2026, 3, 5)


def test_the_length_of_a_called_limit_is_set_under_its_own_process(
    called: Office,
) -> None:
    one_day = {"length": 1, "unit": "working_days"}
    called.sets("limit.reviewing.check", one_day, valid_from=date(2026, 1, 1))
    matter = begins(called.lin, "calling")
    called.lin.does(matter, "draft", outcome="agreed")
    assert matter.limit("check").due_on == date(2026, 3, 3)  # Tuesday
    assert matter.limit("check").rule_version.startswith("limit.reviewing.check#")


def test_a_ladder_inside_of_a_called_process_reminds(called: Office) -> None:
    matter = begins(called.lin, "calling")
    called.lin.does(matter, "draft", outcome="agreed")
    called.clock.set("2026-03-06", "00:00")  # Friday begins
    assert called.fires() == 1
    called.zhou.does(matter, "check", outcome="agreed")
    assert matter.waits_at == ["finish"]


def test_a_called_process_may_be_begun_by_itself(called: Office) -> None:
    matter = begins(called.lin, "reviewing")
    assert matter.waits_at == ["check"]
    called.zhou.does(matter, "check", outcome="agreed")
    assert status(called, matter) == "finished"


def test_a_terminate_end_ends_the_called_process_only(
    office: Office, tmp_path: Path
) -> None:
    ending = reviewing(tmp_path, end=trigger("terminate"))
    deploy(office, calling(tmp_path), ending)
    matter = begins(office.lin, "calling")
    office.lin.does(matter, "draft", outcome="agreed")
    office.zhou.does(matter, "check", outcome="agreed")
    assert matter.waits_at == ["finish"]
    assert data_at(office, matter)["check"] == "agreed"


def test_one_process_may_be_called_twice_after_another(
    office: Office, tmp_path: Path
) -> None:
    twice = calling(
        tmp_path,
        call=CALL + element("callActivity", "review_again", calledElement="reviewing"),
        flows="start -> draft -> review -> review_again -> finish -> end",
    )
    deploy(office, twice, reviewing(tmp_path))
    matter = begins(office.lin, "calling")
    office.lin.does(matter, "draft", outcome="agreed")
    office.zhou.does(matter, "check", outcome="agreed")
    assert matter.waits_at == ["check"]
    assert matter.assignee == "周砚"
    office.zhou.does(matter, "check", outcome="objected")
    assert matter.waits_at == ["finish"]


def test_one_process_may_be_called_twice_at_once(
    office: Office, tmp_path: Path
) -> None:
    twice = calling(
        tmp_path,
        call=parallel("split", "join")
        + CALL
        + element("callActivity", "review_beside", calledElement="reviewing"),
        flows="start -> draft -> split -> review -> join -> finish -> end\n"
        "split -> review_beside -> join",
    )
    deploy(office, twice, reviewing(tmp_path))
    matter = begins(office.lin, "calling")
    office.lin.does(matter, "draft", outcome="agreed")
    assert matter.waits_at == ["check", "check"]
    office.clock.set("2026-03-06", "00:00")  # Friday: each has its own limit
    assert office.fires() == 2
    votes(office.zhou, matter, "check", "agreed")
    assert matter.waits_at == ["check"]
    votes(office.zhou, matter, "check", "agreed")
    assert matter.waits_at == ["finish"]


def test_what_two_branches_of_a_called_process_found_comes_back(
    office: Office, tmp_path: Path
) -> None:
    branching = make_folder(
        tmp_path,
        "reviewing",
        "review_start -> fork -> check -> checked\nfork -> look -> looked",
        '<bpmn:startEvent id="review_start" />',
        '<bpmn:endEvent id="checked" /><bpmn:endEvent id="looked" />',
        parallel("fork"),
        user("check"),
        user("look"),
        lanes={"check": "section_head@drafting", "look": "section_head@drafting"},
    )
    deploy(office, calling(tmp_path), branching)
    matter = begins(office.lin, "calling")
    office.lin.does(matter, "draft", outcome="agreed")
    office.zhou.does(matter, "look", outcome="objected")
    office.zhou.does(matter, "check", outcome="agreed")
    facts = data_at(office, matter)
    assert (facts["check"], facts["look"]) == ("agreed", "objected")


def test_a_returned_call_begins_again(office: Office, tmp_path: Path) -> None:
    flows = (
        "start -> draft -> review -> decided -> finish [check == 'agreed'] -> end\n"
        "decided -> draft"
    )
    call = CALL + exclusive("decided", default="decided_to_draft")
    deploy(office, calling(tmp_path, call=call, flows=flows), reviewing(tmp_path))
    matter = begins(office.lin, "calling")
    for vote, waits in (("objected", "draft"), ("agreed", "finish")):
        office.lin.does(matter, "draft", outcome="agreed")
        office.zhou.does(matter, "check", outcome=vote)
        assert matter.waits_at == [waits]


def test_a_limit_of_the_case_is_watched_again_in_the_next_call(
    office: Office, tmp_path: Path
) -> None:
    watching = make_folder(
        tmp_path,
        "reviewing",
        "review_start -> fork -> check -> checked\nfork -> reached -> remind -> told",
        '<bpmn:startEvent id="review_start" />',
        element("endEvent", "checked", trigger("terminate")),
        '<bpmn:endEvent id="told" />',
        parallel("fork"),
        user("check"),
        catch("reached", timer("timeDate", "check")),
        service("remind"),
        lanes={"check": "section_head@drafting"},
        actions={"remind": noted, "check": begins_limit},
        limits=[LIMIT],
    )
    twice = calling(
        tmp_path,
        call=CALL + element("callActivity", "review_again", calledElement="reviewing"),
        flows="start -> draft -> review -> review_again -> finish -> end",
    )
    deploy(office, twice, watching)
    matter = begins(office.lin, "calling")
    office.lin.does(matter, "draft", outcome="agreed")
    office.zhou.does(matter, "check", outcome="agreed")
    office.clock.set("2026-03-06", "00:00")  # Friday: three working days are over
    assert office.fires() == 1
    assert matter.waits_at == ["check"]
    assert office.fires() == 0


def test_who_makes_does_not_check_in_another_process(
    office: Office, tmp_path: Path
) -> None:
    office.gives_role(office.zhou, Role.HANDLER, "信息公开科")
    deploy(office, calling(tmp_path), reviewing(tmp_path, role="handler"))
    matter = begins(office.lin, "calling")
    office.lin.does(matter, "draft", outcome="agreed")
    with refused(MakerIsChecker, match="draft"):
        office.lin.does(matter, "check", outcome="agreed")
    office.zhou.does(matter, "check", outcome="agreed")


def test_a_case_keeps_the_called_process_as_it_was(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, calling(tmp_path), reviewing(tmp_path))
    old = begins(office.lin, "calling")
    deploy(office, calling(tmp_path), reviewing(tmp_path, role="unit_head"))
    new = begins(office.lin, "calling")
    for matter in (old, new):
        office.lin.does(matter, "draft", outcome="agreed")
    assert roles(office, old) == ["handler", "section_head"]
    assert roles(office, new) == ["handler", "unit_head"]


def test_what_changed_in_a_called_process_is_told(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, calling(tmp_path), reviewing(tmp_path))
    stored = deploy(office, calling(tmp_path), reviewing(tmp_path, role="unit_head"))
    told = "更改 check（，section_head@drafting） → check（，unit_head@drafting）"
    assert [each.differences for each in stored] == [[told], [told]]


def test_a_folder_that_is_not_there_cannot_be_called(
    office: Office, tmp_path: Path
) -> None:
    with refused(BadDefinition, match="review：找不到被调用的流程“reviewing”"):
        deploy(office, calling(tmp_path))


def test_an_action_that_a_running_call_needs_is_not_taken_away(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, calling(tmp_path), reviewing(tmp_path))
    begins(office.lin, "calling")
    without = make_folder(
        tmp_path,
        "reviewing",
        "review_start -> check -> review_end",
        '<bpmn:startEvent id="review_start" /><bpmn:endEvent id="review_end" />',
        user("check"),
        lanes={"check": "section_head@drafting"},
    )
    with refused(BadDefinition, match="表单、动作或时限了：late、note、remind"):
        deploy(office, calling(tmp_path), without)


def test_each_diagram_shows_where_the_case_stands_in_it(called: Office) -> None:
    matter = begins(called.lin, "calling")
    called.lin.does(matter, "draft", outcome="agreed")
    with called.engine.read() as work:
        stands = standing(work, matter.case(work))
    assert list(stands) == ["calling", "reviewing"]
    assert stands["calling"].passed == {"start", "draft"}
    assert stands["calling"].current == {"review"}
    assert ("draft", "review") in stands["calling"].taken
    assert stands["reviewing"].passed == {"review_start"}
    assert stands["reviewing"].current == {"check"}
    assert ("review_start", "check") in stands["reviewing"].taken


def test_a_call_that_is_over_has_been_passed(called: Office) -> None:
    matter = begins(called.lin, "calling")
    called.lin.does(matter, "draft", outcome="agreed")
    called.zhou.does(matter, "check", outcome="agreed")
    with called.engine.read() as work:
        stands = standing(work, matter.case(work))
    assert stands["calling"].passed == {"start", "draft", "review"}
    assert stands["calling"].current == {"finish"}
    assert stands["reviewing"].current == frozenset()
    assert {"check", "note", "review_end"} <= stands["reviewing"].passed


def status(office: Office, matter: Matter) -> str:
    """Return how a case stands."""
    with office.engine.read() as work:
        return matter.case(work).status


def data_at(office: Office, matter: Matter) -> dict[str, Any]:
    """Return the process data at the only open step."""
    with office.engine.work() as work:
        (token,) = execution.load(work, matter.case(work)).running.waiting_for_people()
        return dict(token.data)


def keys_of(office: Office, matter: Matter, model: type[Any]) -> list[str]:
    """Return the processes that the rows of a case belong to."""
    with office.engine.read() as work:
        keys = select(model.process_key).where(model.case_id == matter.id)
        return list(work.session.scalars(keys.order_by(model.id)))


def roles(office: Office, matter: Matter) -> list[str]:
    """Return the roles of a case's tasks."""
    with office.engine.read() as work:
        found = work.session.query(Task).filter_by(case_id=matter.id)
        return [row.role for row in found.order_by(Task.id)]
