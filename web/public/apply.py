"""申请公开: the application, and the receipt that is given at once (Arts 28-31)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine import files, settings
from engine.errors import InvalidAnswers, NotFound, Refusal
from engine.work import Work
from models.applications import (
    APPLICANT_KIND_NAMES,
    DELIVERY_NAMES,
    FORM_WANTED_NAMES,
    ApplicantKind,
    Delivery,
)
from processes.registers import applications, requests, requests_public
from processes.registers.identity import (
    IDENTITY_KIND_NAMES,
    OF_ORGANISATIONS,
    OF_PERSONS,
)
from web.public import blueprint
from web.public.asking import (
    TRAP,
    FormToken,
    address,
    begin_tracking,
    cookie,
    give_cookie,
    not_kept,
    refuse_programs,
    token_of,
    uploads,
)
from web.security import gongkai

#: For how long the receipt with its secret can be opened again in the same browser.
_RECEIPT_FOR = timedelta(minutes=30)
_RECEIPT = "gongkai_receipt"

#: What the ways of getting the answer mean for the applicant.
_DELIVERY_HINTS = {
    Delivery.ONLINE: "办好后用查询码在这个网站下载",
    Delivery.POST: "寄到您写的地址，邮费由机关付",
    Delivery.PICK_UP: "办好后通知您，到机关领取",
    Delivery.EMAIL: "发到您写的邮箱",
    Delivery.FAX: "传到您写的号码",
}
#: More agencies than these are folded by groups.
_AT_A_GLANCE = 8
_LONGEST_SEARCH = 40
_ORDER = tuple(name for part in applications.PARTS for name in part)


@dataclass
class Form:
    """What stands in the form: typed, and what is to be changed."""

    token: str
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sentence: str = ""

    def __post_init__(self) -> None:
        self.errors = dict(
            sorted(self.errors.items(), key=lambda each: _place(each[0]))
        )


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


@blueprint.get("/apply")
def apply() -> Response:
    """Show the application; an agency's own page may name the agency."""
    with gongkai().read() as work:
        typed = {"agency": request.args.get("agency", "")[:24]}
        return _page(work, Form(FormToken.new(work).signed, typed))


@blueprint.post("/apply")
def send_application() -> AnyResponse:
    """Take an application in, or say what is to be changed; nothing typed is lost.

    With `check`, one part of the form is judged before the next one is filled.
    """
    typed = {
        name: value
        for name, value in request.form.items()
        if name not in ("csrf_token", TRAP)
    }
    signed = typed.pop("form_token", "")
    part = request.form.get("check", 0, type=int)
    if part in range(1, len(applications.PARTS) + 1):
        return _checked(typed, signed, part)
    with gongkai().read() as work:
        token = token_of(work, signed)
    try:
        with gongkai().work(requests_public.APPLICANT) as work:
            refuse_programs(work, token)
            given = requests_public.apply(
                work, typed, uploads(), token=token.value, address=address()
            )
            answer = redirect(url_for("public.receipt"))
            begin_tracking(answer, given.request, work.now)
            sent_at = work.now
    except InvalidAnswers as invalid:
        return _again(Form(token.signed, typed, _with_files_told(invalid.errors)))
    except Refusal as refusal:
        return _again(Form(token.signed, typed, sentence=refusal.message))
    content = [token.value, sent_at.isoformat()]
    give_cookie(answer, _RECEIPT, "receipt", content, path=url_for("public.apply"))
    return not_kept(answer)


def _checked(typed: Mapping[str, str], signed: str, part: int) -> AnyResponse:
    with gongkai().read() as work:
        errors = requests_public.wrong_in_part(work, typed, part)
    if not errors:
        return not_kept(Response(status=204))
    return _again(Form(signed, typed, errors))


def _again(form: Form) -> Response:
    with gongkai().read() as work:
        answer = _page(work, form)
    answer.status_code = 422
    return answer


def _with_files_told(errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Say that files are to be chosen once more: a browser does not keep them."""
    chosen = [each for each in request.files.getlist("files") if each.filename]
    if not chosen or "files" in errors:
        return dict(errors)
    return {**errors, "files": ["附件要重新选一次"]}


def _page(work: Work, form: Form) -> Response:
    find = request.args.get("find", "").strip()[:_LONGEST_SEARCH]
    agencies = requests_public.agencies(work, find)
    page = render_template(
        "public/apply.html",
        form=form,
        agencies=agencies,
        find=find,
        folded=sum(len(members) for _, members in agencies) > _AT_A_GLANCE,
        contacts={
            each.public_id: requests_public.contact_of(work, each)
            for _, members in agencies
            for each in members
        },
        forms_wanted=[(value, name, "") for value, name in FORM_WANTED_NAMES.items()],
        deliveries=[
            (value, DELIVERY_NAMES[value], hint)
            for value, hint in _DELIVERY_HINTS.items()
        ],
        kinds=[(value, name, "") for value, name in APPLICANT_KIND_NAMES.items()],
        organisations=" ".join(
            kind for kind in ApplicantKind if kind != ApplicantKind.NATURAL_PERSON
        ),
        identity_kinds=[
            (name, [(kind, IDENTITY_KIND_NAMES[kind]) for kind in kinds])
            for name, kinds in (("个人", OF_PERSONS), ("单位", OF_ORGANISATIONS))
        ],
        most_files=requests_public.MOST_FILES,
        largest=settings.read(work.session, "files.largest_mb", on=work.today),
        accept=",".join(files.ENDINGS[kind] for kind in files.DOCUMENTS),
    )
    return not_kept(make_response(page))


@blueprint.get("/apply/receipt")
def receipt() -> AnyResponse:
    """Show the receipt; for half an hour, in the browser that has sent it in."""
    found = _shown_receipt("public/receipt.html")
    return found or redirect(url_for("public.track"))


@blueprint.get("/apply/receipt.txt")
def slip() -> AnyResponse:
    """Return the receipt as a text to keep."""
    answer = _shown_receipt("public/receipt.txt")
    if answer is None:
        return redirect(url_for("public.track"))
    answer.mimetype = "text/plain"
    answer.headers["Content-Disposition"] = "attachment; filename=huizhi.txt"
    return answer


def _shown_receipt(template: str) -> Response | None:
    content = cookie(_RECEIPT, "receipt")
    if not isinstance(content, list):
        return None
    token, sent_at = content
    with gongkai().read(requests_public.APPLICANT) as work:
        if datetime.fromisoformat(sent_at) + _RECEIPT_FOR < work.now:
            return None
        try:
            given = requests_public.receipt_of_form(work, token)
        except NotFound:
            return None
        agency = given.request.agency
        page = render_template(
            template,
            given=given,
            asked=given.request,
            answer=requests.answer_clock(work, given.request, as_of=work.today),
            contact=requests_public.contact_of(work, agency),
            today=work.today,
        )
        return not_kept(make_response(page))
