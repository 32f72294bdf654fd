"""复议诉讼应对: the agency answers for how it handled a request, in time."""

from engine.authoring import Process
from models.people import Role
from processes.review_and_litigation import actions, demonstration, forms
from processes.review_and_litigation.entering import begin
from processes.review_and_litigation.time_limits import LIMITS

PROCESS = Process.from_modules(
    "review_and_litigation",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="challenge",
    begin=begin,
    demonstrate=demonstration.fill,
    begun_by=(Role.DISCLOSURE_CLERK, Role.LEGAL_REVIEWER),
)
