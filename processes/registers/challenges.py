"""The register of 复议 and 诉讼: what is challenged, before whom, how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import NotFound, Work, files, personal
from models.challenges import (
    CHALLENGE_KIND_NAMES,
    CHALLENGE_RESULT_NAMES,
    Challenge,
    ChallengeFile,
    ChallengeKind,
    ChallengePurpose,
    ChallengeResult,
)
from models.records import StoredFile
from models.requests import InformationRequest
from models.workflow import Case, Label
from processes.registers import applicants, requests
from processes.registers.clock_events import in_full

PROCESS = "review_and_litigation"

#: The title of a case in which nothing is registered yet.
UNREGISTERED = "（还没有登记的复议、诉讼）"

#: So many of the newest requests are offered to be the one that is challenged.
_OFFERED = 200


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What came from 复议机关 or court."""

    kind: ChallengeKind
    body: str
    #: The day on which the agency got the copy of the complaint.
    notified_on: date
    body_number: str = ""
    is_summary: bool = False
    request: InformationRequest | None = None
    #: In a few of the office's words, where no request is named.
    subject: str = ""
    files: Sequence[StoredFile] = field(default=())


def enter(work: Work, case: Case, complaint: Complaint) -> Challenge:
    """Enter what a case was begun for into its agency's register.

    The case comes out of the request's, in whose history it stands as well.
    """
    request = complaint.request
    subject = request.subject if request else applicants.masked(complaint.subject)
    challenge = Challenge(
        root_id=case.root_id,
        agency_id=case.agency_id,
        case_id=case.id,
        subject=subject,
        kind=complaint.kind,
        body=complaint.body,
        body_number=complaint.body_number,
        is_summary=complaint.is_summary,
        notified_on=complaint.notified_on,
        content=personal.seal(work, case.root_id, {}),
    )
    challenge.case = case
    case.title = f"{CHALLENGE_KIND_NAMES[complaint.kind]}：{subject}"
    case.label = Label.PERSONAL
    work.session.add(challenge)
    work.session.flush()
    keep_files(work, challenge, complaint.files, ChallengePurpose.COMPLAINT)
    work.record(
        case,
        "challenge_entered",
        f"{work.actor.name}登记{named(challenge)}，"
        f"{in_full(challenge.notified_on)}收到材料。",
        data={"kind": challenge.kind, "notified_on": str(challenge.notified_on)},
    )
    if request is not None:
        name_request(work, challenge, request)
    return challenge


def name_request(work: Work, challenge: Challenge, request: InformationRequest) -> None:
    """Say which request is challenged."""
    challenge.request = request
    challenge.case.parent_id = request.case_id
    work.session.flush()
    work.record(
        request.case,
        "request_challenged",
        f"这件申请被提起{named(challenge)}，在{challenge.case.number}里应对。",
        data={"kind": challenge.kind, "case": challenge.case.number},
    )


def named(challenge: Challenge) -> str:
    """Return what a challenge is called: its kind, before whom, under which number."""
    number = f"，{challenge.body_number}" if challenge.body_number else ""
    kind = CHALLENGE_KIND_NAMES[ChallengeKind(challenge.kind)]
    return f"{kind}（{challenge.body}{number}）"


def challenge_of(session: Session, case: Case) -> Challenge:
    """Return the challenge that a case is about.

    Raises:
        NotFound: nothing is registered yet.
    """
    found = session.scalars(
        select(Challenge).where(Challenge.case_id == case.id)
    ).one_or_none()
    if found is None:
        raise NotFound("这件复议、诉讼")
    return found


def of_request(session: Session, request: InformationRequest) -> Sequence[Challenge]:
    """Return how a request was challenged, the oldest first."""
    return session.scalars(
        select(Challenge)
        .where(Challenge.request_id == request.id)
        .order_by(Challenge.id)
    ).all()


def same_number(
    session: Session, case: Case, body: str, body_number: str
) -> Challenge | None:
    """Return what the agency has registered already under a body's case number."""
    if not body_number:
        return None
    return session.scalars(
        select(Challenge).where(
            Challenge.agency_id == case.agency_id,
            Challenge.body == body,
            Challenge.body_number == body_number,
        )
    ).first()


def to_choose(work: Work, case: Case) -> Sequence[InformationRequest]:
    """Return the agency's requests that the actor may read, the newest first."""
    return work.session.scalars(
        select(InformationRequest)
        .where(InformationRequest.agency_id == case.agency_id, requests.readable(work))
        .order_by(InformationRequest.id.desc())
        .limit(_OFFERED)
    ).all()


def to_name(work: Work, case: Case, public_id: str) -> InformationRequest | None:
    """Return a request of the agency that the actor may read, however old it is: a
    lawsuit comes within six months of the answer (行政诉讼法 Art 46), or later."""
    return work.session.scalars(
        select(InformationRequest).where(
            InformationRequest.public_id == public_id,
            InformationRequest.agency_id == case.agency_id,
            requests.readable(work),
        )
    ).one_or_none()


def said(work: Work, challenge: Challenge) -> dict[str, Any]:
    """Return what is sealed of a challenge, for an act or a page that is recorded."""
    if challenge.content is None:
        return {}
    return personal.unseal(work, challenge.content)


def say(work: Work, challenge: Challenge, content: Mapping[str, Any]) -> None:
    """Seal more of what is known of a challenge."""
    if challenge.content is None:
        challenge.content = personal.seal(work, challenge.root_id, content)
    else:
        whole = {**personal.unseal(work, challenge.content), **content}
        personal.reseal(work, challenge.content, whole)
    work.session.flush()


def keep_files(
    work: Work,
    challenge: Challenge,
    kept: Sequence[StoredFile],
    purpose: ChallengePurpose,
) -> None:
    """Keep files of a challenge; they tell of persons."""
    known = {each.file_id for each in challenge.files}
    for file in kept:
        if file.id not in known:
            files.relabel(file, Label.PERSONAL)
            challenge.files.append(
                ChallengeFile(file=file, purpose=purpose, added_at=work.now)
            )
    work.session.flush()


def end(
    work: Work,
    challenge: Challenge,
    result: ChallengeResult,
    on: date,
    *,
    number: str = "",
    redo_by: date | None = None,
) -> None:
    """Record how a challenge ended: from now on table 4 counts it in its column.

    Where the agency must decide anew, the request's case is told.
    """
    challenge.result, challenge.result_on = result, on
    challenge.result_number, challenge.redo_by = number, redo_by
    work.session.flush()
    if challenge.request is None:
        return
    anew = f"须在{in_full(redo_by)}前重新处理。" if redo_by else ""
    work.record(
        challenge.request.case,
        "challenge_ended",
        f"{named(challenge)}：{CHALLENGE_RESULT_NAMES[result]}。{anew}",
        data={
            "case": challenge.case.number,
            "result": result,
            "redo_by": str(redo_by) if redo_by else None,
        },
    )
