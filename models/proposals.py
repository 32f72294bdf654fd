"""转主动公开: what many ask for, or somebody suggests, and what became of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of
from models.documents import Document
from models.people import Organisation
from models.requests import InformationRequest
from models.workflow import Case


class SameInformation(Base):
    """Two requests of which a person has found that they ask for the same."""

    __tablename__ = "same_information"
    __table_args__ = (CheckConstraint("request_id < other_id", name="in_order"),)

    #: The earlier of the two.
    request_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), primary_key=True
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), primary_key=True, index=True
    )
    marked_at: Mapped[datetime]
    marked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class ProposalCause(StrEnum):
    """Why the office looks at whether information is to be public to all."""

    #: Several applicants have asked for it (Art 44(1)).
    MANY = "many"
    #: An applicant suggests it (Art 44(2)).
    SUGGESTED = "suggested"


PROPOSAL_CAUSE_NAMES: dict[ProposalCause, str] = {
    ProposalCause.MANY: "多个申请人申请同样的信息（条例第44条第1款）",
    ProposalCause.SUGGESTED: "申请人建议主动公开（条例第44条第2款）",
}


class ProposalOutcome(StrEnum):
    """What became of it."""

    PROPOSED = "proposed"
    NOT_PUBLIC = "not_public"
    ALREADY_PUBLIC = "already_public"


PROPOSAL_OUTCOME_NAMES: dict[ProposalOutcome, str] = {
    ProposalOutcome.PROPOSED: "转为主动公开",
    ProposalOutcome.NOT_PUBLIC: "不转为主动公开",
    ProposalOutcome.ALREADY_PUBLIC: "已经主动公开",
}


class ProactiveProposal(Base):
    """One subject that is looked at once, with all the requests for it."""

    __tablename__ = "proactive_proposal"
    __table_args__ = (
        one_of("cause", ProposalCause),
        one_of("outcome", ProposalOutcome, or_null=True),
        CheckConstraint("(outcome IS NULL) = (decided_on IS NULL)", name="decided"),
        CheckConstraint(
            "(outcome = 'proposed') = (document_id IS NOT NULL) OR outcome IS NULL",
            name="proposed_has_document",
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    cause: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str | None] = mapped_column(String(20))
    decided_on: Mapped[date | None]
    #: Why it is not to be public, or where it is already; applicants read it.
    explanation: Mapped[str] = mapped_column(Text, default="")
    #: How those were told who suggested it and do not look at the query page.
    told: Mapped[str] = mapped_column(Text, default="")
    #: What was drafted to make it public.
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id"), unique=True
    )

    case: Mapped[Case] = relationship()
    agency: Mapped[Organisation] = relationship()
    document: Mapped[Document | None] = relationship()
    members: Mapped[list["ProposalRequest"]] = relationship(
        order_by="ProposalRequest.request_id", back_populates="proposal"
    )


class Sameness(StrEnum):
    """By what a request is known to ask for what another one does."""

    #: It is what the others are compared with.
    FIRST = "first"
    CONTENT = "content"
    RELEASED = "released"
    BY_HAND = "by_hand"


SAMENESS_NAMES: dict[Sameness, str] = {
    Sameness.FIRST: "触发这次建议的申请",
    Sameness.CONTENT: "申请内容一致",
    Sameness.RELEASED: "提供的是同一份文件",
    Sameness.BY_HAND: "经办人认定",
}


class ProposalRequest(Base):
    """A request that a proposal is about; a request belongs to one at most."""

    __tablename__ = "proposal_request"
    __table_args__ = (one_of("sameness", Sameness),)

    request_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), primary_key=True
    )
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proactive_proposal.id"), index=True
    )
    sameness: Mapped[str] = mapped_column(String(20))
    joined_at: Mapped[datetime]

    proposal: Mapped[ProactiveProposal] = relationship(back_populates="members")
    request: Mapped[InformationRequest] = relationship()
