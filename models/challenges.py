"""更正、复议、诉讼: what follows a record or an answer that somebody finds wrong."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of
from models.records import PersonalRecord, StoredFile
from models.requests import InformationRequest
from models.workflow import Case


class ChallengeKind(StrEnum):
    """Before whom an answer is challenged: the three blocks of table 4."""

    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration"


CHALLENGE_KIND_NAMES: dict[ChallengeKind, str] = {
    ChallengeKind.RECONSIDERATION: "行政复议",
    ChallengeKind.LITIGATION: "行政诉讼（未经复议直接起诉）",
    ChallengeKind.LITIGATION_AFTER_RECONSIDERATION: "行政诉讼（复议后起诉）",
}


class ChallengeResult(StrEnum):
    """How it ended; still pending while there is none."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"


CHALLENGE_RESULT_NAMES: dict[ChallengeResult, str] = {
    ChallengeResult.UPHELD: "结果维持",
    ChallengeResult.CORRECTED: "结果纠正",
    ChallengeResult.OTHER: "其他结果",
}


class Challenge(Base):
    """A 复议 or 诉讼 about how a request was handled (table 4)."""

    __tablename__ = "challenge"
    __table_args__ = (
        one_of("kind", ChallengeKind),
        one_of("result", ChallengeResult, or_null=True),
        CheckConstraint("(result IS NULL) = (result_on IS NULL)", name="result_dated"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Empty where nothing was handled, or it was before this register.
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("information_request.id"), index=True
    )
    #: What it is about, in a few words, without personal data.
    subject: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(40))
    #: 复议机关 or court.
    body: Mapped[str] = mapped_column(String(100))
    #: Its case number.
    body_number: Mapped[str] = mapped_column(String(60), default="")
    #: Summary procedure: five working days instead of ten.
    is_summary: Mapped[bool] = mapped_column(default=False)
    #: The day on which the agency got the copy of the complaint.
    notified_on: Mapped[date]
    #: The day on which the agency handed in its answer and evidence.
    replied_on: Mapped[date | None]
    #: Sealed: the answer, the evidence, what was heard, what has to be done anew.
    content_id: Mapped[int | None] = mapped_column(ForeignKey("personal_record.id"))
    result: Mapped[str | None] = mapped_column(String(20))
    result_on: Mapped[date | None]
    #: 文号 of the decision or judgment.
    result_number: Mapped[str] = mapped_column(String(60), default="")
    #: The last day for deciding anew; empty where nothing has to be.
    redo_by: Mapped[date | None]
    archived_on: Mapped[date | None]
    retention: Mapped[str] = mapped_column(String(20), default="")

    case: Mapped[Case] = relationship()
    request: Mapped[InformationRequest | None] = relationship()
    content: Mapped[PersonalRecord | None] = relationship()
    files: Mapped[list["ChallengeFile"]] = relationship(
        order_by="ChallengeFile.added_at, ChallengeFile.file_id",
        cascade="all, delete-orphan",
    )


class ChallengePurpose(StrEnum):
    """What a file of a challenge is."""

    COMPLAINT = "complaint"
    ANSWER = "answer"
    RECEIPT = "receipt"
    HEARING = "hearing"
    RESULT = "result"
    REDONE = "redone"


CHALLENGE_PURPOSE_NAMES: dict[ChallengePurpose, str] = {
    ChallengePurpose.COMPLAINT: "申请书、起诉状副本",
    ChallengePurpose.ANSWER: "答复书、答辩状和证据",
    ChallengePurpose.RECEIPT: "提交凭证",
    ChallengePurpose.HEARING: "听证、开庭材料",
    ChallengePurpose.RESULT: "决定书、判决书",
    ChallengePurpose.REDONE: "履行材料",
}


class ChallengeFile(Base):
    """A file of a challenge; encrypted like all that tells of persons."""

    __tablename__ = "challenge_file"
    __table_args__ = (one_of("purpose", ChallengePurpose),)

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id"), primary_key=True
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship()


class CorrectionOutcome(StrEnum):
    """What became of a record that somebody finds wrong (Art 41)."""

    CORRECTED = "corrected"
    TRANSFERRED = "transferred"
    TOLD_WHERE = "told_where"
    REFUSED = "refused"


CORRECTION_OUTCOME_NAMES: dict[CorrectionOutcome, str] = {
    CorrectionOutcome.CORRECTED: "更正",
    CorrectionOutcome.TRANSFERRED: "无权更正，转送有权更正的机关",
    CorrectionOutcome.TOLD_WHERE: "无权更正，告知向有权更正的机关提出",
    CorrectionOutcome.REFUSED: "不予更正",
}


class RecordCorrection(Base):
    """更正: somebody shows that a record about himself is wrong (Art 41)."""

    __tablename__ = "record_correction"
    __table_args__ = (one_of("outcome", CorrectionOutcome, or_null=True),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    #: Sealed: who asks, what the record says, what it should say.
    applicant_id: Mapped[int] = mapped_column(ForeignKey("personal_record.id"))
    #: Sealed: what the section found, what is decided and why.
    handling_id: Mapped[int | None] = mapped_column(ForeignKey("personal_record.id"))
    #: Which record, in a few words, without personal data.
    subject: Mapped[str] = mapped_column(String(200))
    received_on: Mapped[date]
    #: Agrees to get letters electronically (民事诉讼法 Art 90, by analogy).
    electronic_service: Mapped[bool] = mapped_column(default=False)
    #: The proof that the record is wrong: nobody is heard without one (Art 41).
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    #: What the section found it by.
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    #: Empty while it is open.
    outcome: Mapped[str | None] = mapped_column(String(20))
    closed_on: Mapped[date | None]
    archived_on: Mapped[date | None]
    retention: Mapped[str] = mapped_column(String(20), default="")

    case: Mapped[Case] = relationship()
    applicant: Mapped[PersonalRecord] = relationship(foreign_keys=[applicant_id])
    handling: Mapped[PersonalRecord | None] = relationship(foreign_keys=[handling_id])
    evidence: Mapped[StoredFile | None] = relationship(foreign_keys=[evidence_id])
    proof: Mapped[StoredFile | None] = relationship(foreign_keys=[proof_id])
