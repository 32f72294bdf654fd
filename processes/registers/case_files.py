"""Which case a file belongs to, and so who may read it."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from engine.authoring import Work, files, visible_to
from models.challenges import Challenge, ChallengeFile, RecordCorrection
from models.documents import PaperVersion
from models.records import StoredFile
from models.requests import (
    Consultation,
    InformationRequest,
    RequestFile,
    SearchRecord,
)
from models.reviews import Determination, ReviewRound
from models.workflow import Case
from processes.registers.reading import refuse_locked


def known_file(work: Work, public_id: str) -> tuple[StoredFile, Case | None]:
    """Return a file that the actor may know of, and the case it belongs to.

    Raises:
        NotFound: there is none, or not for this actor.
    """
    for query in _FILES:
        row = work.session.execute(
            query.where(
                StoredFile.public_id == public_id, visible_to(work.actor)
            ).limit(1)
        ).first()
        if row is not None:
            return row[0], row[1]
    return files.own_upload(work, public_id), None


def readable_file(work: Work, public_id: str) -> tuple[StoredFile, Case | None]:
    """Return a file that the actor may read, and the case it belongs to.

    Raises:
        NotFound: there is none, or not for this actor.
        NotAllowed: it is locked.
    """
    found = known_file(work, public_id)
    refuse_locked(work.session, found[0])
    return found


_ANY = select(StoredFile, Case)

#: Each way from a file to the case that brought it in.
_FILES: Sequence[Select[StoredFile, Case]] = (
    _ANY.join(PaperVersion, PaperVersion.file_id == StoredFile.id).join(
        Case, Case.id == PaperVersion.case_id
    ),
    _ANY.join(Determination, Determination.reply_id == StoredFile.id)
    .join(ReviewRound, ReviewRound.id == Determination.round_id)
    .join(Case, Case.id == ReviewRound.case_id),
    _ANY.join(RequestFile, RequestFile.file_id == StoredFile.id)
    .join(InformationRequest, InformationRequest.id == RequestFile.request_id)
    .join(Case, Case.id == InformationRequest.case_id),
    _ANY.join(SearchRecord, SearchRecord.proof_id == StoredFile.id)
    .join(InformationRequest, InformationRequest.id == SearchRecord.request_id)
    .join(Case, Case.id == InformationRequest.case_id),
    _ANY.join(Consultation, Consultation.reply_id == StoredFile.id).join(
        Case, Case.id == Consultation.case_id
    ),
    _ANY.join(ChallengeFile, ChallengeFile.file_id == StoredFile.id)
    .join(Challenge, Challenge.id == ChallengeFile.challenge_id)
    .join(Case, Case.id == Challenge.case_id),
    _ANY.join(
        RecordCorrection,
        (RecordCorrection.evidence_id == StoredFile.id)
        | (RecordCorrection.proof_id == StoredFile.id),
    ).join(Case, Case.id == RecordCorrection.case_id),
)
