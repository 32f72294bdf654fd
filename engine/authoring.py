"""All that a process folder may use of the engine."""

from engine import (
    calendars,
    files,
    holiday_notice,
    incidents,
    numbers,
    outbox,
    people,
    personal,
    recomputation,
    settings,
    visitors,
)
from engine import letters as word_letters
from engine.actors import outsider
from engine.calendar import Calendar, CalendarYear, Dated
from engine.calendar import in_words as date_in_words
from engine.candidates import add_party, set_parties
from engine.clock import end_of, office_date, start_of
from engine.content import offered as content
from engine.deadlines import calendar_of
from engine.deadlines import end as end_deadline
from engine.deadlines import in_words as length_in_words
from engine.deadlines import put as put_deadline
from engine.deadlines import running as running_deadline
from engine.deadlines import start as start_deadline
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
from engine.execution import hold as hold_case
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
from engine.interruption import close as close_case
from engine.interruption import interrupt
from engine.process import Facts, Process, Step
from engine.search_index import Entry as SearchEntry
from engine.search_index import Sources as SearchSources
from engine.tasks import claim, complete, complete_from_outside, save_draft
from engine.time_limits import Recipient, Rung, TimeLimit, Unit
from engine.visibility import is_restricted, require_case, visible_to
from engine.work import Engine, Work

__all__ = [
    "BadFile",
    "Calendar",
    "CalendarYear",
    "Conflict",
    "Dated",
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
    "SearchEntry",
    "SearchSources",
    "Step",
    "TimeLimit",
    "Unit",
    "Work",
    "add_party",
    "asked_with",
    "calendar_of",
    "calendars",
    "choice",
    "claim",
    "close_case",
    "complete",
    "complete_from_outside",
    "content",
    "date_in_words",
    "day",
    "end_deadline",
    "end_of",
    "escalate",
    "files",
    "hold_case",
    "holiday_notice",
    "incidents",
    "interrupt",
    "is_restricted",
    "length_in_words",
    "line",
    "numbers",
    "offered",
    "office_date",
    "open_tasks",
    "opinion",
    "outbox",
    "outcome",
    "outsider",
    "paragraph",
    "people",
    "personal",
    "put_deadline",
    "recomputation",
    "related",
    "require_case",
    "rows",
    "running_deadline",
    "save_draft",
    "set_parties",
    "settings",
    "several",
    "several_offered",
    "start",
    "start_deadline",
    "start_of",
    "upload",
    "uploads",
    "visible_to",
    "visitors",
    "word_letters",
]
