"""After its expiry a step takes no answer any more, fired or not yet fired."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from engine import execution, tasks
from engine.authoring import Facts, Process, Step, TimeLimit, Unit
from engine.errors import LimitExpired, Refusal, TaskAlreadyDone
from models.workflow import Timer
from tests.engine.check.diagrams import (
    boundary,
    exclusive,
    many,
    service,
    timer,
    user,
)
from tests.engine.folders import begins, deploy, make_folder, task_for, votes
from tests.office import Actor, Matter, Office, refused

LIST = (
    "<bpmn:loopDataInputRef>consulted</bpmn:loopDataInputRef>"
    '<bpmn:inputDataItem id="consulted_one" name="consulted_one" />'
)
#: Three working days from Monday, 2 March: Thursday, 5 March.
ANSWER = TimeLimit(
    name="answer",
    title="征求意见",
    length=3,
    unit=Unit.WORKING_DAYS,
    source="本单位规定",
)
SENTENCE = "没有办理：“consult”的期限已过（3月5日届满），按“到期没答复”办理。"
FLOWS = "start -> consult -> decided -> finish -> end\nsilence -> note -> decided"


def noted(step: Step) -> Facts:
    """Keep how the round stood as its limit passed."""
    return {"note": {key: step.data.get(key) for key in ("consult", "consult_votes")}}


def consulting(home: Path, *, repeated: bool = False) -> Process:
    """A step with an expiry, by one person or by several organisations."""
    silence = boundary("silence", "consult", timer("timeDate", "answer"))
    return make_folder(
        home,
        "consulting",
        FLOWS,
        user("consult", many(LIST, isSequential="false") if repeated else ""),
        user("finish"),
        exclusive("decided", default="decided_to_finish"),
        silence.replace('id="silence"', 'id="silence" name="到期没答复"'),
        service("note"),
        lanes={"consult": "unit_head@consulted", "finish": "handler@drafting"},
        actions={"note": noted},
        limits=[ANSWER],
    )


@pytest.fixture
def asked(office: Office, tmp_path: Path) -> Matter:
    """A case in which one agency is asked until Thursday."""
    deploy(office, consulting(tmp_path))
    return asks(office, "区财政局")


@pytest.fixture
def round_of_two(office: Office, tmp_path: Path) -> Matter:
    """A case in which two agencies are asked until Thursday."""
    deploy(office, consulting(tmp_path, repeated=True))
    return asks(office, "区财政局", "区政府办")


def test_the_last_minute_is_still_in_time(office: Office, asked: Matter) -> None:
    office.clock.set("2026-03-05", "23:59")  # Thursday
    office.luo.does(asked, "consult", outcome="agreed")
    assert asked.limit("answer").state == "met"


def test_nobody_takes_up_what_has_expired(office: Office, asked: Matter) -> None:
    office.clock.set("2026-03-06", "00:00")  # Friday
    with refused(LimitExpired, match=SENTENCE):
        office.luo.claims(asked, "consult")
    assert asked.waits_at == ["consult"]


def test_an_answer_after_the_expiry_decides_nothing(
    office: Office, asked: Matter
) -> None:
    office.luo.claims(asked, "consult")
    office.clock.set("2026-03-06", "00:00")  # Friday
    with refused(LimitExpired, match=SENTENCE):
        answers(office.luo, asked)
    assert asked.waits_at == ["consult"]
    assert office.fires() == 1
    assert asked.limit("answer").state == "expired"
    assert known(office, asked)["note"] == {"consult": None, "consult_votes": None}
    with refused(TaskAlreadyDone):
        answers(office.luo, asked)


def test_what_was_typed_too_late_is_kept(office: Office, asked: Matter) -> None:
    office.luo.claims(asked, "consult")
    office.clock.set("2026-03-06", "00:00")  # Friday
    with office.luo.work() as work:
        tasks.save_draft(work, asked.open_task(work, "consult"), {"opinion": "同意"})
    with refused(LimitExpired):
        answers(office.luo, asked)
    with office.luo.work() as work:
        draft = tasks.draft_of(work, asked.open_task(work, "consult"))
        assert draft is not None
        assert draft.answers == {"opinion": "同意"}


def test_a_late_answer_lets_the_runner_fire_at_once(
    office: Office, asked: Matter
) -> None:
    woken = []
    office.engine.wake = lambda: woken.append(office.clock.instant)
    office.clock.set("2026-03-06", "00:00")  # Friday
    with refused(LimitExpired):
        office.luo.does(asked, "consult", outcome="agreed")
    assert woken == [office.clock.instant]


def test_an_expiry_that_fails_and_is_tried_again_later_is_due_all_the_same(
    office: Office, asked: Matter
) -> None:
    office.clock.set("2026-03-06", "00:05")  # Friday
    with office.engine.work() as work:
        (expiry,) = work.session.query(Timer).filter_by(case_id=asked.id)
        expiry.next_attempt_at, expiry.attempts = None, 4
    with refused(LimitExpired):
        office.luo.does(asked, "consult", outcome="agreed")


def test_silence_in_a_round_stays_silence(office: Office, round_of_two: Matter) -> None:
    votes(office.luo, round_of_two, "consult", "objected")
    office.clock.set("2026-03-06", "00:00")  # Friday
    with refused(LimitExpired, match=SENTENCE):
        votes(office.qin, round_of_two, "consult", "agreed")
    assert office.fires() == 1
    assert known(office, round_of_two)["note"] == {
        "consult": "expired",
        "consult_votes": [
            {"organisation": office.organisations["区财政局"], "vote": "objected"}
        ],
    }
    assert round_of_two.waits_at == ["finish"]


def test_two_who_answer_too_late_at_once_are_both_refused(
    office: Office, round_of_two: Matter
) -> None:
    claimed(office, round_of_two)
    office.clock.set("2026-03-06", "00:00")  # Friday
    told = at_once(
        lambda: answers(office.luo, round_of_two),
        lambda: answers(office.qin, round_of_two),
    )
    assert told == [LimitExpired, LimitExpired]
    assert office.fires() == 1
    assert known(office, round_of_two)["note"] == {
        "consult": "expired",
        "consult_votes": [],
    }


def test_of_late_answers_and_runners_at_one_moment_one_runner_fires_once(
    office: Office, round_of_two: Matter
) -> None:
    claimed(office, round_of_two)
    office.clock.set("2026-03-06", "00:00")  # Friday
    told = at_once(
        lambda: answers(office.luo, round_of_two),
        office.fires,
        lambda: answers(office.qin, round_of_two),
        office.fires,
    )
    assert {told[0], told[2]} <= {LimitExpired, TaskAlreadyDone}
    assert (told[1], told[3]) == (None, None)
    office.fires()
    assert round_of_two.waits_at == ["finish"]
    assert known(office, round_of_two)["note"]["consult_votes"] == []
    assert len([line for line in round_of_two.history if "届满" in line]) == 1


def test_two_sweeps_at_one_moment_count_one_expiry(
    office: Office, asked: Matter
) -> None:
    office.clock.set("2026-03-06", "00:00")  # Friday
    with ThreadPoolExecutor(2) as pool:
        fired = [each.result() for each in [pool.submit(office.fires) for _ in "ab"]]
    assert sum(fired) == 1
    assert asked.limit("answer").state == "expired"


def asks(office: Office, *names: str) -> Matter:
    """Begin a case that asks these organisations."""
    keys = [office.organisations[name] for name in names]
    return begins(office.lin, "consulting", {"consulted": names[:1]}, consulted=keys)


def claimed(office: Office, matter: Matter) -> None:
    """Let the heads of both agencies take up their tasks in time."""
    for head in (office.luo, office.qin):
        with head.work() as work:
            tasks.claim(work, task_for(work, matter.case(work), "consult"))


def answers(head: Actor, matter: Matter) -> None:
    """Agree on a page that was opened in time."""
    with head.work() as work:
        task = next(
            each
            for each in tasks.of_case(work, matter.case(work))
            if each.assignee_id == head.id
        )
        agreed: Mapping[str, Any] = {"outcome": "agreed"}
        tasks.complete(work, task, revision=task.revision, answers=agreed)


def at_once(*acts: Callable[[], object]) -> list[type[Refusal] | None]:
    """Let all act at one moment; return what each was refused with."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> type[Refusal] | None:
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return type(refusal)
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def known(office: Office, matter: Matter) -> dict[str, Any]:
    """Return the process data at the only open step."""
    with office.engine.work() as work:
        (token,) = execution.load(work, matter.case(work)).running.waiting_for_people()
        return dict(token.data)
