"""Timer events bound to a named limit: they ask us, never the wall clock.

SpiffWorkflow's own timers compare with the machine's clock, keep the instant they
first computed, and restart when a case is migrated. Ours store nothing but that they
fired: when they are due is a row in the table of timers, which follows its deadline.
"""

from typing import Any

from SpiffWorkflow.bpmn.parser.util import first
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    TimeDateEventDefinition,
)
from SpiffWorkflow.spiff.parser.event_parsers import (
    SpiffBoundaryEventParser,
    SpiffIntermediateCatchEventParser,
    SpiffStartEventParser,
)


class LimitTimer(TimeDateEventDefinition):
    """A timer that lets its token pass once when the limit it names is over."""

    def has_fired(self, my_task: Any) -> bool:
        """Tell whether the token may pass."""
        if my_task.workflow.script_engine.fires(my_task):
            my_task._set_internal_data(event_fired=True)  # noqa: SLF001 (library's API)
        return bool(my_task._get_internal_data("event_fired", False))  # noqa: SLF001


class LadderTimer(CycleTimerEventDefinition):
    """A non-interrupting timer that sends out one token for each rung of a ladder."""

    def cycle_complete(self, my_task: Any) -> bool:
        """Tell whether a rung is due now; the waiting token itself stays."""
        return bool(my_task.workflow.script_engine.fires(my_task))


class _LimitParsing:
    """Reads a name in `timeDate` as a named limit, all else as the library does."""

    node: Any
    xpath: Any

    def parse_timer_event(self, event: Any) -> Any:
        moment = first(self.xpath(".//bpmn:timeDate"))
        name = (moment.text or "").strip() if moment is not None else ""
        if not name.isidentifier():
            return super().parse_timer_event(event)  # type: ignore[misc] # mixed in
        repeats = self.node.get("cancelActivity", "true") == "false"
        timer = LadderTimer if repeats else LimitTimer
        return timer(self.node.get("id"), name)


class BoundaryParser(_LimitParsing, SpiffBoundaryEventParser):
    """Boundary events with named limits."""


class CatchParser(_LimitParsing, SpiffIntermediateCatchEventParser):
    """Intermediate catch events with named limits."""


class StartParser(_LimitParsing, SpiffStartEventParser):
    """Start events with named limits."""
