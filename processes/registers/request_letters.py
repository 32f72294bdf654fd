"""What an applicant may read of an own request: letters, and what is given."""

from sqlalchemy import select

from engine.authoring import (
    NotFound,
    Refusal,
    Work,
    complete_from_outside,
    open_tasks,
)
from models.applications import Delivery, FormWanted
from models.documents import LEAVING, VersionKind
from models.fees import ProcessingFee
from models.letters import Letter, ServiceWay
from models.records import StoredFile
from models.requests import InformationRequest
from processes.registers import letters, service_of_letters
from processes.registers.reading import is_locked

#: What is written to others than the applicant, in the same case.
_TO_OTHERS = frozenset(
    {"third_party_inquiry", "third_party_notice", "agency_inquiry", "proof_of_service"}
)

#: The steps that go on when the applicant opens the letter.
_WAITING = {
    "clarification_notice": ("record_clarification_service", "served"),
    "fee_notice": ("record_fee_service", "served"),
    "extension_notice": ("send_extension", "sent"),
    "reasons_notice": ("send_notice", "sent"),
    "delay_notice": ("send_notice", "sent"),
    "closing": ("notify_closing", "told"),
}

#: The answers with which information is given.
_GIVING = frozenset({"disclosure", "partial_disclosure"})


def letters_for(work: Work, request: InformationRequest) -> list[Letter]:
    """Return the letters that the applicant was written, the newest first."""
    return [
        letter
        for letter in reversed(letters.letters_of(work, request.case))
        if letter.issued_at is not None
        and letter.voided_at is None
        and letter.kind not in _TO_OTHERS
    ]


def open_letter(work: Work, request: InformationRequest, public_id: str) -> StoredFile:
    """Return the file of a letter that the applicant opens; the history says so.

    Who has agreed to get letters here is served by opening it (民事诉讼法 Art 90, by
    analogy).

    Raises:
        NotFound: the applicant was written no such letter.
    """
    for letter in letters_for(work, request):
        if letter.public_id == public_id and letter.file is not None:
            work.record(
                request.case,
                "letter_opened",
                f"申请人在查询页打开了“{letter.title}”（{letter.number}）。",
                data={"letter": letter.public_id},
            )
            if request.electronic_service and not service_of_letters.served_on(letter):
                _serve(work, request, letter)
            return letter.file
    raise NotFound("这份文书")


def _serve(work: Work, request: InformationRequest, letter: Letter) -> None:
    """Record that the letter has come; the step that waits for it goes on with it."""
    today, way = work.today, ServiceWay.ELECTRONIC
    element, outcome = _waits_for(letter)
    waiting = [
        task for task in open_tasks(work, request.case) if task.element == element
    ]
    try:
        with work.session.begin_nested():
            for task in waiting:
                served = {"way": way, "sent_on": today, "served_on": today}
                answers = {name: str(value) for name, value in served.items()}
                complete_from_outside(
                    work, task, answers={"outcome": outcome, **answers}
                )
            if not waiting and not service_of_letters.is_served_in_a_step(letter):
                service_of_letters.serve(
                    *(work, letter, way, today), served_on=today, consent=True
                )
    except Refusal:
        # It may be read all the same; the office serves it in another way.
        work.session.expire_all()


def _waits_for(letter: Letter) -> tuple[str, str]:
    """Return the step that waits for a letter's service, and how that ends it."""
    if letter.kind in _WAITING:
        return _WAITING[letter.kind]
    if service_of_letters.is_answer(letter):
        return "serve_answer", "served"
    return "", ""


def given(work: Work, request: InformationRequest) -> list[StoredFile]:
    """Return the information itself, where the applicant wants it electronically.

    It is there once the answer that gives it is signed: the public copies, as they
    were reviewed (Arts 17, 37).
    """
    wanted = (
        request.form_wanted == FormWanted.ELECTRONIC
        or request.delivery == Delivery.ONLINE
    )
    answered = any(letter.kind in _GIVING for letter in letters_for(work, request))
    if not wanted or not answered or request.released is None:
        return []
    newest = (
        paper.newest(VersionKind.PUBLIC)
        for paper in request.released.papers
        if paper.role in LEAVING and not paper.removed
    )
    return [
        copy.file
        for copy in newest
        if copy is not None and not is_locked(work.session, copy.file)
    ]


def open_given(work: Work, request: InformationRequest, public_id: str) -> StoredFile:
    """Return a file of the information that the applicant opens; the history says so.

    Raises:
        NotFound: the applicant was given no such file.
    """
    for file in given(work, request):
        if file.public_id == public_id:
            work.record(
                request.case,
                "information_opened",
                f"申请人在查询页下载了“{file.name}”。",
                data={"file": file.public_id},
            )
            return file
    raise NotFound("这份信息")


def fee_of(work: Work, request: InformationRequest) -> ProcessingFee | None:
    """Return the fee that the applicant was told of."""
    return work.session.scalars(
        select(ProcessingFee).where(
            ProcessingFee.request_id == request.id, ProcessingFee.sent_on.is_not(None)
        )
    ).one_or_none()
