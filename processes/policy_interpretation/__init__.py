"""政策解读: planned, written, agreed to by those concerned, signed by the head."""

from engine.authoring import Process
from processes.policy_interpretation import actions, forms
from processes.policy_interpretation.time_limits import LIMITS

PROCESS = Process.from_modules(
    "policy_interpretation",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="interpretation",
)
