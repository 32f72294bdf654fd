"""信息发布、更正、撤回、失效: what goes out, where and when; what is changed later."""

from engine.authoring import Process
from processes.publication import actions, demonstration, forms
from processes.publication.record import begin
from processes.publication.time_limits import LIMITS

PROCESS = Process.from_modules(
    "publication",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="publication",
    begin=begin,
    demonstrate=demonstration.fill,
)
