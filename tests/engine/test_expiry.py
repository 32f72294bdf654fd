"""A limit that ends a step: who is silent until its expiry is not waited for."""

import os
import signal
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from engine import deadlines, execution
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
from engine.database import Database
from engine.errors import TaskAlreadyDone
from engine.history import case_stream, entries, verify
from engine.timers import fire_due
from models.workflow import Deadline
from tests.engine.check.diagrams import (
    boundary,
    element,
    exclusive,
    many,
    service,
    timer,
    user,
)
from tests.engine.folders import begins, deploy, make_folder, votes
from tests.office import Matter, Office, refused

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
    rungs=(Rung(-1, Recipient.HANDLER), Rung(0, Recipient.UNIT_HEAD)),
)
#: A week: Monday, 9 March.
LONGER = TimeLimit(
    name="longer",
    title="征求意见",
    length=5,
    unit=Unit.WORKING_DAYS,
    source="本单位规定",
)
FLOWS = """
start -> consult -> decided -> finish -> end
silence -> note -> decided
late -> remind -> reminded
"""


def noted(step: Step) -> Facts:
    """Keep what is known as the limit passes."""
    known = {key: step.data.get(key) for key in ("consult", "consult_votes")}
    return {"note": {**known, "timer": step.timer is not None}}


def reminded(step: Step) -> Facts:
    """Climb the ladder."""
    return {"remind": escalate(step)}


def consulting(
    home: Path, *, repeated: bool = False, expiry: str = "answer", ladder: bool = True
) -> Process:
    """A step with a ladder and an expiry, by one person or several organisations."""
    reminding = boundary(
        "late", "consult", timer("timeDate", "answer"), interrupting=False
    )
    flows = FLOWS if ladder else FLOWS.replace("late -> remind -> reminded", "")
    more = (reminding, service("remind"), element("endEvent", "reminded"))
    return make_folder(
        home,
        "consulting",
        flows,
        user("consult", many(LIST, isSequential="false") if repeated else ""),
        user("finish"),
        exclusive("decided", default="decided_to_finish"),
        boundary("silence", "consult", timer("timeDate", expiry)),
        service("note"),
        *(more if ladder else ()),
        lanes={"consult": "unit_head@consulted", "finish": "handler@drafting"},
        actions={"note": noted, "remind": reminded},
        limits=[ANSWER, LONGER],
    )


def asks(office: Office, *names: str) -> Matter:
    """Begin a case that asks these organisations."""
    keys = [office.organisations[name] for name in names]
    return begins(office.lin, "consulting", {"consulted": names[:1]}, consulted=keys)


def test_silence_until_the_expiry_is_not_waited_for(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path, ladder=False))
    matter = asks(office, "区财政局")
    office.clock.set("2026-03-05", "23:59")  # Thursday, the last day
    assert office.fires() == 0
    office.clock.set("2026-03-06", "00:00")  # Friday begins
    assert office.fires() == 1
    assert matter.waits_at == ["finish"]
    assert office.luo.to_claim == []
    assert matter.limit("answer").state == "expired"


def test_the_history_tells_that_the_limit_has_passed_and_when(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path, ladder=False))
    matter = asks(office, "区财政局")
    office.clock.set("2026-03-09")  # Monday
    office.fires()
    with office.engine.read() as work:
        newest, *_ = entries(work.session, case_stream(matter.id))
    assert newest.sentence == (
        "“consult”的期限3月5日届满，区财政局没有办理，转入下一步。"
    )
    assert newest.at == datetime(2026, 3, 5, 16, 0, tzinfo=UTC)  # Thursday is over


def test_an_answer_in_time_is_not_interrupted(office: Office, tmp_path: Path) -> None:
    deploy(office, consulting(tmp_path, ladder=False))
    matter = asks(office, "区财政局")
    office.luo.does(matter, "consult", outcome="agreed")
    office.clock.set("2026-03-06", "00:00")  # Friday
    assert office.fires() == 0
    assert matter.limit("answer").state == "met"
    assert facts(office, matter).get("note") is None


def test_after_the_expiry_nobody_answers_any_more(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path, ladder=False))
    matter = asks(office, "区财政局")
    office.luo.claims(matter, "consult")
    office.clock.set("2026-03-06", "00:00")  # Friday
    office.fires()
    with refused(TaskAlreadyDone):
        office.luo.does(matter, "consult", outcome="agreed")


def test_it_fires_once_however_long_the_runner_slept(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path, ladder=False))
    matter = asks(office, "区财政局")
    office.clock.set("2026-04-20")  # Monday
    assert office.fires() == 1
    assert office.fires() == 0
    assert len([line for line in matter.history if "届满" in line]) == 1


def test_a_ladder_and_an_expiry_stand_on_one_limit(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path))
    matter = asks(office, "区财政局")
    office.clock.set("2026-03-05", "00:00")  # Thursday: a day before the expiry
    assert office.fires() == 1
    assert matter.waits_at == ["consult"]
    office.clock.set("2026-03-06", "00:00")  # Friday: the head is told, then it ends
    assert office.fires() == 2
    assert [line for line in matter.history if "“consult”" in line] == [
        "系统提醒待领的人：“consult”3月5日到期。",
        "系统提醒罗局长：“consult”应于3月5日办结，已经逾期。",
        "“consult”的期限3月5日届满，区财政局没有办理，转入下一步。",
    ]
    assert matter.waits_at == ["finish"]
    assert matter.notices == []


def test_a_ladder_and_an_expiry_stand_on_two_limits(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path, expiry="longer"))
    matter = asks(office, "区财政局")
    office.clock.set("2026-03-06", "00:00")  # Friday: the shorter one has passed
    assert office.fires() == 2
    assert matter.waits_at == ["consult"]
    office.clock.set("2026-03-10", "00:00")  # Tuesday: the longer one has passed
    assert office.fires() == 1
    assert matter.waits_at == ["finish"]
    assert matter.limit("answer").state == "void"
    assert matter.limit("longer").state == "expired"


def test_an_expiry_moves_with_its_deadline(office: Office, tmp_path: Path) -> None:
    deploy(office, consulting(tmp_path, ladder=False))
    matter = asks(office, "区财政局")
    with office.qin.work() as work:
        case = matter.case(work)
        (deadline,) = deadlines.of_case(work, case)
        deadlines.put(work, case, deadline, date(2026, 3, 9), why="延期。")
    office.clock.set("2026-03-06", "00:00")  # Friday
    assert office.fires() == 0
    office.clock.set("2026-03-10", "00:00")  # Tuesday; the new last day was Monday
    assert office.fires() == 1
    assert matter.waits_at == ["finish"]


def test_the_expiry_ends_a_round_for_all_who_are_silent(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path, repeated=True, ladder=False))
    matter = asks(office, "区财政局", "区政府办", "区政府")
    votes(office.luo, matter, "consult", "objected")
    assert matter.waits_at == ["consult", "consult"]
    office.clock.set("2026-03-06", "00:00")  # Friday
    assert office.fires() == 1
    assert matter.waits_at == ["finish"]
    assert facts(office, matter)["note"] == {
        "consult": "expired",
        "consult_votes": [
            {"organisation": office.organisations["区财政局"], "vote": "objected"}
        ],
        "timer": True,
    }
    assert matter.history[-1] == (
        "“consult”的期限3月5日届满，区政府办、区政府没有办理，转入下一步。"
    )
    assert states(office, matter) == ["met", "expired", "expired"]


def test_a_round_with_ladder_and_expiry_reminds_each_who_is_silent(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path, repeated=True))
    matter = asks(office, "区财政局", "区政府办")
    office.clock.set("2026-03-05", "00:00")  # Thursday
    assert office.fires() == 2
    votes(office.luo, matter, "consult", "agreed")
    office.clock.set("2026-03-06", "00:00")  # Friday
    # The head of the one who is silent is told, then the round ends.
    assert office.fires() == 2
    assert matter.waits_at == ["finish"]
    assert matter.history[-1].startswith("“consult”的期限3月5日届满，区政府办没有办理")


def test_a_round_that_all_answered_is_not_interrupted(
    office: Office, tmp_path: Path
) -> None:
    deploy(office, consulting(tmp_path, repeated=True))
    matter = asks(office, "区财政局", "区政府办")
    votes(office.luo, matter, "consult", "agreed")
    votes(office.qin, matter, "consult", "agreed")
    office.clock.set("2026-04-20")  # Monday
    assert office.fires() == 0
    assert facts(office, matter)["consult"] == "agreed"


def test_an_expiry_works_inside_of_a_called_process(
    office: Office, tmp_path: Path
) -> None:
    caller = make_folder(
        tmp_path,
        "caller",
        "begin -> call -> file -> over",
        '<bpmn:startEvent id="begin" /><bpmn:endEvent id="over" />',
        user("file"),
        element("callActivity", "call", calledElement="consulting"),
        lanes={"file": "handler@drafting"},
    )
    deploy(office, caller, consulting(tmp_path, repeated=True))
    keys = [office.organisations["区财政局"]]
    matter = begins(office.lin, "caller", consulted=keys)
    office.clock.set("2026-03-06", "00:00")  # Friday
    assert office.fires() == 3
    office.lin.does(matter, "finish", outcome="agreed")
    assert matter.waits_at == ["file"]
    assert facts(office, matter)["consult"] == "expired"


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
@pytest.mark.parametrize("statements", [5, 15, 25, 35])
def test_killed_while_it_fires_it_fires_again(
    office: Office, tmp_path: Path, statements: int
) -> None:
    deploy(office, consulting(tmp_path, repeated=True, ladder=False))
    matter = asks(office, "区财政局", "区政府办")
    office.clock.set("2026-03-06", "00:00")  # Friday
    killed_while_firing(office, statements)
    assert matter.waits_at == ["consult", "consult"]
    assert office.fires() == 1
    assert matter.waits_at == ["finish"]
    assert len([line for line in matter.history if "届满" in line]) == 1
    with office.engine.read() as work:
        assert verify(work.session) == []


def killed_while_firing(office: Office, statements: int) -> None:
    """Let a runner of its own die as it sends its n-th statement."""
    office.engine.database.dispose()
    pid = os.fork()
    if pid == 0:
        try:
            office.engine.database = Database(office.engine.database.url)
            sent = 0

            def count(*_arguments: object) -> None:
                nonlocal sent
                sent += 1
                if sent == statements:
                    os.kill(os.getpid(), signal.SIGKILL)

            engine = office.engine.database.engine
            event.listen(engine, "before_cursor_execute", count)
            fire_due(office.engine)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)


def facts(office: Office, matter: Matter) -> dict[str, Any]:
    """Return the process data at the only open step."""
    with office.engine.work() as work:
        (token,) = execution.load(work, matter.case(work)).running.waiting_for_people()
        return dict(token.data)


def states(office: Office, matter: Matter) -> list[str]:
    """Return how the limits of a case stand."""
    with office.engine.read() as work:
        found = work.session.query(Deadline).filter_by(case_id=matter.id)
        return [row.state for row in found.order_by(Deadline.id)]
