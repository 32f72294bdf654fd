"""The register of requests (依申请台账): what came in, what happened, by when.

A request is made to one agency; a government and its office differ (Art 27). All that
its clock is computed from is recorded here as events; nothing else moves its limit.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.authoring import (
    NotFound,
    Refusal,
    Work,
    calendar_of,
    date_in_words,
    hold_case,
    numbers,
    settings,
    start,
    visible_to,
)
from models.applications import (
    CHANNEL_NAMES,
    ApplicantKind,
    Channel,
    Delivery,
    FormWanted,
)
from models.people import Organisation
from models.records import PersonalRecord, StoredFile
from models.requests import (
    ClockEvent,
    Consultation,
    FilePurpose,
    InformationRequest,
    RequestFile,
)
from models.workflow import Case, Label
from processes.registers import applicants, request_clock, request_limits
from processes.registers.clock_events import EVENT_NAMES, Event, EventKind, read_event
from processes.registers.request_clock import Answer, Receipt

#: The process that answers a request, and its limit of Art 33.
PROCESS = request_limits.PROCESS
ANSWER = request_limits.ANSWER

#: What begins a new count of twenty days, and what told the applicant of it.
RESETS = request_limits.RESETS
#: What a query code is made of: nothing that is mistaken for something else.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH, _SECRET_LENGTH = 10, 12

#: The title of a case in which nothing is registered yet.
UNREGISTERED = "（还没有登记的公开申请）"


@dataclass(frozen=True, kw_only=True)
class Application:
    """What intake knows of a request."""

    channel: Channel
    #: The day on which it was handed in or reached the agency.
    submitted_on: date
    applicant_kind: ApplicantKind
    #: Sealed: who asks, and in which words; by `applicants.FIELD_NAMES`.
    personal: Mapping[str, str] = field(repr=False)
    form_wanted: FormWanted = FormWanted.ELECTRONIC
    delivery: Delivery = Delivery.POST
    #: In a few of the office's words; empty: the begin of the applicant's, masked.
    subject: str = ""
    confirmed_on: date | None = None
    has_automatic_receipt: bool = False
    needs_help: bool = False
    electronic_service: bool = False
    suggests_publication: bool = False
    files: Sequence[StoredFile] = ()
    split_from: InformationRequest | None = None
    #: Who asks, where that is sealed already: a part taken out of a request.
    applicant: PersonalRecord | None = None


def register(
    work: Work, place: Organisation, application: Application, *, secret: str = ""
) -> InformationRequest:
    """Enter a request into an agency's register and open its case.

    The applicant tracks it by `query_code` and the secret; without one nobody knows
    it until `give_secret` makes one.

    Raises:
        NotAllowed: a person registers it who has no part in that agency.
    """
    kept: list[InformationRequest] = []
    start(
        work,
        PROCESS,
        title=subject_of(application),
        place=place,
        number_prefix="申请",
        facts={"entered": "registered"},
        label=Label.PERSONAL,
        about=lambda case: kept.append(enter(work, case, application)),
    )
    if secret:
        give_secret(work, kept[0], secret)
    return kept[0]


def enter(work: Work, case: Case, application: Application) -> InformationRequest:
    """Enter what a case has been begun for into its agency's register."""
    subject = subject_of(application)
    applicant = application.applicant or applicants.seal(
        work, case.root_id, application.personal
    )
    number = numbers.issue(work, "request", case.agency, _number, case_id=case.id)
    request = InformationRequest(
        root_id=case.root_id,
        agency_id=case.agency_id,
        case_id=case.id,
        number=number,
        channel=application.channel,
        submitted_on=application.submitted_on,
        has_automatic_receipt=application.has_automatic_receipt,
        confirmed_on=application.confirmed_on,
        applicant_kind=application.applicant_kind,
        applicant_id=applicant.id,
        subject=subject,
        form_wanted=application.form_wanted,
        delivery=application.delivery,
        needs_help=application.needs_help,
        electronic_service=application.electronic_service,
        suggests_publication=application.suggests_publication,
        split_from_id=application.split_from.id if application.split_from else None,
        query_code=_drawn(_CODE_LENGTH),
        secret_digest="",
    )
    request.case, request.agency, request.applicant = case, case.agency, applicant
    case.title, case.label = subject, Label.PERSONAL
    work.session.add(request)
    work.session.flush()
    give_secret(work, request)
    request.received_on = answer_clock(work, request).received_on
    keep_files(work, request, application.files, FilePurpose.APPLICATION)
    how = CHANNEL_NAMES[application.channel]
    person = work.actor.person_id is not None
    by = f"{work.actor.name}登记" if person else "申请人提交"
    work.record(
        case,
        "request_registered",
        f"{by}公开申请，{how}，编号{number}。",
        data={"number": number, "channel": application.channel},
    )
    return request


def keep_files(
    work: Work,
    request: InformationRequest,
    files: Sequence[StoredFile],
    purpose: FilePurpose,
) -> None:
    """Keep files that came with a request or later."""
    known = {each.file_id for each in request.files}
    for file in files:
        if file.id not in known:
            request.files.append(
                RequestFile(file=file, purpose=purpose, added_at=work.now)
            )
    work.session.flush()


def subject_of(application: Application) -> str:
    """Return what is asked for in a line, without anybody's numbers."""
    words = application.subject or application.personal.get("content", "")
    line = applicants.masked(words)
    return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1]}…"


_LONGEST_SUBJECT = 60


def request_of(session: Session, case: Case) -> InformationRequest:
    """Return the request that a case answers, or that a consultation is for.

    Raises:
        NotFound: it is about none, or nothing is registered yet.
    """
    found = session.scalars(
        select(InformationRequest).where(InformationRequest.case_id == case.id)
    ).one_or_none()
    if found is None:
        found = session.scalars(
            select(InformationRequest)
            .join(Consultation, Consultation.request_id == InformationRequest.id)
            .where(Consultation.case_id == case.id)
        ).one_or_none()
    if found is None:
        raise NotFound("这件公开申请")
    return found


def give_secret(work: Work, request: InformationRequest, secret: str = "") -> str:
    """Return the secret for the query code; one given before holds no more.

    It is shown once: only its keyed digest is kept.
    """
    secret = secret or _drawn(_SECRET_LENGTH)
    request.secret_digest = secret_digest(work, request.query_code, secret)
    work.session.flush()
    return secret


def secret_digest(work: Work, query_code: str, secret: str) -> str:
    """Return what is kept of a secret: a digest under a key outside the database."""
    return work.engine.cipher.blind("request_secret", f"{query_code} {secret}")


def receipt_of(request: InformationRequest) -> Receipt:
    """Return what fixes the day of receipt (Art 31)."""
    return Receipt(
        channel=Channel(request.channel),
        received=request.submitted_on,
        confirmed=request.confirmed_on,
        auto_receipt=request.has_automatic_receipt,
    )


def events_of(request: InformationRequest) -> list[Event]:
    """Return what the clock is computed from."""
    return [
        read_event(row.kind, row.on, row.argument, row.label) for row in request.events
    ]


def answer_clock(
    work: Work,
    request: InformationRequest,
    *,
    as_of: date | None = None,
    events: Sequence[Event] | None = None,
) -> Answer:
    """Return by when the request is to be answered, and every day of the count; the
    same `events` may tell consultations apart by names for a reader."""
    return _compute(work, request, events or events_of(request), as_of)


def record_event(
    work: Work,
    request: InformationRequest,
    kind: str,
    on: date,
    argument: str = "",
    label: str = "",
) -> ClockEvent:
    """Record what happened on a day; the limit of Art 33 follows in this transaction.

    An act against the rules is refused. A fact against them is kept, marked as
    irregular, and moves nothing.

    Raises:
        ImpossibleEvent: it cannot have happened, or must not be done.
        Refusal: the day has not come yet.
    """
    hold_case(work, request.case)
    work.session.refresh(request, ["events"])
    if on > work.today:
        msg = "登记的日期不能晚于今天。"
        raise Refusal(msg)
    before = answer_clock(work, request, as_of=work.today)
    events = [*events_of(request), read_event(kind, on, argument, label)]
    after = _compute(work, request, events, work.today)
    known = {warning.code for warning in before.warnings}
    warned = [each for each in after.warnings if each.code not in known]
    row = ClockEvent(
        kind=kind,
        on=on,
        argument=argument,
        label=label,
        irregular=warned[0].code if warned else "",
        recorded_at=work.now,
        recorded_by=work.actor.person_id,
    )
    request.events.append(row)
    work.session.flush()
    words = EVENT_NAMES[EventKind(kind)]
    remark = "".join(f"不合规定：{each.message}" for each in warned)
    work.record(
        request.case,
        "clock_event",
        f"登记“{words}”，{date_in_words(on)}。{_moved(before, after)}{remark}",
        data={
            "kind": kind,
            "on": str(on),
            "old": str(before.due_on) if before.due_on else None,
            "new": str(after.due_on) if after.due_on else None,
            "irregular": row.irregular,
        },
    )
    follow_clock(work, request, f"{words}。", anew=_begins_anew(request, kind))
    return row


def follow_clock(
    work: Work, request: InformationRequest, why: str, *, anew: bool = False
) -> None:
    """Bring the request's limits to where its events put them, in this transaction."""
    answer = answer_clock(work, request, as_of=work.today)
    request_limits.follow(work, request, answer, why, anew=anew)


def foreseen(
    work: Work,
    request: InformationRequest,
    kind: str,
    argument: str = "",
) -> Answer:
    """Return how the clock would stand if something happened today.

    Raises:
        ImpossibleEvent: it cannot happen, or must not be done.
    """
    happened = read_event(kind, work.today, argument)
    return _compute(work, request, [*events_of(request), happened], work.today)


def _begins_anew(request: InformationRequest, kind: str) -> bool:
    """Tell whether a new count begins: not after a notice that was sent too late."""
    told_by = RESETS.get(kind)
    notices = [event for event in request.events if event.kind == told_by]
    return bool(notices) and not notices[-1].irregular


def _compute(
    work: Work, request: InformationRequest, events: Sequence[Event], as_of: date | None
) -> Answer:
    days = settings.read(
        work.session,
        "request.clarification_days",
        on=work.today,
        organisation=request.agency,
    )
    return request_clock.compute(
        calendar_of(work, request.agency),
        receipt_of(request),
        events,
        as_of=as_of,
        clarification_days=days,
    )


def _moved(before: Answer, after: Answer) -> str:
    if before.due_on == after.due_on:
        return ""
    return f"答复期限由{_day(before.due_on)}变为{_day(after.due_on)}。"


def _day(day: date | None) -> str:
    return date_in_words(day) if day else "暂不计算"


def _number(agency: Organisation, year: int, number: int) -> str:
    return f"{agency.code}-{year}-{number:05d}"


def _drawn(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def readable(work: Work) -> ColumnElement[bool]:
    """Return the clause on InformationRequest for what the actor may read."""
    return InformationRequest.case_id.in_(select(Case.id).where(visible_to(work.actor)))
