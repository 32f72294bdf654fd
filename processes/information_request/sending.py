"""Letters on the way: drafted from what was answered, issued, and on the file."""

from collections.abc import Collection, Mapping
from typing import Any

from engine.authoring import Refusal, Work, personal
from models.letters import Letter
from models.requests import InformationRequest
from processes.registers import letters, request_acts, requests, service_of_letters


def said_of(work: Work, request: InformationRequest) -> dict[str, Any]:
    """Return what every letter to the applicant says of the request.

    Nobody looks at the name here: it goes into the letter, and whoever reads the
    letter is recorded.
    """
    sealed = personal.unseal(work, request.applicant)
    return {
        "addressee": sealed.get("name", ""),
        "request_number": request.number,
        "received_on": request.received_on,
        "subject": request.subject,
    }


def send(
    work: Work, request: InformationRequest, kind: str, fields: Mapping[str, Any]
) -> Letter:
    """Draft and issue a letter to the applicant.

    Raises:
        Incomplete: it does not say what the law asks for.
    """
    return letters.issue(work, draft(work, request, kind, fields))


def draft(
    work: Work, request: InformationRequest, kind: str, fields: Mapping[str, Any]
) -> Letter:
    """Draft a letter to the applicant."""
    whole = {**said_of(work, request), **fields}
    return letters.draft(work, request.case, kind, whole)


def going_out(work: Work, request: InformationRequest, kind: str) -> Letter | None:
    """Return the newest letter of a kind that was issued, and has not gone out yet."""
    return next(
        (
            letter
            for letter in reversed(letters.letters_of(work, request.case))
            if letter.kind == kind
            and letter.issued_at is not None
            and letter.voided_at is None
            and service_of_letters.counts_on(letter) is None
        ),
        None,
    )


def issued(work: Work, request: InformationRequest, kind: str) -> Letter:
    """Return the newest letter of a kind that was issued and is not void.

    Raises:
        Refusal: there is none.
    """
    for letter in reversed(letters.letters_of(work, request.case)):
        if letter.kind == kind and letter.issued_at and not letter.voided_at:
            return letter
    msg = "没有签发过这份文书，先签发。"
    raise Refusal(msg)


def give_receipt(work: Work, request: InformationRequest) -> None:
    """Issue the receipt slip: number, day and how it was fixed, due day, query code.

    A request is registered also where the agency cannot issue letters yet; the slip
    stays a draft then, and its page says what is missing.
    """
    answer = requests.answer_clock(work, request, as_of=work.today)
    fields = {
        **said_of(work, request),
        "receipt_basis": request_acts.receipt_in_words(request),
        "answer_due": answer.due_on,
        "query_code": request.query_code,
    }
    letter = letters.draft(work, request.case, "receipt", fields)
    try:
        with work.session.begin_nested():
            letters.issue(work, letter)
    except Refusal as refusal:
        work.session.refresh(letter)
        work.record(
            request.case, "receipt_not_issued", f"登记回执没有签发：{refusal.message}"
        )


def draft_of(
    work: Work, request: InformationRequest, kinds: Collection[str]
) -> Letter | None:
    """Return the answer that is being drafted; None where there is none."""
    return next(
        (
            letter
            for letter in reversed(letters.letters_of(work, request.case))
            if letter.kind in kinds
            and letter.issued_at is None
            and letter.voided_at is None
        ),
        None,
    )


def said_in(work: Work, letter: Letter) -> dict[str, Any]:
    """Return what a drafted answer says of itself, without who gets it."""
    content = personal.unseal(work, letter.fields)
    return {name: value for name, value in content.items() if name not in _OF_REQUEST}


#: What `said_of` puts in, and what has a place of its own.
_OF_REQUEST = frozenset(
    {"addressee", "request_number", "received_on", "subject", "parts", "title"}
)
