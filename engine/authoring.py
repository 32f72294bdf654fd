"""All that a process folder may use of the engine."""

from engine import files, incidents, numbers, outbox, people, personal, settings
from engine.calendar import in_words as date_in_words
from engine.candidates import add_party, set_parties
from engine.clock import end_of, start_of
from engine.content import offered as content
from engine.deadlines import in_words as length_in_words
from engine.demonstration import Demonstration
from engine.errors import (
    BadFile,
    Conflict,
    InvalidAnswers,
    NotAllowed,
    NotFound,
    Refusal,
)
from engine.escalation import escalate
from engine.forms import (
    Form,
    asked_with,
    choice,
    day,
    line,
    offered,
    opinion,
    outcome,
    paragraph,
    rows,
    several,
    several_offered,
    upload,
    uploads,
)
from engine.instances import open_tasks, related, start
from engine.process import Facts, Process, Step
from engine.tasks import claim, complete, save_draft
from engine.time_limits import Recipient, Rung, TimeLimit, Unit
from engine.visibility import is_restricted, require_case, visible_to
from engine.work import Engine, Work

__all__ = [
    "BadFile",
    "Conflict",
    "Demonstration",
    "Engine",
    "Facts",
    "Form",
    "InvalidAnswers",
    "NotAllowed",
    "NotFound",
    "Process",
    "Recipient",
    "Refusal",
    "Rung",
    "Step",
    "TimeLimit",
    "Unit",
    "Work",
    "add_party",
    "asked_with",
    "choice",
    "claim",
    "complete",
    "content",
    "date_in_words",
    "day",
    "end_of",
    "escalate",
    "files",
    "incidents",
    "is_restricted",
    "length_in_words",
    "line",
    "numbers",
    "offered",
    "open_tasks",
    "opinion",
    "outbox",
    "outcome",
    "paragraph",
    "people",
    "personal",
    "related",
    "require_case",
    "rows",
    "save_draft",
    "set_parties",
    "settings",
    "several",
    "several_offered",
    "start",
    "start_of",
    "upload",
    "uploads",
    "visible_to",
]
