"""The register of 更正: who shows that a record about himself is wrong (Art 41)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import NotFound, Work, files, personal
from models.challenges import RecordCorrection
from models.letters import Letter
from models.people import Organisation
from models.records import StoredFile
from models.workflow import Case, Label
from processes.registers import applicants, letters, service_of_letters
from processes.registers.clock_events import in_full

PROCESS = "record_correction"
NOTICE = "correction_notice"

#: The title of a case in which nothing is registered yet.
UNREGISTERED = "（还没有登记的更正申请）"


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What somebody says is wrong, and the proof of it."""

    received_on: date
    #: Which record, in a few words.
    record: str
    #: Sealed: who asks, what the record says and what it should say.
    personal: Mapping[str, str] = field(repr=False)
    evidence: StoredFile
    electronic_service: bool = False


def enter(work: Work, case: Case, complaint: Complaint) -> RecordCorrection:
    """Enter what a case was begun for into its agency's register."""
    applicant = applicants.seal(work, case.root_id, complaint.personal)
    files.relabel(complaint.evidence, Label.PERSONAL)
    subject = applicants.masked(complaint.record)
    correction = RecordCorrection(
        root_id=case.root_id,
        agency_id=case.agency_id,
        case_id=case.id,
        number=case.number,
        applicant_id=applicant.id,
        handling=personal.seal(work, case.root_id, {}),
        subject=subject,
        received_on=complaint.received_on,
        electronic_service=complaint.electronic_service,
        evidence=complaint.evidence,
    )
    correction.case, correction.applicant = case, applicant
    case.title, case.label = f"更正：{subject}", Label.PERSONAL
    work.session.add(correction)
    work.session.flush()
    work.record(
        case,
        "correction_requested",
        f"{work.actor.name}登记更正申请，{in_full(complaint.received_on)}收到。",
        data={"received_on": str(complaint.received_on)},
    )
    return correction


def correction_of(session: Session, case: Case) -> RecordCorrection:
    """Return the correction that a case is about.

    Raises:
        NotFound: nothing is registered yet.
    """
    found = session.scalars(
        select(RecordCorrection).where(RecordCorrection.case_id == case.id)
    ).one_or_none()
    if found is None:
        raise NotFound("这件更正申请")
    return found


def sections_of(session: Session, case: Case) -> list[Organisation]:
    """Return the sections of the agency that may keep the record."""
    return list(
        session.scalars(
            select(Organisation)
            .where(Organisation.agency_id == case.agency_id)
            .order_by(Organisation.code)
        )
    )


def asked(work: Work, correction: RecordCorrection) -> dict[str, Any]:
    """Return who asks and what for, for an act or a page that is recorded."""
    return personal.unseal(work, correction.applicant)


def handled(work: Work, correction: RecordCorrection) -> dict[str, Any]:
    """Return what was found and is decided, for an act or a page that is recorded."""
    return personal.unseal(work, correction.handling) if correction.handling else {}


def keep(work: Work, correction: RecordCorrection, content: Mapping[str, Any]) -> None:
    """Seal more of what was found and is decided."""
    whole = {**handled(work, correction), **content}
    if correction.handling is None:
        correction.handling = personal.seal(work, correction.root_id, whole)
    else:
        personal.reseal(work, correction.handling, whole)
    work.session.flush()


def drafts_of(work: Work, case: Case) -> list[Letter]:
    """Return the letters that wait for their approval."""
    return [
        letter
        for letter in letters.letters_of(work, case)
        if letter.issued_at is None and letter.voided_at is None
    ]


def notice_of(work: Work, correction: RecordCorrection) -> Letter:
    """Return the letter to who asked: the last one that was issued.

    Raises:
        NotFound: none was.
    """
    for letter in reversed(letters.letters_of(work, correction.case)):
        said = personal.unseal(work, letter.fields)
        if letter.issued_at and not letter.voided_at and not said.get("transfer"):
            return letter
    raise NotFound("更正告知书")


def unsent(work: Work, case: Case) -> list[Letter]:
    """Return the letters that went out to nobody yet."""
    return [
        letter
        for letter in letters.letters_of(work, case)
        if letter.issued_at
        and not letter.voided_at
        and service_of_letters.counts_on(letter) is None
    ]
