"""A process that was stored goes on as if it had stayed in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

import processes
from engine.bpmn.parser import Specs, parse
from engine.bpmn.running import RunningProcess
from engine.definitions import Definitions, discover
from processes.document_review import PROCESS
from tests.engine.check.diagrams import diagram, many, parallel, user

#: What a draft of the own agency says of its way that is not to be public.
FACTS = {
    "document_public": False,
    "document_historical": False,
    "document_withheld_policy": False,
    "document_normative": False,
    "document_unexplained": False,
    "document_issuer": "own",
    "co_signers": [],
}

#: Two returns by the gate and a reviewer, rungs at a step and of the case, to the end.
WHOLE_WAY: list[tuple[str, str, dict[str, Any]]] = [
    ("complete", "draft", {"draft": "no_attribute"}),
    ("fire", "draft_limit_reached", {}),
    ("complete", "draft", {"draft": "complete", **FACTS}),
    ("fire", "section_review_limit_reached", {}),
    ("fire", "section_review_limit_reached", {}),
    ("complete", "section_review", {"section_review": "returned"}),
    ("complete", "draft", {"draft": "complete", **FACTS}),
    ("fire", "publication_limit_reached", {}),
    ("complete", "section_review", {"section_review": "agreed"}),
    ("fire", "publication_limit_reached", {}),
    ("complete", "sign", {"sign": "signed"}),
    ("complete", "seal", {"seal": "sealed"}),
]


@dataclass
class Play:
    """A process as it is played: each step notes what it comes to."""

    specs: Specs
    stores: bool
    called: list[str]
    running: RunningProcess
    story: list[object]

    @classmethod
    def begin(cls, specs: Specs, *, stores: bool, **facts: Any) -> "Play":
        """Begin a process and run to the first wait."""
        called: list[str] = []
        running = RunningProcess.begin(specs, facts, _action(called))
        play = cls(specs, stores, called, running, [])
        play.note()
        return play

    def note(self) -> None:
        """Run on, store the process if it is stored, and note where it stands."""
        self.running.advance()
        if self.stores:
            self.reload(self.specs)
        people = [(t.element, t.data) for t in self.running.waiting_for_people()]
        limits = sorted(t.element for t in self.running.waiting_for_limits())
        passed = sorted(self.running.passed())
        self.story.append((people, limits, passed, list(self.called)))

    def reload(self, specs: Specs) -> None:
        """Store the process and load it again, perhaps in a server just started."""
        stored = self.running.save()
        self.running = RunningProcess.load(stored, specs, _action(self.called))

    def complete(self, element: str, **facts: Any) -> None:
        """Finish the first waiting step of an element."""
        waiting = self.running.waiting_for_people()
        self.running.complete(
            next(token.id for token in waiting if token.element == element), facts
        )
        self.note()

    def fire(self, element: str, **_facts: Any) -> None:
        """Let the timer at an element fire."""
        waiting = self.running.waiting_for_limits()
        self.running.fire(next(t.id for t in waiting if t.element == element))
        self.note()

    @property
    def waits_for(self) -> list[str]:
        """The steps that wait for people."""
        return [token.element for token in self.running.waiting_for_people()]


def test_storing_after_every_step_changes_nothing_of_the_way() -> None:
    stored = played_through(stores=True)
    kept = played_through(stores=False)
    assert stored.story == kept.story
    assert stored.running.finished


def test_the_whole_way_calls_each_action_in_its_turn() -> None:
    assert played_through(stores=True).called == [
        "return_incomplete",
        "escalate_step",
        "escalate_step",
        "escalate_step",
        "escalate_publication",
        "escalate_publication",
        "assign_number",
        "keep_unpublished",
    ]


def test_the_state_does_not_hold_the_definition() -> None:
    play = Play.begin(document_review(), stores=False)
    assert b"conditionExpression" not in play.running.save()
    assert b"separateFrom" not in play.running.save()
    assert b'"typename":"BpmnProcessSpec"' not in play.running.save()


def test_a_state_is_loaded_by_a_server_just_started() -> None:
    play = Play.begin(document_review(), stores=True)
    play.reload(document_review())
    play.complete("draft", draft="complete", **FACTS)
    assert play.waits_for == ["section_review"]


def test_a_timer_fires_for_its_own_token_alone() -> None:
    play = Play.begin(document_review(), stores=True)
    play.fire("draft_limit_reached")
    assert play.called == ["escalate_step"]
    assert play.waits_for == ["draft"]


@pytest.mark.parametrize(
    "facts",
    [
        {"typename": "SpiffWorkflow.task.Task", "data": 1},
        {"answer": {"typename": "UUID", "value": "x"}},
        {"place": "区政府办", "nothing": None, "numbers": [1, 2.5]},
    ],
)
def test_process_data_are_plain_and_stay_as_they_are(facts: dict[str, Any]) -> None:
    specs = parse({"main.bpmn": diagram("start -> review -> end", user("review"))})
    play = Play.begin(specs, stores=True, **facts)
    assert play.running.waiting_for_people()[0].data == facts


def test_a_change_from_true_to_1_is_kept() -> None:
    flows = "start -> first -> second -> end"
    specs = parse({"main.bpmn": diagram(flows, user("first"), user("second"))})
    play = Play.begin(specs, stores=True, counted=True)
    play.complete("first", counted=1)
    (token,) = play.running.waiting_for_people()
    assert repr(token.data["counted"]) == "1"


def test_parallel_branches_that_were_stored_join() -> None:
    flows = """start -> split
    split -> left -> join
    split -> right -> join
    join -> end"""
    parts = (parallel("split", "join"), user("left"), user("right"))
    play = Play.begin(parse({"main.bpmn": diagram(flows, *parts)}), stores=True)
    play.complete("left")
    play.complete("right")
    assert play.running.finished


@pytest.mark.parametrize("sequential", ["false", "true"])
def test_a_repeated_step_that_was_stored_finishes(sequential: str) -> None:
    play = Play.begin(countersigning(sequential), stores=True)
    for _ in range(3):
        play.complete("sign")
    assert play.running.finished


@pytest.mark.parametrize("sequential", ["false", "true"])
def test_a_repeated_step_is_finished_by_a_server_just_started(sequential: str) -> None:
    # The library forgets to listen for the end of instances made before a restart.
    play = Play.begin(countersigning(sequential), stores=True)
    for _ in range(3):
        play.reload(countersigning(sequential))
        play.complete("sign")
    assert play.running.finished


def played_through(*, stores: bool) -> Play:
    """Play the whole way of a document."""
    play = Play.begin(document_review(), stores=stores)
    for act, element, facts in WHOLE_WAY:
        getattr(play, act)(element, **facts)
    return play


def document_review() -> Specs:
    """Parse the diagram of the office's documents anew."""
    files = Definitions(discover(processes)).together(PROCESS)
    return parse({name: text.encode() for name, text in files.items()}, PROCESS.key)


def countersigning(sequential: str) -> Specs:
    """Parse a diagram in which three people sign, at once or in turn."""
    three = "<bpmn:loopCardinality>3</bpmn:loopCardinality>"
    sign = user("sign", many(three, isSequential=sequential))
    return parse({"main.bpmn": diagram("start -> sign -> end", sign)})


def _action(called: list[str]) -> Any:
    def call(element: str, _data: Mapping[str, Any]) -> Mapping[str, Any]:
        called.append(element)
        goes_on = called.count("escalate_publication") < 2
        return {"escalate_publication": goes_on, "assign_number": "unsealed"}

    return call
