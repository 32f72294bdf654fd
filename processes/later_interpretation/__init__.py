"""补解读: a published document is explained later, in a case of its own."""

from engine.authoring import Process
from processes.later_interpretation import actions, forms
from processes.later_interpretation.record import begin
from processes.later_interpretation.time_limits import LIMITS

PROCESS = Process.from_modules(
    "later_interpretation",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="interpretation",
    begin=begin,
)
