"""What somebody outside of the office does with an own request: ask, track, answer.

Every act is the applicant's: no member of staff stands behind it in the history.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from engine.authoring import (
    BadFile,
    InvalidAnswers,
    NotFound,
    Refusal,
    Work,
    calendar_of,
    date_in_words,
    files,
    outsider,
    settings,
    visitors,
)
from models.applications import ApplicantKind, Channel, Delivery, FormWanted
from models.people import Organisation, OrganisationKind, Root
from models.records import StoredFile
from models.requests import InformationRequest
from models.workflow import Label
from processes.registers import applications, request_acts, requests
from processes.registers.request_clock import Answer, State
from processes.registers.requests import Application

#: Who acts on the pages for applicants.
APPLICANT = outsider("申请人")

#: How many files may come with one application or one correction.
MOST_FILES = 10

#: What a secret is made of: nothing that is mistaken for something else.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_SECRET_LENGTH = 12

#: What is to be changed, by field.
Problems = dict[str, list[str]]

#: A name and what is in it, as somebody has chosen them.
Upload = tuple[str, bytes]


@dataclass(frozen=True)
class Receipt:
    """What an applicant is given at once: the request, and the secret to track it."""

    request: InformationRequest
    secret: str


def agencies(work: Work, find: str = "") -> list[tuple[str, list[Organisation]]]:
    """Return whom one can ask, by group: who acts in its own name (Arts 10, 27).

    In groups by kind, or by tree where there are several; `find` is in their names.
    """
    found = work.session.scalars(
        select(Organisation)
        .where(
            Organisation.acts_in_own_name,
            Organisation.name.contains(find, autoescape=True),
            Organisation.valid_from <= work.today,
            Organisation.valid_to.is_(None) | (Organisation.valid_to >= work.today),
        )
        .order_by(Organisation.id)
    ).all()
    trees = {each.root_id for each in found}
    if len(trees) > 1:
        roots = work.session.scalars(
            select(Root).where(Root.id.in_(trees)).order_by(Root.id)
        )
        return [
            (root.name, [each for each in found if each.root_id == root.id])
            for root in roots
        ]
    groups = (
        (name, [each for each in found if each.kind in kinds])
        for name, kinds in _GROUPS
    )
    return [(name, members) for name, members in groups if members]


_GROUPS = (
    ("政府和政府办公室", (OrganisationKind.GOVERNMENT, OrganisationKind.OFFICE)),
    ("部门", (OrganisationKind.DEPARTMENT,)),
    ("镇、街道", (OrganisationKind.TOWN,)),
)


def contact_of(work: Work, agency: Organisation) -> str:
    """Return whom to ask at an agency, as its guide says (Art 12); empty if unset."""
    said: str | None = settings.read(
        work.session, "letters.contact", on=work.today, organisation=agency
    )
    return said or ""


def apply(
    work: Work,
    typed: Mapping[str, Any],
    uploads: Sequence[Upload],
    *,
    token: str,
    address: str,
) -> Receipt:
    """Enter an application that came by the page; the same form gives one receipt.

    The receipt is given at once, so the day of submission is the day of receipt
    (Art 31(3)). Its secret follows from the form's token, which nobody else knows.

    Raises:
        InvalidAnswers: by field.
        Refusal: too many have come from this address.
    """
    form = visitors.hold_form(work, token)
    if form.result:
        return receipt_of_form(work, token)
    values = _values(work, typed)
    agency = _agency(work, typed)
    _refuse_many(work, agency, address)
    application = replace(
        _application(work, values), files=_stored(work, agency, uploads)
    )
    secret = _secret_of_form(work, token)
    request = requests.register(work, agency, application, secret=secret)
    work.record(
        request.case,
        "application_sent",
        "申请人在网上提交申请，当场出具回执，"
        f"收到申请之日为{date_in_words(work.today)}（条例第31条第三项）。",
    )
    form.result = request.public_id
    work.session.flush()
    return Receipt(request, secret)


def receipt_of_form(work: Work, token: str) -> Receipt:
    """Return the receipt that a form was given.

    Raises:
        NotFound: nothing came of it, or it is too long ago.
    """
    request = work.session.scalars(
        select(InformationRequest).where(
            InformationRequest.public_id == visitors.result_of_form(work, token)
        )
    ).one_or_none()
    if request is None:
        raise NotFound("这张回执")
    secret = _secret_of_form(work, token)
    digest = requests.secret_digest(work, request.query_code, secret)
    if not secrets.compare_digest(digest, request.secret_digest):
        # The office has given a new one since.
        raise NotFound("这张回执")
    return Receipt(request, secret)


def hand_out(work: Work, request: InformationRequest) -> Receipt:
    """Give a new secret at the counter, to whom has shown who he is; the old one ends.

    It is shown once. A request that came over the counter or by post has none before.
    """
    work.record(
        request.case,
        "secret_given",
        f"{work.actor.name}给申请人一个新的查询密码，以前的作废。",
    )
    return Receipt(request, requests.give_secret(work, request))


def _secret_of_form(work: Work, token: str) -> str:
    """Return the secret that belongs to a form: the same each time it is asked for."""
    number = int(work.engine.cipher.blind("form_secret", token), 16)
    letters = []
    for _ in range(_SECRET_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def wrong_in_part(work: Work, typed: Mapping[str, Any], part: int) -> Problems:
    """Return what is to be changed in one part of the form, counted from 1."""
    if part == 1:
        return _wrong_agency(work, typed)
    return applications.wrong_in_part(typed, part)


def _values(work: Work, typed: Mapping[str, Any]) -> dict[str, Any]:
    problems = _wrong_agency(work, typed)
    try:
        values = applications.read(typed)
    except InvalidAnswers as invalid:
        raise InvalidAnswers(problems | invalid.errors) from invalid
    if problems:
        raise InvalidAnswers(problems)
    return values


def _wrong_agency(work: Work, typed: Mapping[str, Any]) -> Problems:
    known = {each.public_id for _, members in agencies(work) for each in members}
    return {} if typed.get("agency") in known else {"agency": ["选一个机关"]}


def _agency(work: Work, typed: Mapping[str, Any]) -> Organisation:
    return work.session.scalars(
        select(Organisation).where(Organisation.public_id == typed["agency"])
    ).one()


def _refuse_many(work: Work, agency: Organisation, address: str) -> None:
    for kind, minutes in (("hour", 60), ("day", 24 * 60)):
        most = _setting(work, f"public.applications_a_{kind}")
        if not visitors.may_try(
            work, f"application_{kind}", address, most=most, minutes=minutes
        ):
            msg = (
                "没有提交：从您这个网络来的申请太密，过一段时间再提交，写的内容都在。"
                f"着急的，可以到{agency.name}当面提交或者邮寄，不受这个限制"
                "（条例第28条）。"
            )
            raise Refusal(msg)


def _setting(work: Work, key: str) -> int:
    return int(settings.read(work.session, key, on=work.today))


def _application(work: Work, values: Mapping[str, Any]) -> Application:
    return Application(
        channel=Channel.INTERNET,
        submitted_on=work.today,
        has_automatic_receipt=True,
        applicant_kind=ApplicantKind(values["kind"]),
        personal=applications.sealed(values),
        form_wanted=FormWanted(values["form_wanted"]),
        delivery=Delivery(values["delivery"]),
        needs_help=values["needs_help"],
        electronic_service=values["electronic_service"],
        suggests_publication=values["suggests_publication"],
    )


def _stored(
    work: Work, agency: Organisation, uploads: Sequence[Upload]
) -> list[StoredFile]:
    """Keep the files that came along, for those who may read the case."""
    if len(uploads) > MOST_FILES:
        msg = f"附件最多 {MOST_FILES} 个，现在有 {len(uploads)} 个，合并后再传"
        raise InvalidAnswers({"files": [msg]})
    kept = []
    for name, data in uploads:
        try:
            root, label = agency.root_id, Label.PERSONAL
            kept.append(files.store(work, name, data, root_id=root, label=label))
        except BadFile as bad:
            raise InvalidAnswers({"files": [bad.message]}) from bad
    return kept


def track(
    work: Work, query_code: str, secret: str, *, address: str
) -> InformationRequest | None:
    """Return the request that query code and secret belong to; None if they do not.

    Whether the code exists, the secret is wrong or too many have been tried is not
    told, and takes the same way: tries are counted for codes that do not exist too.
    """
    code, typed = _as_given(query_code), _as_given(secret)
    minutes = _setting(work, "public.lock_minutes")
    allowed = [
        visitors.may_try(
            work, kind, who, most=_setting(work, f"public.{kind}"), minutes=minutes
        )
        for kind, who in (("tries_of_code", code), ("tries_of_address", address))
    ]
    # An aggregate answers with one row whether there is a request or not.
    known = work.session.scalar(
        select(func.max(InformationRequest.secret_digest)).where(
            InformationRequest.query_code == code
        )
    )
    digest = requests.secret_digest(work, code, typed)
    right = secrets.compare_digest(digest, known or "0" * len(digest))
    if not (right and all(allowed)):
        return None
    visitors.forgive(work, "tries_of_code", code)
    return work.session.scalars(
        select(InformationRequest).where(InformationRequest.query_code == code)
    ).one()


def _as_given(typed: str) -> str:
    """Return a code as it was given, however it was typed: 0 and 1 are not in it."""
    return "".join(each for each in typed.upper() if each.isalnum())[:40]


def days_left(work: Work, request: InformationRequest, answer: Answer) -> int | None:
    """Return the working days after today until the answer is due; None if over."""
    if answer.due_on is None or answer.due_on < work.today:
        return None
    calendar = calendar_of(work, request.agency)
    return calendar.count_working_days(work.today, answer.due_on).count


def waits_for_correction(request: InformationRequest, answer: Answer) -> bool:
    """Tell whether the applicant is asked to correct the request now."""
    return request.closed_on is None and answer.state == State.AWAITING_CORRECTION


def correct(
    work: Work, request: InformationRequest, text: str, uploads: Sequence[Upload]
) -> None:
    """Take the correction of a request in, as the applicant gives it (Art 30).

    Raises:
        InvalidAnswers: nothing is said, or a file is not taken.
        Refusal: the request waits for no correction.
    """
    answer = requests.answer_clock(work, request, as_of=work.today)
    if not waits_for_correction(request, answer):
        msg = "这件申请现在不用补正。"
        raise Refusal(msg)
    if not text.strip():
        raise InvalidAnswers({"content": ["照补正告知书写明要补正的内容"]})
    kept = _stored(work, request.agency, uploads)
    request_acts.correct(work, request, text.strip(), kept, on=work.today)


def must_explain(request: InformationRequest) -> bool:
    """Tell whether the applicant is asked for reasons and has given none (Art 35)."""
    asked = any(event.kind == "reasons_requested" for event in request.events)
    judged = request.explained_on or request.reasons_judgment or request.closed_on
    return asked and not judged


def explain(work: Work, request: InformationRequest, text: str) -> None:
    """Take in why the applicant asks for so much, as given on the page (Art 35).

    Raises:
        InvalidAnswers: nothing is said.
        Refusal: nobody has asked, or it is decided.
    """
    if not must_explain(request):
        msg = "这件申请现在不用说明理由。"
        raise Refusal(msg)
    if not text.strip():
        raise InvalidAnswers({"content": ["照告知书写明理由"]})
    request_acts.explain(work, request, text, on=work.today)


def withdraw(work: Work, request: InformationRequest) -> None:
    """End a request because its applicant does not want it answered any more.

    Raises:
        Refusal: it has ended already.
    """
    request_acts.withdraw(work, request, on=work.today)
