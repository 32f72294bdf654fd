"""Who asks, and in which words: sealed, found by identity, looked at on the record."""

from collections.abc import Mapping, Sequence
from unicodedata import normalize

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from engine.authoring import Work, content, personal
from models.records import PersonalIndex, PersonalRecord
from models.requests import InformationRequest

#: By which sealed values an applicant is known again, the first one there; nobody is
#: known by name.
IDENTITIES = ("credit_code", "identity_number")

#: By which sealed words requests for the same information are found.
WORDS = "words"

#: What is sealed, in the order in which a page shows it.
FIELD_NAMES: Mapping[str, str] = {
    "name": "姓名或者名称",
    "identity_kind": "证件",
    "identity_number": "证件号码",
    "credit_code": "统一社会信用代码",
    "contact_person": "联系人",
    "phone": "联系电话",
    "email": "电子邮箱",
    "fax": "传真",
    "address": "通信地址",
    "agent_name": "代理人",
    "agent_identity_kind": "代理人证件",
    "agent_identity_number": "代理人证件号码",
    "agent_phone": "代理人电话",
    "content": "申请内容",
    "feature": "名称、文号或者其他特征",
    "help": "需要的帮助",
    "correction": "补正内容",
    "reasons": "申请的理由",
}


def seal(work: Work, root_id: int, values: Mapping[str, str]) -> PersonalRecord:
    """Keep somebody's data so that nobody reads them without a recorded look."""
    kept = {name: value for name, value in values.items() if value}
    record = personal.store(work, root_id, kept)
    words = plain_words(kept.get("content", ""))
    if words:
        blind = work.engine.cipher.blind(WORDS, words)
        work.session.add(
            PersonalIndex(
                record_id=record.id, field=WORDS, root_id=root_id, blind=blind
            )
        )
    return record


def plain_words(text: str) -> str:
    """Return what somebody asks for without what does not tell it from another:
    spaces, marks, and forms of one letter."""
    return "".join(
        each for each in normalize("NFKC", text).casefold() if each.isalnum()
    )


def look(work: Work, request: InformationRequest, purpose: str) -> dict[str, str]:
    """Return who asks and in which words; the look is recorded with its purpose."""
    return personal.read(work, request.applicant, f"{request.number}，{purpose}")


def of_same_applicant(request: InformationRequest) -> ColumnElement[bool]:
    """Return the clause on InformationRequest for what the same applicant has asked.

    The blind index tells that two values are the same, and neither of them: it is no
    look at personal data. Without an identity number nobody is the same.
    """
    own, other = aliased(PersonalIndex), aliased(PersonalIndex)
    same = (
        select(other.record_id)
        .join(
            own,
            (own.field == other.field)
            & (own.blind == other.blind)
            & (own.root_id == other.root_id),
        )
        .where(own.record_id == request.applicant_id, own.field.in_(IDENTITIES))
    )
    return InformationRequest.applicant_id.in_(same)


def earlier_of_applicant(
    work: Work, request: InformationRequest, limit: int = 50
) -> Sequence[InformationRequest]:
    """Return what the same applicant has asked the same agency, the newest first."""
    return work.session.scalars(
        select(InformationRequest)
        .where(
            of_same_applicant(request),
            InformationRequest.agency_id == request.agency_id,
            InformationRequest.id != request.id,
            InformationRequest.voided_on.is_(None),
        )
        .order_by(InformationRequest.id.desc())
        .limit(limit)
    ).all()


def masked(text: str) -> str:
    """Return a line of text with what identifies somebody in it masked."""
    line = " ".join(text.split())
    block = content.Block("line", "", line)
    found = [
        each
        for each in content.check(content.Reading((block,)))
        if each.address == "line" and each.suggestion == "redact"
    ]
    for each in sorted(found, key=lambda each: each.start, reverse=True):
        mask = each.replacement or "＊"
        line = line[: each.start] + mask + line[each.end :]
    return line
