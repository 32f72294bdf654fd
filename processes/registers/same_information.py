"""Which requests ask an agency for the same information, and by what that is known.

Three ways, each of which can be explained: the same words, the same document given, or
a person who found it. What is merely alike is shown to people and groups nothing.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import CompoundSelect, Select, select, union
from sqlalchemy.orm import aliased

from engine.authoring import NotAllowed, Refusal, Work
from models.documents import Document, Paper, PaperVersion, VersionKind
from models.people import Organisation, Role
from models.proposals import SameInformation, Sameness
from models.records import PersonalIndex, StoredFile
from models.requests import InformationRequest
from processes.registers import applicants

#: Who says that two requests ask for the same.
MARKERS = (Role.DISCLOSURE_CLERK, Role.DISCLOSURE_HEAD)


def group(
    work: Work, request: InformationRequest
) -> dict[InformationRequest, Sameness]:
    """Return this request and all that ask its agency for the same, by what that is
    known; what is the same as one of them belongs to them too."""
    found = {request: Sameness.FIRST}
    newest = [request]
    while newest:
        reached: dict[InformationRequest, Sameness] = {}
        for sameness, others in neighbours(work, request.agency_id, newest):
            for other in others:
                if other not in found:
                    reached.setdefault(other, sameness)
        found |= reached
        newest = list(reached)
    return found


def mark(work: Work, request: InformationRequest, other: InformationRequest) -> None:
    """Keep that somebody has found two requests to ask for the same.

    Raises:
        NotAllowed: the actor handles no requests of that agency.
        Refusal: it is one request, or they were made to different agencies.
    """
    if not may_mark(work, request):
        msg = "由政务公开经办人、政务公开机构负责人认定，您不担任这些角色。"
        raise NotAllowed(msg)
    if request.id == other.id or request.agency_id != other.agency_id:
        msg = "只能认定同一机关收到的另一件申请，从列出的里面选。"
        raise Refusal(msg)
    first, second = sorted((request, other), key=lambda each: each.id)
    if work.session.get(SameInformation, (first.id, second.id)) is not None:
        return
    work.session.add(
        SameInformation(
            request_id=first.id,
            other_id=second.id,
            marked_at=work.now,
            marked_by=work.actor.required_person,
        )
    )
    work.session.flush()
    for one, same in ((request, other), (other, request)):
        work.record(
            one.case,
            "same_information",
            f"{work.actor.name}认定和{same.number}申请的是同样的信息。",
            data={"request": same.number},
        )


def may_mark(work: Work, request: InformationRequest) -> bool:
    """Tell whether the actor may say that requests of this agency ask for the same."""
    return any(
        held.agency_id == request.agency_id and held.role in MARKERS
        for held in work.actor.roles
    )


def askers(work: Work, requests: Collection[InformationRequest]) -> int:
    """Return how many different applicants have made these requests.

    They are told apart by blind index, without a look. Who is known by no number is
    an applicant of one's own.
    """
    known: dict[int, dict[str, str]] = {}
    rows = work.session.execute(
        select(PersonalIndex.record_id, PersonalIndex.field, PersonalIndex.blind).where(
            PersonalIndex.record_id.in_([each.applicant_id for each in requests]),
            PersonalIndex.field.in_(applicants.IDENTITIES),
        )
    )
    for record_id, name, blind in rows:
        known.setdefault(record_id, {})[name] = blind
    return len({_asker(each, known.get(each.applicant_id, {})) for each in requests})


def since(today: date, months: int) -> date:
    """Return the first day of the last so many months."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    _, last = monthrange(year, month + 1)
    return date(year, month + 1, min(today.day, last))


def _asker(request: InformationRequest, known: dict[str, str]) -> str:
    for name in applicants.IDENTITIES:
        if name in known:
            return known[name]
    return str(request.applicant_id)


def neighbours(
    work: Work, agency_id: int, requests: Sequence[InformationRequest]
) -> Iterator[tuple[Sameness, Sequence[InformationRequest]]]:
    ids = [each.id for each in requests]
    of_agency = select(InformationRequest).where(
        InformationRequest.agency_id == agency_id
    )
    by_hand = of_agency.where(InformationRequest.id.in_(_marked(ids)))
    yield Sameness.BY_HAND, work.session.scalars(by_hand).all()
    given = [each.id for each in requests if each.released_id is not None]
    if given:
        released = of_agency.where(
            InformationRequest.released_id.in_(_given(agency_id, given))
        )
        yield Sameness.RELEASED, work.session.scalars(released).all()
    worded = [each.applicant_id for each in requests if each.split_from_id is None]
    in_words = of_agency.where(
        InformationRequest.applicant_id.in_(_worded(worded)),
        # The words of a request that asked for several things are those of all.
        InformationRequest.split_from_id.is_(None),
    )
    yield Sameness.CONTENT, work.session.scalars(in_words).all()


def _marked(ids: Sequence[int]) -> CompoundSelect[int]:
    marked = SameInformation
    return union(
        select(marked.other_id).where(marked.request_id.in_(ids)),
        select(marked.request_id).where(marked.other_id.in_(ids)),
    )


def _given(agency_id: int, ids: Sequence[int]) -> Select[int]:
    """Return the documents of which a paper has the bytes of one that was given."""
    given = (
        _papers(agency_id)
        .join(InformationRequest, InformationRequest.released_id == Document.id)
        .where(InformationRequest.id.in_(ids))
        .with_only_columns(StoredFile.sha256)
    )
    return (
        _papers(agency_id)
        .where(StoredFile.sha256.in_(given))
        .with_only_columns(Document.id)
    )


def _papers(agency_id: int) -> Select[int]:
    return (
        select(Document.id)
        .join(Paper, Paper.document_id == Document.id)
        .join(PaperVersion, PaperVersion.paper_id == Paper.id)
        .join(StoredFile, StoredFile.id == PaperVersion.file_id)
        .where(Document.agency_id == agency_id)
        .where(Paper.removed.is_(False), PaperVersion.kind == VersionKind.OFFICE)
    )


def _worded(records: Sequence[int]) -> Select[int]:
    """Return the applicants' records that hold the same words as one of these."""
    own, other = aliased(PersonalIndex), aliased(PersonalIndex)
    return (
        select(other.record_id)
        .join(
            own,
            (own.field == other.field)
            & (own.blind == other.blind)
            & (own.root_id == other.root_id),
        )
        .where(own.record_id.in_(records), own.field == applicants.WORDS)
    )


def lock(work: Work, agency: Organisation) -> None:
    """Let nobody else look for the same information in an agency until this act is
    over: two requests archived at once begin one proposal."""
    work.session.execute(
        select(Organisation.id)
        .where(Organisation.id == agency.id)
        .with_for_update(key_share=True)
    )
