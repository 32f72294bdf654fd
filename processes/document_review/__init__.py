"""公文公开属性审签: how public a document is, decided by four people before it is."""

from engine.authoring import Process
from processes.document_review import actions, demonstration, forms
from processes.document_review.record import begin
from processes.document_review.time_limits import LIMITS

PROCESS = Process.from_modules(
    "document_review",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="document",
    begin=begin,
    demonstrate=demonstration.fill,
)
