"""年度解读提醒: a head who has interpreted nothing this year is told in good time."""

from engine.authoring import Process
from processes.interpretation_reminder import actions, forms
from processes.interpretation_reminder.time_limits import LIMITS

PROCESS = Process.from_modules(
    "interpretation_reminder",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="leader",
)
