"""依申请公开: what somebody asks for, what was done with it, and how it was answered.

Everything that tells who an applicant or a third party is lies sealed in a
`PersonalRecord`; what stands here in plain text is the office's own words.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.applications import ApplicantKind, Channel, Delivery, FormWanted
from models.base import Base, RowId, one_of, public_id
from models.documents import Document
from models.people import Organisation
from models.records import PersonalRecord, StoredFile
from models.workflow import Case


class VoidReason(StrEnum):
    """Why something should never have been registered (登记有误)."""

    TWICE = "twice"
    NOT_A_REQUEST = "not_a_request"
    NOT_OURS = "not_ours"
    OTHER = "other"


VOID_REASON_NAMES: dict[VoidReason, str] = {
    VoidReason.TWICE: "同一件申请重复登记",
    VoidReason.NOT_A_REQUEST: "不是公开申请，误登",
    VoidReason.NOT_OURS: "写给其他机关的邮件，误收",
    VoidReason.OTHER: "其他登记差错",
}


class ReasonsJudgment(StrEnum):
    """What an office thinks of the reasons for very many requests (Art 35)."""

    #: Answered as usual.
    REASONABLE = "reasonable"
    #: Reasonable, but the usual time does not suffice: answered by a later day.
    MORE_TIME = "more_time"
    #: Not handled.
    UNREASONABLE = "unreasonable"


REASONS_JUDGMENT_NAMES: dict[ReasonsJudgment, str] = {
    ReasonsJudgment.REASONABLE: "理由合理，按期答复",
    ReasonsJudgment.MORE_TIME: "理由合理，但是来不及，延迟答复",
    ReasonsJudgment.UNREASONABLE: "理由不合理，不予处理",
}


class InformationRequest(Base):
    """One request (一件) to one agency: the unit that the annual report counts."""

    __tablename__ = "information_request"
    __table_args__ = (
        one_of("channel", Channel),
        one_of("applicant_kind", ApplicantKind),
        one_of("form_wanted", FormWanted),
        one_of("delivery", Delivery),
        one_of("reasons_judgment", ReasonsJudgment, or_null=True),
        CheckConstraint(
            "(decision_code = '') = (closed_on IS NULL)", name="closed_with_a_code"
        ),
        CheckConstraint(
            "voided_on IS NULL OR (void_reason <> '' AND closed_on IS NULL)",
            name="void_with_a_reason",
        ),
        Index("ix_information_request_register", "agency_id", "submitted_on", "id"),
        Index("ix_information_request_open", "agency_id", "closed_on"),
        Index("ix_information_request_received", "agency_id", "received_on"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    #: The agency that was asked and answers (Art 27).
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    #: Agency code-year-five digits.
    number: Mapped[str] = mapped_column(String(40), unique=True)
    channel: Mapped[str] = mapped_column(String(20))
    #: The day on which it was handed in or reached the agency.
    submitted_on: Mapped[date]
    #: The website gave a receipt at once: submission is confirmation (Art 31(3)).
    has_automatic_receipt: Mapped[bool] = mapped_column(default=False)
    #: The day of mutual confirmation, for plain mail, internet and fax (Art 31(2, 3)).
    confirmed_on: Mapped[date | None]
    #: The day that counts as receipt under Art 31; empty until it is confirmed.
    received_on: Mapped[date | None] = mapped_column(index=True)
    applicant_kind: Mapped[str] = mapped_column(String(20))
    #: Sealed: name, identity_number or credit_code, contact, address, agent, and the
    #: request's own words (content, feature, purpose). See registers.applicants.
    applicant_id: Mapped[int] = mapped_column(ForeignKey("personal_record.id"))
    #: What is asked for, in a few of the office's words, without personal data.
    subject: Mapped[str] = mapped_column(String(200))
    form_wanted: Mapped[str] = mapped_column(String(20))
    delivery: Mapped[str] = mapped_column(String(20))
    #: Agrees to get letters on the query page: nobody is served there who has not
    #: (民事诉讼法 Art 90, by analogy).
    electronic_service: Mapped[bool] = mapped_column(default=False)
    #: Has difficulty reading, seeing or hearing: is to be helped (Art 43).
    needs_help: Mapped[bool] = mapped_column(default=False)
    #: Suggests that the information be published (Art 44(2)).
    suggests_publication: Mapped[bool] = mapped_column(default=False)
    #: Taken out of a request that asked for several things (一事一申请).
    split_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("information_request.id")
    )
    #: The earlier request that this one repeats, as the office found (Art 36(6)).
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("information_request.id"))
    #: What the applicant tracks it by, and the keyed digest of the secret with it.
    query_code: Mapped[str] = mapped_column(String(20), unique=True)
    secret_digest: Mapped[str] = mapped_column(String(64))
    #: The day on which the applicant explained why so much is asked for (Art 35); the
    #: words are sealed with the request's own.
    explained_on: Mapped[date | None]
    reasons_judgment: Mapped[str | None] = mapped_column(String(20))
    #: The one counted result (D01-D53); empty while it is open.
    decision_code: Mapped[str] = mapped_column(String(4), default="")
    #: The day on which the answer counts as given, or the request ended.
    closed_on: Mapped[date | None] = mapped_column(index=True)
    #: What the applicant is given, reviewed like everything that leaves the house.
    released_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    #: Counted in the annual report and for fees: not what was registered by mistake.
    is_counted: Mapped[bool] = mapped_column(default=True)
    #: Registered by mistake: why, in words without personal data, and since when its
    #: number is void. The day is empty while that is only proposed.
    void_reason: Mapped[str] = mapped_column(String(20), default="")
    void_words: Mapped[str] = mapped_column(String(300), default="")
    voided_on: Mapped[date | None]
    archived_on: Mapped[date | None]
    #: How long the file is kept, e.g. "30年".
    retention: Mapped[str] = mapped_column(String(20), default="")

    case: Mapped[Case] = relationship()
    agency: Mapped[Organisation] = relationship()
    applicant: Mapped[PersonalRecord] = relationship()
    released: Mapped[Document | None] = relationship()
    events: Mapped[list["ClockEvent"]] = relationship(
        order_by="ClockEvent.id", back_populates="request"
    )
    consultations: Mapped[list["Consultation"]] = relationship(
        order_by="Consultation.id", back_populates="request"
    )
    searches: Mapped[list["SearchRecord"]] = relationship(
        order_by="SearchRecord.id", back_populates="request"
    )
    files: Mapped[list["RequestFile"]] = relationship(order_by="RequestFile.added_at")
    parts: Mapped[list["WithheldPart"]] = relationship(
        order_by="WithheldPart.position", cascade="all, delete-orphan"
    )


class FilePurpose(StrEnum):
    """What a file came to the office for."""

    APPLICATION = "application"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class RequestFile(Base):
    """A file that came with a request or with its correction; encrypted like all."""

    __tablename__ = "request_file"
    __table_args__ = (one_of("purpose", FilePurpose),)

    request_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), primary_key=True
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    added_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship()


class ClockEvent(Base):
    """One lawful event that the clock is computed from; facts are only ever added."""

    __tablename__ = "clock_event"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), index=True
    )
    #: As in the calculator: clarification_sent, corrected, third_party_sent, extended …
    kind: Mapped[str] = mapped_column(String(30))
    on: Mapped[date]
    #: Days for clarification_sent and extended; a day for delayed.
    argument: Mapped[str] = mapped_column(String(20), default="")
    #: Tells consultations of one kind apart.
    label: Mapped[str] = mapped_column(String(40), default="")
    #: The code of the warning it gave: it happened against a rule and moved nothing.
    irregular: Mapped[str] = mapped_column(String(40), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    request: Mapped[InformationRequest] = relationship(back_populates="events")


class ConsultationKind(StrEnum):
    """Who is asked; each has its own meaning of silence."""

    #: Art 32: fifteen working days; silent, the office decides.
    THIRD_PARTY = "third_party"
    #: Art 34: fifteen working days; silence is consent.
    COMAKER = "comaker"
    #: Art 33(3): no statutory limit; the office reminds.
    AGENCY = "agency"


CONSULTATION_KIND_NAMES: dict[ConsultationKind, str] = {
    ConsultationKind.THIRD_PARTY: "第三方",
    ConsultationKind.COMAKER: "共同制作机关",
    ConsultationKind.AGENCY: "其他机关",
}


class ConsultationAnswer(StrEnum):
    """What somebody who was asked says."""

    CONSENT = "consent"
    REFUSAL = "refusal"
    PARTIAL = "partial"
    #: Nothing came within the limit.
    SILENCE = "silence"


CONSULTATION_ANSWER_NAMES: dict[ConsultationAnswer, str] = {
    ConsultationAnswer.CONSENT: "同意公开",
    ConsultationAnswer.REFUSAL: "不同意公开",
    ConsultationAnswer.PARTIAL: "同意公开一部分",
    ConsultationAnswer.SILENCE: "逾期没有答复",
}


class Consultation(Base):
    """One letter to one third party, co-maker or agency, and what came of it."""

    __tablename__ = "consultation"
    __table_args__ = (
        one_of("kind", ConsultationKind),
        one_of("answer", ConsultationAnswer, or_null=True),
        UniqueConstraint("request_id", "kind", "label"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), index=True
    )
    #: The case in which it runs: with its own limit, letter and meaning of silence.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(40))
    #: What the party is to the matter: 投标人甲, 区财政局; never a person's name.
    party: Mapped[str] = mapped_column(String(100))
    #: Sealed: name, address, contact of a third party. Empty for an agency.
    party_record_id: Mapped[int | None] = mapped_column(
        ForeignKey("personal_record.id")
    )
    #: The part of the information that they are asked about.
    matter: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    #: The last day of the fifteen working days, once signed for.
    silence_on: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text, default="")
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    request: Mapped[InformationRequest] = relationship(back_populates="consultations")
    party_record: Mapped[PersonalRecord | None] = relationship()


class SearchRecord(Base):
    """Where somebody looked, how and with what result: what 不存在 is proved by."""

    __tablename__ = "search_record"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), index=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    #: The systems, archives and cabinets that were searched.
    places: Mapped[str] = mapped_column(Text)
    keywords: Mapped[str] = mapped_column(Text)
    #: The years or days of the papers that were looked through.
    period: Mapped[str] = mapped_column(String(100))
    found: Mapped[bool]
    result: Mapped[str] = mapped_column(Text)
    searched_on: Mapped[date]
    searched_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    request: Mapped[InformationRequest] = relationship(back_populates="searches")
    organisation: Mapped[Organisation] = relationship()
    proof: Mapped[StoredFile | None] = relationship()


class WithheldPart(Base):
    """One part that is not given, with its own ground and reason (Art 37)."""

    __tablename__ = "withheld_part"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), index=True
    )
    position: Mapped[int]
    #: Which part: a page, a paragraph, a column; never its content.
    part: Mapped[str] = mapped_column(String(200))
    #: The decision code that the part alone would have: D21-D33.
    ground: Mapped[str] = mapped_column(String(4))
    cited_law: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text)
