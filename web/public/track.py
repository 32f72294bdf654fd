"""查询申请: where one's own request is, by when and why, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from flask import (
    Response,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from engine import files, settings
from engine.errors import InvalidAnswers, Refusal
from engine.work import Work
from models.records import StoredFile
from models.requests import VOID_REASON_NAMES, InformationRequest, VoidReason
from processes.registers import (
    consultations,
    fees,
    proposals,
    request_letters,
    request_story,
    requests,
    requests_public,
)
from web.public import blueprint
from web.public.asking import (
    address,
    begin_tracking,
    end_tracking,
    not_kept,
    tracked,
    uploads,
)
from web.security import gongkai

#: One answer for a code that does not exist, a wrong secret, and too many tries.
_NOT_THESE = (
    "查询码和密码对不上，照回执核对一遍。连续输错几次，要等 15 分钟才能再查，"
    "等的时候输对了也打不开。"
)


@dataclass
class Form:
    """What stands in a form of these pages, and what is to be changed."""

    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    sentence: str = ""


@blueprint.get("/track")
def track() -> Response:
    """Show one's request, or ask for query code and secret."""
    with gongkai().read(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return not_kept(make_response(_entrance()))
        answer = make_response(_request_page(work, found))
        begin_tracking(answer, found, work.now)
        return not_kept(answer)


@blueprint.post("/track")
def show_request() -> AnyResponse:
    """Let somebody in who has query code and secret."""
    code = request.form.get("query_code", "")
    with gongkai().work(requests_public.APPLICANT) as work:
        found = requests_public.track(
            work, code, request.form.get("secret", ""), address=address()
        )
        answer = redirect(url_for("public.track"))
        if found is not None:
            begin_tracking(answer, found, work.now)
    if found is None:
        form = Form({"query_code": code[:40]}, sentence=_NOT_THESE)
        return not_kept(make_response(_entrance(form), 401))
    return not_kept(answer)


@blueprint.post("/track/leave")
def stop_tracking() -> AnyResponse:
    """退出查询: leave nothing behind on a computer that others use."""
    answer = redirect(url_for("public.track"))
    end_tracking(answer)
    return not_kept(answer)


@blueprint.get("/track/correct")
def correction() -> AnyResponse:
    """Show what is to be corrected and the form for it."""
    with gongkai().read(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return _to_entrance()
        return not_kept(make_response(_correction_page(work, found, Form())))


@blueprint.post("/track/correct")
def correct() -> AnyResponse:
    """补正: take a corrected request in; its limit begins anew (Art 30)."""
    typed = {"content": request.form.get("content", "")[:5000]}
    form = Form(typed)
    try:
        with gongkai().work(requests_public.APPLICANT) as work:
            found = tracked(work)
            if found is None:
                return _to_entrance()
            requests_public.correct(work, found, typed["content"], uploads())
    except InvalidAnswers as invalid:
        form.errors = invalid.errors
    except Refusal as refusal:
        form.sentence = refusal.message
    else:
        return not_kept(redirect(url_for("public.track", done="corrected")))
    with gongkai().read(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return _to_entrance()
        return not_kept(make_response(_correction_page(work, found, form), 422))


@blueprint.get("/track/explain")
def explanation() -> AnyResponse:
    """Show the form for one's reasons."""
    with gongkai().read(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return _to_entrance()
        return not_kept(make_response(_explanation_page(work, found, Form())))


@blueprint.post("/track/explain")
def explain() -> AnyResponse:
    """说明理由: take in why so much is asked for (Art 35)."""
    form = Form({"content": request.form.get("content", "")[:5000]})
    try:
        with gongkai().work(requests_public.APPLICANT) as work:
            found = tracked(work)
            if found is None:
                return _to_entrance()
            requests_public.explain(work, found, form.typed["content"])
    except InvalidAnswers as invalid:
        form.errors = invalid.errors
    except Refusal as refusal:
        form.sentence = refusal.message
    else:
        return not_kept(redirect(url_for("public.track", done="explained")))
    with gongkai().read(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return _to_entrance()
        return not_kept(make_response(_explanation_page(work, found, form), 422))


@blueprint.get("/track/withdraw")
def withdrawal() -> AnyResponse:
    """Ask once more before a request is withdrawn."""
    with gongkai().read(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return _to_entrance()
        page = render_template("public/withdraw.html", asked=found, form=Form())
        return not_kept(make_response(page))


@blueprint.post("/track/withdraw")
def withdraw() -> AnyResponse:
    """撤回申请: end one's own request."""
    with gongkai().work(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return _to_entrance()
        requests_public.withdraw(work, found)
    return not_kept(redirect(url_for("public.track", done="withdrawn")))


@blueprint.get("/track/letters/<public_id>")
def letter(public_id: str) -> AnyResponse:
    """Download a letter; who has agreed to it is served by opening it."""
    with gongkai().work(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return _to_entrance()
        return _download(work, request_letters.open_letter(work, found, public_id))


@blueprint.get("/track/information/<public_id>")
def given_information(public_id: str) -> AnyResponse:
    """Download what was asked for, as the answer gives it."""
    with gongkai().work(requests_public.APPLICANT) as work:
        found = tracked(work)
        if found is None:
            return _to_entrance()
        return _download(work, request_letters.open_given(work, found, public_id))


def _void_reason(found: InformationRequest) -> str:
    reason = found.void_reason
    return VOID_REASON_NAMES[VoidReason(reason)] if reason else ""


def _download(work: Work, stored: StoredFile) -> AnyResponse:
    answer = send_file(
        BytesIO(work.engine.files.get(stored)),
        mimetype=stored.media_type,
        as_attachment=True,
        download_name=stored.name,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return not_kept(answer)


def _to_entrance() -> AnyResponse:
    return not_kept(redirect(url_for("public.track")))


def _entrance(form: Form | None = None) -> str:
    return render_template("public/track.html", form=form or Form())


def _request_page(work: Work, found: InformationRequest) -> str:
    answer = requests.answer_clock(
        work,
        found,
        as_of=work.today,
        events=consultations.events_for_applicant(found),
    )
    fee = request_letters.fee_of(work, found)
    proposal = proposals.of_request(work.session, found)
    return render_template(
        "public/request.html",
        asked=found,
        answer=answer,
        left=requests_public.days_left(work, found, answer),
        headline=request_story.headline(found, answer, work.today),
        void_reason=_void_reason(found),
        story=request_story.story(work, found),
        stages=request_story.stages(work, found, answer),
        correct_until=request_story.correct_until(found, answer),
        must_explain=requests_public.must_explain(found),
        pay_until=request_story.limit_of(answer, "payment"),
        fee=fees.yuan(fee.amount) if fee else "",
        letters=request_letters.letters_for(work, found),
        given=request_letters.given(work, found),
        suggestion=proposals.answer_to(proposal) if proposal else "",
        contact=requests_public.contact_of(work, found.agency),
        today=work.today,
        done=request.args.get("done", ""),
    )


def _explanation_page(work: Work, found: InformationRequest, form: Form) -> str:
    written = request_letters.letters_for(work, found)
    return render_template(
        "public/explain.html",
        asked=found,
        form=form,
        waits=requests_public.must_explain(found),
        notices=[each for each in written if each.kind == "reasons_notice"],
    )


def _correction_page(work: Work, found: InformationRequest, form: Form) -> str:
    answer = requests.answer_clock(work, found, as_of=work.today)
    notices: Sequence[object] = [
        each
        for each in request_letters.letters_for(work, found)
        if each.kind == "clarification_notice"
    ]
    return render_template(
        "public/correct.html",
        asked=found,
        form=form,
        waits=requests_public.waits_for_correction(found, answer),
        correct_until=request_story.correct_until(found, answer),
        notices=notices,
        most_files=requests_public.MOST_FILES,
        largest=settings.read(work.session, "files.largest_mb", on=work.today),
        accept=",".join(files.ENDINGS[kind] for kind in files.DOCUMENTS),
    )
