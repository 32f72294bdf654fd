"""Several organisations at one step (会签): each votes, a rule decides the round."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import execution, people, tasks
from engine.authoring import (
    Facts,
    Process,
    Recipient,
    Rung,
    Step,
    TimeLimit,
    Unit,
    escalate,
)
from engine.bpmn.co_signing import decide
from engine.errors import NotFound
from models.people import Level, OrganisationKind, Role, Root
from models.workflow import CaseParty, Deadline, Task, TaskStatus
from tests.engine.check.diagrams import (
    boundary,
    element,
    exclusive,
    many,
    service,
    timer,
    user,
)
from tests.engine.folders import begins, deploy, make_folder, task_for, votes
from tests.office import Matter, Office, refused

LIST = (
    "<bpmn:loopDataInputRef>co_signers</bpmn:loopDataInputRef>"
    '<bpmn:inputDataItem id="co_signer" name="co_signer" />'
)
LIMIT = TimeLimit(
    name="co_sign",
    title="会签",
    length=3,
    unit=Unit.WORKING_DAYS,
    source="本单位规定",
    rungs=(Rung(0, Recipient.HANDLER), Rung(0, Recipient.UNIT_HEAD)),
)
FLOWS = """
start -> draft -> co_sign -> decided -> finish [co_sign == 'agreed'] -> end
decided -> draft
late -> remind -> reminded
"""
ALL = {"kind": "all"}
VETO = {"kind": "veto"}
TWO = {"kind": "n_of_m", "n": 2}


def drafted(step: Step, answers: Any) -> Facts:
    """Ask the same organisations again in every round."""
    del step, answers
    return {"co_sign": "", "colour": "red"}


def round_of_signatures(home: Path) -> Process:
    """A draft, a round of co-signing with a limit, and back to the draft if refused."""
    return make_folder(
        home,
        "rounds",
        FLOWS,
        user("draft"),
        user("co_sign", many(LIST, isSequential="false")),
        user("finish"),
        exclusive("decided", default="decided_to_draft"),
        boundary("late", "co_sign", timer("timeDate", "co_sign"), interrupting=False),
        service("remind"),
        element("endEvent", "reminded"),
        lanes={
            "draft": "handler@drafting",
            "co_sign": "unit_head@joint",
            "finish": "handler@drafting",
        },
        actions={"draft": drafted, "remind": reminded},
        limits=[LIMIT],
    )


def reminded(step: Step) -> Facts:
    """Climb the ladder."""
    return {"remind": escalate(step)}


@pytest.fixture
def signing(office: Office, tmp_path: Path) -> Office:
    """An office of three agencies, with a process in which they sign together."""
    with office.engine.work() as work:
        for name, code in (("区教育局", "500199003"), ("区民政局", "500199004")):
            made = people.make_organisation(
                work,
                work.session.get_one(Root, office.root_id),
                name=f"云川{name}",
                short_name=name,
                kind=OrganisationKind.DEPARTMENT,
                level=Level.COUNTY,
                region="500199",
                code=f"{code}9",
                parent=office.organisation(work, "区政府"),
                valid_from=date(2020, 1, 1),
            )
            office.organisations[name] = made.id
    office.add_person("jiao", "文局长", "区教育局", (Role.UNIT_HEAD, "区教育局"))
    office.add_person("min", "闵局长", "区民政局", (Role.UNIT_HEAD, "区民政局"))
    deploy(office, round_of_signatures(tmp_path))
    return office


def asked(office: Office, rule: dict[str, Any] | None = ALL, *names: str) -> Matter:
    """Begin a case and send its draft round; by default to all three agencies."""
    names = names or ("区财政局", "区教育局", "区民政局")
    facts: dict[str, Any] = {
        "co_signers": [office.organisations[name] for name in names]
    }
    if rule is not None:
        facts["co_sign_rule"] = rule
    matter = begins(office.lin, "rounds", **facts)
    office.lin.does(matter, "draft", outcome="agreed")
    return matter


def test_each_organisation_has_its_own_task(signing: Office) -> None:
    matter = asked(signing)
    assert matter.waits_at == ["co_sign", "co_sign", "co_sign"]
    assert places(signing, matter) == ["区财政局", "区教育局", "区民政局"]
    for head in (signing.luo, signing.jiao, signing.min):
        assert [name for name, _ in head.to_claim] == ["co_sign"]


def test_an_organisation_that_is_asked_reads_the_case_and_no_other_task(
    signing: Office,
) -> None:
    matter = asked(signing, ALL, "区财政局", "区教育局")
    assert signing.luo.sees(matter)
    assert not signing.min.sees(matter)
    with signing.luo.work() as work:
        others = task_of(work, matter, "区教育局")
        with refused(NotFound):
            tasks.require_task(work, others.public_id)


def test_who_is_asked_becomes_a_party_of_the_lane_s_part(signing: Office) -> None:
    matter = asked(signing, ALL, "区财政局")
    with signing.engine.read() as work:
        found = work.session.query(CaseParty).filter_by(case_id=matter.id, part="joint")
        assert [row.organisation_id for row in found] == [
            signing.organisations["区财政局"]
        ]


def test_the_group_is_looked_for_up_to_the_agency(
    office: Office, signing: Office
) -> None:
    matter = asked(signing, ALL, "预算科")
    assert [name for name, _ in office.luo.to_claim] == ["co_sign"]
    assert places(signing, matter) == ["预算科"]


def test_all_waits_for_everybody(signing: Office) -> None:
    matter = asked(signing, None)
    votes(signing.luo, matter, "co_sign", "agreed")
    votes(signing.jiao, matter, "co_sign", "objected")
    assert matter.waits_at == ["co_sign"]
    votes(signing.min, matter, "co_sign", "agreed")
    assert matter.waits_at == ["draft"]
    assert result(signing, matter) == (
        "objected",
        [("区财政局", "agreed"), ("区教育局", "objected"), ("区民政局", "agreed")],
    )


def test_all_is_agreed_when_all_agreed(signing: Office) -> None:
    matter = asked(signing, ALL)
    for head in (signing.min, signing.luo, signing.jiao):
        votes(head, matter, "co_sign", "agreed")
    assert matter.waits_at == ["finish"]
    assert result(signing, matter)[0] == "agreed"


def test_one_veto_ends_the_round_at_once(signing: Office) -> None:
    matter = asked(signing, VETO)
    votes(signing.jiao, matter, "co_sign", "objected")
    assert matter.waits_at == ["draft"]
    assert result(signing, matter) == ("objected", [("区教育局", "objected")])
    assert signing.luo.to_claim == []
    assert statuses(signing, matter) == ["cancelled", "done", "cancelled"]


def test_without_a_veto_everybody_is_waited_for(signing: Office) -> None:
    matter = asked(signing, VETO)
    votes(signing.jiao, matter, "co_sign", "agreed")
    votes(signing.luo, matter, "co_sign", "agreed")
    assert matter.waits_at == ["co_sign"]
    votes(signing.min, matter, "co_sign", "agreed")
    assert matter.waits_at == ["finish"]


def test_two_of_three_are_enough(signing: Office) -> None:
    matter = asked(signing, TWO)
    votes(signing.luo, matter, "co_sign", "agreed")
    votes(signing.min, matter, "co_sign", "agreed")
    assert matter.waits_at == ["finish"]
    assert statuses(signing, matter) == ["done", "cancelled", "done"]
    assert signing.jiao.to_claim == []


def test_two_of_three_out_of_reach_end_the_round(signing: Office) -> None:
    matter = asked(signing, TWO)
    votes(signing.luo, matter, "co_sign", "objected")
    assert matter.waits_at == ["co_sign", "co_sign"]
    votes(signing.jiao, matter, "co_sign", "objected")
    assert matter.waits_at == ["draft"]
    assert result(signing, matter)[0] == "objected"


def test_nobody_to_ask_is_agreed(signing: Office) -> None:
    matter = begins(signing.lin, "rounds", co_signers=[], co_sign_rule=TWO)
    signing.lin.does(matter, "draft", outcome="agreed")
    assert matter.waits_at == ["finish"]
    assert result(signing, matter) == ("agreed", [])


def test_an_organisation_named_twice_is_asked_once(signing: Office) -> None:
    matter = asked(signing, ALL, "区财政局", "区财政局")
    assert matter.waits_at == ["co_sign"]


def test_a_second_round_asks_all_again_and_each_who_signed_before(
    signing: Office,
) -> None:
    matter = asked(signing, VETO)
    votes(signing.luo, matter, "co_sign", "agreed")
    votes(signing.jiao, matter, "co_sign", "objected")
    signing.lin.does(matter, "draft", outcome="agreed")
    assert matter.waits_at == ["co_sign", "co_sign", "co_sign"]
    assert assignees(signing, matter) == ["罗局长", "文局长", None]
    for head in (signing.luo, signing.jiao, signing.min):
        votes(head, matter, "co_sign", "agreed")
    assert matter.waits_at == ["finish"]
    assert result(signing, matter) == (
        "agreed",
        [("区财政局", "agreed"), ("区教育局", "agreed"), ("区民政局", "agreed")],
    )


def test_a_vote_leaves_nothing_else_in_the_process_data(signing: Office) -> None:
    matter = asked(signing, ALL, "区财政局")
    votes(signing.luo, matter, "co_sign", "agreed")
    with signing.engine.work() as work:
        (token,) = execution.load(work, matter.case(work)).running.waiting_for_people()
    assert sorted(token.data) == [
        "co_sign",
        "co_sign_rule",
        "co_sign_votes",
        "co_signers",
        "colour",
    ]


def test_answers_do_not_change_the_rule_of_the_round(signing: Office) -> None:
    matter = asked(signing, ALL)
    with signing.jiao.work() as work:
        task = task_for(work, matter.case(work), "co_sign")
        tasks.claim(work, task)
        forged = {"outcome": "agreed", "co_sign_rule": {"kind": "n_of_m", "n": 1}}
        tasks.complete(work, task, revision=task.revision, answers=forged)
    assert matter.waits_at == ["co_sign", "co_sign"]


def test_each_one_s_step_knows_whom_it_asks(signing: Office) -> None:
    matter = asked(signing, ALL, "区财政局", "区教育局")
    with signing.engine.work() as work:
        tokens = execution.load(work, matter.case(work)).running.waiting_for_people()
        asked_of = [token.data["co_signer"] for token in tokens]
    assert asked_of == [
        signing.organisations["区财政局"],
        signing.organisations["区教育局"],
    ]


@pytest.mark.parametrize(
    ("signers", "rule"),
    [
        ("区财政局", ALL),
        ([True], ALL),
        (None, ALL),
        ([1], {"kind": "n_of_m", "n": 2}),
        ([1], {"kind": "n_of_m", "n": 0}),
        ([1], {"kind": "most"}),
    ],
)
def test_a_round_that_cannot_be_decided_does_not_begin(
    signing: Office, signers: Any, rule: dict[str, Any]
) -> None:
    matter = begins(signing.lin, "rounds", co_signers=signers, co_sign_rule=rule)
    with refused(ValueError, match="co_sign"):
        signing.lin.does(matter, "draft", outcome="agreed")
    assert matter.waits_at == ["draft"]


def test_an_answer_that_is_no_vote_is_not_taken(signing: Office) -> None:
    matter = asked(signing, ALL)
    with refused(ValueError, match="where a vote is due"):
        votes(signing.luo, matter, "co_sign", "returned")
    assert matter.waits_at == ["co_sign", "co_sign", "co_sign"]


def test_an_organisation_of_another_tree_is_not_asked(signing: Office) -> None:
    signing.add_stranger()
    with refused(ValueError, match="cannot play joint"):
        asked(signing, ALL, "雾山区政府")


def test_each_one_has_a_limit_and_the_ladder_reminds_who_is_late(
    signing: Office,
) -> None:
    matter = asked(signing, ALL, "区财政局", "区教育局")
    votes(signing.luo, matter, "co_sign", "agreed")
    assert states(signing, matter) == ["met", "running"]
    signing.clock.set("2026-03-06", "00:00")  # Friday; due on Thursday, 5 March
    assert signing.fires() == 2
    assert reminders(signing, matter) == [0, 1]
    told = "区政府办 rounds500199002-2026-0001 的“co_sign”（区教育局）"
    assert matter.notices == [("unit_head", f"{told}应于3月5日办结，已经逾期。")]
    assert [name for name, _ in signing.jiao.to_claim] == ["co_sign", "co_sign"]
    assert signing.luo.to_claim == []


def test_a_notice_goes_with_the_one_task_that_it_tells_of(signing: Office) -> None:
    matter = asked(signing, ALL, "区财政局", "区教育局")
    signing.clock.set("2026-03-06", "00:00")  # Friday
    assert signing.fires() == 4
    assert len(matter.notices) == 2
    votes(signing.luo, matter, "co_sign", "agreed")
    ((_, message),) = matter.notices
    assert "区教育局" in message


def test_a_round_in_a_called_process_decides_there(
    signing: Office, tmp_path: Path
) -> None:
    caller = make_folder(
        tmp_path,
        "caller",
        "begin -> prepare -> call -> file -> over",
        '<bpmn:startEvent id="begin" /><bpmn:endEvent id="over" />',
        user("prepare"),
        user("file"),
        element("callActivity", "call", calledElement="rounds"),
        lanes={"prepare": "handler@drafting", "file": "handler@drafting"},
    )
    deploy(signing, caller, round_of_signatures(tmp_path))
    finance = signing.organisations["区财政局"]
    matter = begins(signing.lin, "caller", co_signers=[finance])
    signing.lin.does(matter, "prepare", outcome="agreed")
    signing.lin.does(matter, "draft", outcome="agreed")
    votes(signing.luo, matter, "co_sign", "agreed")
    signing.lin.does(matter, "finish", outcome="agreed")
    assert matter.waits_at == ["file"]
    assert result(signing, matter) == ("agreed", [("区财政局", "agreed")])


@given(
    votes=st.lists(st.sampled_from(["agreed", "objected"]), min_size=1, max_size=6),
    data=st.data(),
)
def test_a_round_ends_as_soon_as_no_vote_can_change_it_and_no_sooner(
    votes: list[str], data: st.DataObject
) -> None:
    needed = data.draw(st.integers(1, len(votes)))
    rule = {"kind": "n_of_m", "n": needed}
    final = "agreed" if votes.count("agreed") >= needed else "objected"
    for cast in range(len(votes) + 1):
        waiting = len(votes) - cast
        agreed = votes[:cast].count("agreed")
        open_still = agreed < needed <= agreed + waiting
        found = decide(rule, votes[:cast], waiting)
        assert found == (None if open_still else final)


def task_of(work: Any, matter: Matter, place: str) -> Task:
    """Return the open task of an organisation."""
    (task,) = (
        each
        for each in tasks.of_case(work, matter.case(work))
        if each.place.short_name == place and each.status != TaskStatus.DONE
    )
    return task


def co_signing(work: Any, matter: Matter) -> list[Task]:
    """Return the tasks of the newest round."""
    found = [
        each
        for each in tasks.of_case(work, matter.case(work))
        if each.element == "co_sign"
    ]
    return [each for each in found if each.created_at == found[-1].created_at][-3:]


def places(office: Office, matter: Matter) -> list[str]:
    """Return where the tasks of the round lie."""
    with office.engine.read() as work:
        return [each.place.short_name for each in co_signing(work, matter)]


def statuses(office: Office, matter: Matter) -> list[str]:
    """Return how the tasks of the round stand."""
    with office.engine.read() as work:
        return [each.status for each in co_signing(work, matter)]


def assignees(office: Office, matter: Matter) -> list[str | None]:
    """Return in whose hands the tasks of the round are."""
    with office.engine.read() as work:
        return [
            each.assignee.name if each.assignee else None
            for each in co_signing(work, matter)
        ]


def reminders(office: Office, matter: Matter) -> list[int]:
    """Return how often each task of the round was reminded of."""
    with office.engine.read() as work:
        return [each.reminders for each in co_signing(work, matter)]


def states(office: Office, matter: Matter) -> list[str]:
    """Return how the limits of a case stand."""
    with office.engine.read() as work:
        found = work.session.query(Deadline).filter_by(case_id=matter.id)
        return [row.state for row in found.order_by(Deadline.id)]


def result(office: Office, matter: Matter) -> tuple[str, list[tuple[str, str]]]:
    """Return how the round ended, and who voted what."""
    names = {key: name for name, key in office.organisations.items()}
    with office.engine.work() as work:
        (token,) = execution.load(work, matter.case(work)).running.waiting_for_people()
    cast = token.data["co_sign_votes"]
    return token.data["co_sign"], [
        (names[each["organisation"]], each["vote"]) for each in cast
    ]
