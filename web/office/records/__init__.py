"""What a case is about, for its pages: the one place where pages know records.

Each process has a module here that puts together what stands beside its forms.
"""

from collections.abc import Callable, Mapping

from engine.work import Work
from models.workflow import Case
from web.office.records import (
    appointments,
    calendars,
    challenges,
    corrections,
    documents,
    interpretations,
    leaders,
    proposals,
    publications,
    requests,
    reviews,
)
from web.office.records.shape import Record

_RECORDS: Mapping[str, Callable[[Work, Case], Record]] = {
    "calendar_import": calendars.record,
    "consultation": requests.consultation,
    "document_review": documents.record,
    "information_request": requests.record,
    "interpretation_evaluation": interpretations.record,
    "interpretation_reminder": leaders.record,
    "later_interpretation": interpretations.record,
    "policy_interpretation": interpretations.record,
    "pre_publication_review": reviews.record,
    "proactive_proposal": proposals.record,
    "publication": publications.record,
    "record_correction": corrections.record,
    "review_and_litigation": challenges.record,
    "role_appointment": appointments.record,
}


def record_of(work: Work, case: Case, process_key: str | None = None) -> Record:
    """Return what stands beside a case's forms in the steps of one of its processes.

    Without a process, what its own process shows: the case page.
    """
    build = _RECORDS.get(process_key or case.process_key)
    return build(work, case) if build else Record()
