"""移交清单: closed files by year and retention, whole, numbered, and handed over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.authoring import (
    InvalidAnswers,
    NotAllowed,
    NotFound,
    Refusal,
    Work,
    numbers,
    open_tasks,
)
from models.archives import Transfer, TransferredFile
from models.challenges import Challenge, RecordCorrection
from models.letters import Letter, ServiceWay
from models.people import Organisation, Role
from models.requests import InformationRequest
from models.workflow import Case, CaseStatus, Deadline, DeadlineState
from processes.registers import letters, request_list, service_of_letters
from processes.registers.clock_events import in_full
from processes.registers.letter_kinds import NOT_SERVED

#: Who draws lists up and hands files over; the readers of a register only read.
KEEPERS = (Role.DISCLOSURE_CLERK, Role.DISCLOSURE_HEAD)

_SERIES = "transfer"

#: The ways that prove themselves: by the post's number, or by what is kept here.
_OWN_PROOF = frozenset({ServiceWay.ELECTRONIC})

_Row = InformationRequest | RecordCorrection | Challenge

#: The registers whose files are archived, and what a file of each is called.
_KINDS: tuple[tuple[Any, str], ...] = (
    (InformationRequest, "依申请公开"),
    (RecordCorrection, "信息更正"),
    (Challenge, "复议诉讼"),
)


@dataclass(frozen=True)
class ClosedFile:
    """One file that is archived, with what it still lacks."""

    case: Case
    kind: str
    number: str
    subject: str
    archived_on: date
    retention: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handover:
    """Who gave the files, and who took them."""

    on: date
    handed_by: str
    receiver: str
    received_by: str


def agencies_of(work: Work) -> list[Organisation]:
    """Return the agencies whose archived files the actor reads.

    Raises:
        NotAllowed: there is none.
    """
    return request_list.agencies_of(work)


def may_keep(work: Work, agency: Organisation) -> bool:
    """Tell whether the actor draws up lists of an agency."""
    return any(
        held.agency_id == agency.id and held.role in KEEPERS
        for held in work.actor.roles
    )


def waiting(work: Work, agency: Organisation) -> list[ClosedFile]:
    """Return the archived files of an agency that are on no list yet, by the day."""
    listed = select(TransferredFile.case_id)
    found = [
        _file(row, kind)
        for table, kind in _KINDS
        for row in work.session.scalars(
            select(table)
            .where(
                table.agency_id == agency.id,
                table.archived_on.is_not(None),
                table.case_id.not_in(listed),
            )
            .options(selectinload(table.case))
        )
    ]
    return sorted(found, key=lambda each: (each.archived_on, each.number))


def checked(work: Work, file: ClosedFile) -> ClosedFile:
    """Return a file with what it lacks to be handed over."""
    lacks = tuple(_missing(work, file))
    return ClosedFile(
        *(file.case, file.kind, file.number, file.subject),
        *(file.archived_on, file.retention, lacks),
    )


def draw_up(
    work: Work,
    agency: Organisation,
    year: int,
    retention: str,
    chosen: Sequence[str],
) -> Transfer:
    """Put chosen files of one year and retention on a numbered list.

    Raises:
        NotAllowed: the actor keeps no files of the agency.
        Refusal: none is chosen, one is not of these, or one is not whole.
    """
    _refuse_stranger(work, agency)
    there = {
        file.case.public_id: file
        for file in waiting(work, agency)
        if file.archived_on.year == year and file.retention == retention
    }
    if not chosen or not set(chosen) <= there.keys():
        msg = "从列出的档案里选，一份清单只列同一年、同一保管期限的。"
        raise Refusal(msg)
    files = [checked(work, there[each]) for each in there if each in chosen]
    for file in files:
        if file.missing:
            msg = f"{file.number}还不齐全，不能移交：{'；'.join(file.missing)}。"
            raise Refusal(msg)
    transfer = Transfer(
        root_id=agency.root_id,
        agency_id=agency.id,
        number=numbers.issue(work, _SERIES, agency, numbers.case_number("移交")),
        year=year,
        retention=retention,
        made_at=work.now,
        made_by=work.actor.required_person,
    )
    transfer.agency = agency
    work.session.add(transfer)
    work.session.flush()
    for position, file in enumerate(files, start=1):
        member = TransferredFile(case_id=file.case.id, position=position)
        member.case = file.case
        transfer.files.append(member)
        work.session.flush()
        work.record(
            file.case,
            "file_listed",
            f"{work.actor.name}列入移交清单{transfer.number}，第{position}件。",
            data={"transfer": transfer.number, "position": position},
        )
    return transfer


def hand_over(work: Work, transfer: Transfer, handover: Handover) -> None:
    """Record that the files of a list were handed over to an archive.

    Raises:
        NotAllowed: the actor keeps no files of the agency.
        Refusal: it was handed over before, or is void.
        InvalidAnswers: what was typed is not whole.
    """
    _refuse_stranger(work, transfer.agency)
    _refuse_over(transfer)
    errors = {
        name: [sentence]
        for name, sentence in _NEEDED.items()
        if not getattr(handover, name)
    }
    if not transfer.made_at.date() <= handover.on <= work.today:
        errors["on"] = ["移交日期不能早于造清单那天，也不能晚于今天"]
    if errors:
        raise InvalidAnswers(errors)
    transfer.transferred_on = handover.on
    transfer.handed_by, transfer.received_by = handover.handed_by, handover.received_by
    transfer.receiver = handover.receiver
    for member in transfer.files:
        work.record(
            member.case,
            "file_transferred",
            f"{in_full(handover.on)}移交{handover.receiver}（清单{transfer.number}，"
            f"第{member.position}件），移交人{handover.handed_by}，"
            f"接收人{handover.received_by}。",
            data={"transfer": transfer.number, "on": str(handover.on)},
        )


_NEEDED = {
    "handed_by": "写移交人的姓名",
    "receiver": "写接收单位，例如区档案馆、机关档案室",
    "received_by": "写接收人的姓名",
}


def void(work: Work, transfer: Transfer, reason: str) -> None:
    """Take a list back that was drawn up wrongly; its files may be listed anew.

    Raises:
        NotAllowed: the actor keeps no files of the agency.
        Refusal: it was handed over, is void, or no reason is given.
    """
    _refuse_stranger(work, transfer.agency)
    _refuse_over(transfer)
    numbers.void(work, _SERIES, transfer.number, reason)
    transfer.voided_at = work.now
    for member in transfer.files:
        work.record(
            member.case,
            "list_voided",
            f"移交清单{transfer.number}作废，可以重新列入。",
            quotation=reason,
            data={"transfer": transfer.number},
        )
    transfer.files.clear()
    work.session.flush()


def lists_of(work: Work, agency: Organisation) -> Sequence[Transfer]:
    """Return the lists of an agency, the newest first."""
    return work.session.scalars(
        select(Transfer)
        .where(Transfer.agency_id == agency.id)
        .order_by(Transfer.id.desc())
    ).all()


def list_of(work: Work, public_id: str) -> Transfer:
    """Return a list that the actor may read.

    Raises:
        NotFound: there is none, or not for this actor.
    """
    found = work.session.scalars(
        select(Transfer).where(Transfer.public_id == public_id)
    ).one_or_none()
    readable = {
        held.agency_id for held in work.actor.roles if held.role in request_list.READERS
    }
    if found is None or found.agency_id not in readable:
        raise NotFound("这份移交清单")
    return found


def of_case(work: Work, case: Case) -> Transfer | None:
    """Return the list that a case's file is on."""
    member = work.session.get(TransferredFile, case.id)
    return member.transfer if member else None


def files_on(work: Work, transfer: Transfer) -> list[tuple[int, ClosedFile]]:
    """Return the files of a list in its order, by 件号."""
    cases = {member.case_id: member.position for member in transfer.files}
    found = [
        (cases[row.case_id], _file(row, kind))
        for table, kind in _KINDS
        for row in work.session.scalars(
            select(table).where(table.case_id.in_(list(cases)))
        )
    ]
    return sorted(found, key=lambda each: each[0])


def _file(row: _Row, kind: str) -> ClosedFile:
    number = row.number if isinstance(row, InformationRequest) else row.case.number
    return ClosedFile(
        *(row.case, kind, number, row.subject),
        cast("date", row.archived_on),
        row.retention,
    )


def _missing(work: Work, file: ClosedFile) -> Iterator[str]:
    for task in open_tasks(work, file.case):
        yield f"“{task.name}”还没有办"
    if file.case.status == CaseStatus.OPEN and not open_tasks(work, file.case):
        yield "事项还没有办结"
    asked = work.session.scalars(
        select(Case).where(
            Case.parent_id == file.case.id,
            Case.process_key == "consultation",
            Case.status == CaseStatus.OPEN,
        )
    )
    for case in asked:
        yield f"征求意见{case.number}还没有办结"
    running = select(Deadline.id).where(
        Deadline.case_id == file.case.id, Deadline.state == DeadlineState.RUNNING
    )
    if work.session.scalars(running.limit(1)).one_or_none() is not None:
        yield "还有期限在走"
    if not file.retention:
        yield "没有写保管期限"
    for letter in letters.letters_of(work, file.case):
        yield from _of_letter(letter)


def _of_letter(letter: Letter) -> Iterator[str]:
    if letter.voided_at is not None:
        return
    if letter.issued_at is None:
        yield f"“{letter.title}”还是草稿，签发或者作废"
        return
    if letter.kind in NOT_SERVED:
        return
    name = f"“{letter.title}”（{letter.number}）"
    if service_of_letters.counts_on(letter) is None:
        yield f"{name}没有登记送达"
    elif not any(
        service.counts_on
        and (service.proof_id or service.tracking_number or service.way in _OWN_PROOF)
        for service in letter.services
    ):
        yield f"{name}没有送达凭证"


def _refuse_stranger(work: Work, agency: Organisation) -> None:
    if not may_keep(work, agency):
        msg = "移交清单由政务公开经办人、政务公开机构负责人办理，您不担任这些角色。"
        raise NotAllowed(msg)


def _refuse_over(transfer: Transfer) -> None:
    if transfer.transferred_on or transfer.voided_at:
        msg = "这份清单已经移交或者作废，不再改。"
        raise Refusal(msg)
