"""补任: nobody is left for a step; an administrator above the agency appoints one."""

from engine.authoring import Process
from processes.role_appointment import actions, forms
from processes.role_appointment.time_limits import LIMITS

PROCESS = Process.from_modules(
    "role_appointment", __file__, forms=forms, actions=actions, limits=LIMITS
)
