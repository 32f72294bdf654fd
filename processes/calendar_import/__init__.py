"""导入放假安排: a notice is read, looked at by two people, and counts from then on."""

from engine.authoring import Process
from models.people import Role
from processes.calendar_import import actions, forms
from processes.calendar_import.record import begin
from processes.calendar_import.time_limits import LIMITS

PROCESS = Process.from_modules(
    "calendar_import",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="calendar",
    begin=begin,
    begun_by=(Role.SYSTEM_ADMINISTRATOR,),
)
