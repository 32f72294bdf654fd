"""更正台账, 复议诉讼台账: who reads them, and what each filter lists."""

import pytest

from engine.authoring import NotAllowed
from processes.registers import case_lists
from processes.registers.case_lists import CHALLENGES, CORRECTIONS, Register, Wanted
from tests import challenged, correcting
from tests.office import Actor, Office, refused


def numbers(person: Actor, register: Register, **wanted: object) -> list[str]:  # type: ignore[type-arg] # of either kind
    """Return the subjects that somebody finds."""
    with person.office.engine.read(person.id) as work:
        lines = case_lists.everything(work, register, Wanted(**wanted))  # type: ignore[arg-type]
        return [line.row.subject for line in lines]


def lived(office: Office) -> None:
    """One correction and one challenge are over, one of each is under way."""
    done = correcting.decided(office)
    for step in ("approve_correction", "serve_correction", "archive_correction"):
        correcting.does(office, done, step)
    correcting.requested(office, record="2024年登记表")
    over = challenged.challenged(office, challenged.RECONSIDERATION)
    challenged.defended(office, over)
    for step in ("submit_defence", "await_result", "archive_challenge"):
        challenged.does(office, over, step)
    challenged.challenged(office, {**challenged.LAWSUIT, "subject": "评审报告"})


FIRST, SECOND = "2025年度财政补贴发放登记表", "2024年登记表"


@pytest.mark.parametrize(
    ("wanted", "corrections", "challenges"),
    [
        ({}, [SECOND], ["评审报告"]),
        ({"standing": "closed"}, [FIRST], ["2025年部门预算执行情况"]),
        (
            {"standing": "all"},
            [SECOND, FIRST],
            ["评审报告", "2025年部门预算执行情况"],
        ),
        ({"standing": "all", "result": "corrected"}, [FIRST], []),
        ({"standing": "all", "result": "upheld"}, [], ["2025年部门预算执行情况"]),
        ({"standing": "all", "year": 2025}, [], []),
        ({"standing": "overdue"}, [], []),
        ({"standing": "soon"}, [], []),
    ],
)
def test_each_filter(
    office: Office,
    wanted: dict[str, object],
    corrections: list[str],
    challenges: list[str],
) -> None:
    lived(office)
    assert numbers(office.wen, CORRECTIONS, **wanted) == corrections
    assert numbers(office.wen, CHALLENGES, **wanted) == challenges


def test_what_ends_soon_and_what_is_late(office: Office) -> None:
    lived(office)
    # Fifteen days to answer the court from 2 March; twenty working days to correct.
    office.clock.set("2026-03-16")
    assert numbers(office.wen, CHALLENGES, standing="soon") == ["评审报告"]
    office.clock.set("2026-03-18")
    assert numbers(office.wen, CHALLENGES, standing="overdue") == ["评审报告"]
    assert numbers(office.wen, CORRECTIONS, standing="overdue") == []
    office.clock.set("2026-03-31")
    assert numbers(office.wen, CORRECTIONS, standing="overdue") == [SECOND]


def test_who_reads_which_register(office: Office) -> None:
    lived(office)
    assert numbers(office.fang, CHALLENGES) == ["评审报告"]
    with refused(NotAllowed):
        numbers(office.fang, CORRECTIONS)
    with refused(NotAllowed):
        numbers(office.shen, CHALLENGES)
    # Another agency's clerk reads the own register only.
    assert numbers(office.dai, CHALLENGES, standing="all") == []
