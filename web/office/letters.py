"""Letters of a case: looked at, downloaded, printed; how they reached people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby

from flask import redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from engine import files, visibility
from engine import letters as word_letters
from engine.errors import NotAllowed, NotFound, Refusal
from engine.files import PDF, WORD
from engine.letters.pdf import is_available
from engine.work import Work
from models.letters import SERVICE_WAY_NAMES, Letter, Service
from models.records import StoredFile
from models.workflow import Case, Label
from processes.registers import letters, service_of_letters
from web.errors import status_of
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required

#: What nobody may do inside of a file that is shown by itself.
_SANDBOX = "sandbox; default-src 'none'"


@dataclass(frozen=True)
class LetterLine:
    """One letter in the list of a case."""

    letter: Letter
    #: Where it stands: 待签发, 已签发未送, 已送, 送达不成, 已作废.
    state: str


def letters_in(work: Work, case: Case) -> list[LetterLine]:
    """Return a case's letters as the case page lists them."""
    return [
        LetterLine(letter, service_of_letters.standing(letter))
        for letter in letters.letters_of(work, case)
    ]


@blueprint.get("/letters/<public_id>")
@login_required
def letter(public_id: str) -> str:
    """Show a letter as it reads; a recorded look, because it names people."""
    _record_look(public_id)
    return _shown(public_id, {}, "")


def _record_look(public_id: str) -> None:
    with gongkai().work(actor_id()) as work:
        found = letters.letter_of(work, public_id)
        visibility.record_reading(work, found.case, _name(found))


def _name(letter: Letter) -> str:
    return f"{letter.title}（{letter.number or '草稿'}）"


def _shown(public_id: str, typed: Mapping[str, str], wrong: str) -> str:
    with gongkai().read(actor_id()) as work:
        found = letters.letter_of(work, public_id)
        draft = found.issued_at is None and found.voided_at is None
        return page(
            "office/letter.html",
            work,
            letter=found,
            state=service_of_letters.standing(found),
            blocks=_blocks(letters.preview(work, found)),
            lacking=letters.objections(work, found) if draft else [],
            services=found.services,
            ways=SERVICE_WAY_NAMES,
            may_serve=service_of_letters.may_record(work, found),
            in_a_step=service_of_letters.is_served_in_a_step(found),
            arrives_in_a_step=service_of_letters.arrives_in_a_step(found),
            has_pdf=is_available(),
            typed=typed,
            wrong=wrong,
            here="",
        )


def _blocks(data: bytes) -> list[tuple[bool, list[word_letters.Line]]]:
    """Return a letter's lines; rows of a table stand together, which is told first."""
    lines = word_letters.lines(data)
    grouped = groupby(lines, key=lambda line: line.style == "row")
    return [(in_table, list(together)) for in_table, together in grouped]


@blueprint.get("/letters/<public_id>/word")
@login_required
def letter_word(public_id: str) -> Response:
    """Download a letter as a Word file; a recorded look."""
    _record_look(public_id)
    with gongkai().read(actor_id()) as work:
        found = letters.letter_of(work, public_id)
        data = letters.preview(work, found)
        return _sent(data, WORD, f"{_name(found)}.docx")


@blueprint.get("/letters/<public_id>/pdf")
@login_required
def letter_pdf(public_id: str) -> Response:
    """Show a letter as PDF, where the machine can make one; a recorded look."""
    _record_look(public_id)
    with gongkai().read(actor_id()) as work:
        found = letters.letter_of(work, public_id)
        name, data = _name(found), letters.preview(work, found)
    made = word_letters.pdf_of(data)
    if made is None:
        raise NotFound("这份文书的 PDF")
    return _sent(made, PDF, f"{name}.pdf")


@blueprint.get("/letters/<public_id>/proof")
@login_required
def letter_proof(public_id: str) -> Response:
    """Download 送达回证 of a letter, to be signed by hand; a recorded look."""
    _record_look(public_id)
    with gongkai().read(actor_id()) as work:
        found = letters.letter_of(work, public_id)
        data = service_of_letters.proof_form(work, found)
        return _sent(data, WORD, f"送达回证（{found.number}）.docx")


@blueprint.get("/letters/<public_id>/services/<int:number>/proof")
@login_required
def letter_service_proof(public_id: str, number: int) -> Response:
    """Download the proof of one service; a recorded look."""
    _record_look(public_id)
    with gongkai().read(actor_id()) as work:
        found = letters.letter_of(work, public_id)
        proof = _service(found, number).proof
        if proof is None:
            raise NotFound("这份送达凭证")
        return _sent(work.engine.files.get(proof), proof.media_type, proof.name)


def _service(letter: Letter, number: int) -> Service:
    service = next((each for each in letter.services if each.id == number), None)
    if service is None:
        raise NotFound("这次送达")
    return service


def _sent(data: bytes, media_type: str, name: str) -> Response:
    response = send_file(
        BytesIO(data), mimetype=media_type, as_attachment=True, download_name=name
    )
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


@blueprint.post("/letters/<public_id>/services")
@login_required
def serve_letter(public_id: str) -> Response | tuple[str, int]:
    """登记送达: record one attempt to serve a letter."""
    return _recorded(public_id, _serve)


@blueprint.post("/letters/<public_id>/services/<int:number>")
@login_required
def letter_arrived(public_id: str, number: int) -> Response | tuple[str, int]:
    """登记签收或者退回: record what became of a letter in the post."""

    def arrived(work: Work, found: Letter) -> None:
        if service_of_letters.arrives_in_a_step(found):
            msg = "这份文书的签收、退回在办理的步骤里登记，期限从签收那天起算。"
            raise Refusal(msg)
        _arrive(work, _service(found, number))

    return _recorded(public_id, arrived)


def _recorded(
    public_id: str, record: Callable[[Work, Letter], None]
) -> Response | tuple[str, int]:
    """Record something of a letter; what is refused is said above the form."""
    try:
        with gongkai().work(actor_id()) as work:
            found = letters.letter_of(work, public_id)
            service_of_letters.refuse_stranger(work, found)
            record(work, found)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        shown = _shown(public_id, request.form, refusal.message)
        return shown, status_of(refusal)
    return redirect(url_for("office.letter", public_id=public_id))


def _serve(work: Work, letter: Letter) -> None:
    if service_of_letters.is_served_in_a_step(letter):
        msg = "这份文书在“送达”步骤登记送达，办那一步时一起登记。"
        raise Refusal(msg)
    way = request.form.get("way", "")
    if way not in SERVICE_WAY_NAMES:
        msg = "选一种送达方式。"
        raise Refusal(msg)
    sent_on = _day("sent_on")
    if sent_on is None:
        msg = "写明送出的日期。"
        raise Refusal(msg)
    service_of_letters.serve(
        *(work, letter, way, sent_on),
        served_on=_day("served_on"),
        by_postal_enterprise="by_postal_enterprise" in request.form,
        tracking_number=request.form.get("tracking_number", "")[:40],
        consent="consent" in request.form,
        remark=request.form.get("remark", "")[:2000],
        proof=_proof(work),
    )


def _arrive(work: Work, service: Service) -> None:
    remark = request.form.get("remark", "")[:2000]
    if request.form.get("outcome") == "came_back":
        service_of_letters.came_back(work, service, remark)
        return
    served_on = _day("served_on")
    if served_on is None:
        msg = "写明签收的日期。"
        raise Refusal(msg)
    service_of_letters.arrived(
        work, service, served_on, proof=_proof(work), remark=remark
    )


def _day(name: str) -> date | None:
    text = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        msg = f"日期“{text[:20]}”不对，按“2026-03-02”的样子填写。"
        raise Refusal(msg) from error


def _proof(work: Work) -> StoredFile | None:
    """Keep 送达回证 or a receipt of the post that was scanned."""
    upload = request.files.get("proof")
    if upload is None or not upload.filename or work.actor.root_id is None:
        return None
    return files.store(
        *(work, upload.filename, upload.read()),
        root_id=work.actor.root_id,
        label=Label.PERSONAL,
    )
