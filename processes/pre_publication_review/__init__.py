"""公开前审查: what leaves the house is looked at item by item, on its very bytes."""

from engine.authoring import Process
from processes.pre_publication_review import actions, forms
from processes.pre_publication_review.time_limits import LIMITS

PROCESS = Process.from_modules(
    "pre_publication_review",
    __file__,
    forms=forms,
    actions=actions,
    limits=LIMITS,
    record="review",
)
