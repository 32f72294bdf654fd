"""转主动公开: what many ask for, or an applicant suggests, is looked at (Art 44)."""

from engine.authoring import Process
from processes.proactive_proposal import actions, forms
from processes.proactive_proposal.time_limits import LIMITS

PROCESS = Process.from_modules(
    "proactive_proposal",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="proposal",
)
