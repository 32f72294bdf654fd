"""征求意见: who is asked about a request, and what each silence means (Arts 32-34)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import NotFound, Work, personal, start
from models.requests import (
    CONSULTATION_KIND_NAMES,
    Consultation,
    ConsultationAnswer,
    ConsultationKind,
    InformationRequest,
)
from models.workflow import Case, CaseStatus, Label
from processes.registers import requests
from processes.registers.clock_events import Event

PROCESS = "consultation"


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who is asked, and about what."""

    kind: ConsultationKind
    #: What the party is to the matter, never a person's name.
    words: str
    matter: str
    #: Sealed: of a third party.
    name: str = ""
    contact: str = ""


def consult(work: Work, request: InformationRequest, party: Party) -> Consultation:
    """Open a case in which one party is asked; it comes out of the request's case."""
    asked = [each for each in request.consultations if each.kind == party.kind]
    sealed = {"name": party.name, "contact": party.contact}
    consultation = Consultation(
        request_id=request.id,
        kind=party.kind,
        label=str(len(asked) + 1),
        party=party.words,
        party_record=personal.seal(work, request.root_id, sealed)
        if party.name or party.contact
        else None,
        matter=party.matter,
    )
    request.consultations.append(consultation)
    work.session.flush()

    def about(case: Case) -> None:
        consultation.case_id = case.id

    start(
        work,
        PROCESS,
        title=f"{CONSULTATION_KIND_NAMES[party.kind]}意见：{request.subject}",
        place=request.agency,
        number_prefix="征询",
        facts={"consultation_kind": party.kind.value, "third_party_refused": "no"},
        label=Label.PERSONAL,
        cause=request.case,
        about=about,
    )
    work.session.flush()
    return consultation


def events_in_office(request: InformationRequest) -> list[Event]:
    """Return a request's events, the parties called as in their letters."""
    named: dict[tuple[str, str], str] = {}
    for each in request.consultations:
        known = {name for (kind, _), name in named.items() if kind == each.kind}
        again = f"（第{each.label}份）" if each.party in known else ""
        named[each.kind, each.label] = f"{each.party}{again}"
    return _called(request, named)


def events_for_applicant(request: InformationRequest) -> list[Event]:
    """Return a request's events; several parties are told apart, not named (Art 32)."""
    kinds = Counter(each.kind for each in request.consultations)
    named = {
        (each.kind, each.label): f"第{each.label}个" if kinds[each.kind] > 1 else ""
        for each in request.consultations
    }
    return _called(request, named)


def _called(
    request: InformationRequest, named: Mapping[tuple[str, str], str]
) -> list[Event]:
    called = []
    for event in requests.events_of(request):
        kind = event.kind.rpartition("_")[0]
        label = named.get((kind, event.label), event.label)
        called.append(replace(event, label=label))
    return called


def consultation_of(session: Session, case: Case) -> Consultation:
    """Return the consultation that runs in a case.

    Raises:
        NotFound: it is about none.
    """
    found = session.scalars(
        select(Consultation).where(Consultation.case_id == case.id)
    ).one_or_none()
    if found is None:
        raise NotFound("这次征求意见")
    return found


def running(work: Work, request: InformationRequest) -> list[Consultation]:
    """Return what has been asked and is not over: no answer is decided meanwhile."""
    return list(
        work.session.scalars(
            select(Consultation)
            .join(Case, Case.id == Consultation.case_id)
            .where(
                Consultation.request_id == request.id, Case.status == CaseStatus.OPEN
            )
            .order_by(Consultation.id)
        )
    )


def record(work: Work, consultation: Consultation, what: str, on: date) -> None:
    """Record `sent`, `signed` or `answered` on the request's clock, if it still runs.

    The request's case is held, so two that end at once both count.

    Raises:
        ImpossibleEvent: it cannot have happened.
    """
    request = consultation.request
    work.session.refresh(request, ["closed_on", "events"])
    ended = {"answered", "withdrawn", "closed"}
    if request.closed_on or any(event.kind in ended for event in request.events):
        return
    kind = f"{consultation.kind}_{what}"
    requests.record_event(work, request, kind, on, label=consultation.label)


def keep_answer(
    work: Work, consultation: Consultation, answer: ConsultationAnswer, reasons: str
) -> None:
    """Keep what a party has said, or that it said nothing in time."""
    consultation.answer, consultation.reasons = answer, reasons
    work.session.flush()
