"""Which organisations play which part in a case, from its start or later."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.authoring import add_party, related, set_parties
from engine.errors import NotAllowed
from engine.vacancies import report_all
from models.people import Role
from models.workflow import CaseParty, Task
from tests.engine.check.diagrams import many, user
from tests.engine.folders import begins, deploy, make_folder, votes
from tests.office import Matter, Office, refused

LIST = "<bpmn:loopDataInputRef>asked</bpmn:loopDataInputRef>"


@pytest.fixture
def asking(office: Office, tmp_path: Path) -> Office:
    """The office with a process that asks several organisations."""
    process = make_folder(
        tmp_path,
        "asking",
        "start -> prepare -> consult -> finish -> end",
        user("prepare"),
        user("consult", many(LIST)),
        user("finish"),
        lanes={
            "prepare": "handler@drafting",
            "consult": "vice_leader@consulted",
            "finish": "unit_head@answering",
        },
    )
    deploy(office, process)
    return office


def test_several_organisations_play_a_part_from_the_start(asking: Office) -> None:
    joint = ["区财政局", "区政府"]
    matter = begins(asking.lin, "asking", {"joint": joint}, asked=[])
    assert parties(asking, matter) == {
        ("drafting", "信息公开科"),
        ("joint", "区政府"),
        ("joint", "区财政局"),
    }


def test_a_part_is_played_by_exactly_those_that_are_set(asking: Office) -> None:
    matter = begins(asking.lin, "asking", {"joint": ["区财政局", "区政府"]}, asked=[])
    with asking.lin.work() as work:
        government = asking.organisation(work, "区政府")
        office = asking.organisation(work, "区政府办")
        set_parties(work, matter.case(work), "joint", [government, office])
    assert parties(asking, matter) == {
        ("drafting", "信息公开科"),
        ("joint", "区政府"),
        ("joint", "区政府办"),
    }


def test_an_organisation_joins_a_running_case_once(asking: Office) -> None:
    matter = begins(asking.lin, "asking", asked=[])
    for _ in range(2):
        with asking.lin.work() as work:
            finance = asking.organisation(work, "区财政局")
            add_party(work, matter.case(work), "answering", finance)
    assert ("answering", "区财政局") in parties(asking, matter)
    asking.lin.does(matter, "prepare", outcome="agreed")
    asking.luo.does(matter, "finish", outcome="agreed")
    assert matter.waits_at == []


def test_a_part_that_no_lane_can_name_is_not_played(asking: Office) -> None:
    with refused(ValueError, match="cannot play reading"):
        begins(asking.lin, "asking", {"reading": ["区财政局"]}, asked=[])


def test_a_case_does_not_come_out_of_another_tree(asking: Office) -> None:
    matter = begins(asking.lin, "asking", asked=[])
    stranger = asking.add_stranger()
    with refused(ValueError, match="not of the same tree"):
        begins(stranger, "asking", cause=matter, asked=[])


def test_a_person_begins_no_case_elsewhere_because_of_another(asking: Office) -> None:
    matter = begins(asking.lin, "asking", asked=[])
    with refused(NotAllowed, match="只能在本单位起办"):
        begins(asking.lin, "asking", cause=matter, at="区财政局", asked=[])


def test_a_case_and_what_came_out_of_it_know_each_other(asking: Office) -> None:
    matter = begins(asking.lin, "asking", asked=[])
    came = begins(asking.lin, "asking", cause=matter, asked=[])
    with asking.engine.read(asking.lin.id) as work:
        assert [each.id for each in related(work, matter.case(work))] == [came.id]
        assert [each.id for each in related(work, came.case(work))] == [matter.id]


def test_a_case_is_not_read_because_it_is_related(asking: Office) -> None:
    matter = begins(asking.lin, "asking", asked=[])
    begins(asking.lin, "asking", cause=matter, asked=[])
    with asking.engine.read(asking.shen.id) as work:
        assert list(related(work, matter.case(work))) == []


def test_an_organisation_with_nobody_in_the_role_waits_for_its_own_holder(
    asking: Office,
) -> None:
    keys = [asking.organisations[name] for name in ("预算科", "信息公开科")]
    asking.gives_role(asking.zhou, Role.VICE_LEADER, "信息公开科")
    matter = begins(asking.lin, "asking", asked=keys)
    asking.lin.does(matter, "prepare", outcome="agreed")
    asking.gives_role(asking.ma, Role.VICE_LEADER, "预算科")
    with asking.engine.work() as work:
        assert report_all(work) == 0
    assert groups(asking, matter) == ["预算科", "信息公开科"]
    votes(asking.ma, matter, "consult", "agreed")
    votes(asking.zhou, matter, "consult", "agreed")
    assert matter.waits_at == ["finish"]


def parties(office: Office, matter: Matter) -> set[tuple[str, str]]:
    """Return who plays which part."""
    names = {key: name for name, key in office.organisations.items()}
    with office.engine.read() as work:
        rows = work.session.scalars(
            select(CaseParty).where(CaseParty.case_id == matter.id)
        )
        return {(row.part, names[row.organisation_id]) for row in rows}


def groups(office: Office, matter: Matter) -> list[str]:
    """Return in which organisations the tasks of the round may be taken."""
    with office.engine.read() as work:
        rows = work.session.scalars(
            select(Task)
            .where(Task.case_id == matter.id, Task.element == "consult")
            .order_by(Task.id)
        )
        return [row.organisation.short_name for row in rows]
