"""信息更正: a record about somebody is wrong, and the agency puts it right (Art 41)."""

from engine.authoring import Process
from models.people import Role
from processes.record_correction import actions, demonstration, forms
from processes.record_correction.requesting import begin
from processes.record_correction.time_limits import LIMITS

PROCESS = Process.from_modules(
    "record_correction",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="correction",
    begin=begin,
    demonstrate=demonstration.fill,
    begun_by=(Role.DISCLOSURE_CLERK,),
)
