"""依申请公开: one request from its receipt to its archive (Arts 27-45)."""

from engine.authoring import Process
from models.people import Role
from processes.information_request import actions, demonstration, forms
from processes.information_request.intake import answer_on, begin
from processes.information_request.time_limits import LIMITS

PROCESS = Process.from_modules(
    "information_request",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="request",
    begin=begin,
    recompute={"answer": answer_on, "extension": answer_on},
    demonstrate=demonstration.fill,
    begun_by=(Role.DISCLOSURE_CLERK,),
)
