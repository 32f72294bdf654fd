"""征求意见: a third party, co-maker or agency is asked about a request (Arts 32-34)."""

from engine.authoring import Process
from processes.consultation import actions, forms
from processes.consultation.time_limits import LIMITS

PROCESS = Process.from_modules(
    "consultation",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="consultation",
)
