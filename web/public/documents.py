"""A published document with its metadata, attachments, interpretations and changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import segno
from flask import Response as FlaskResponse
from flask import make_response, render_template

from engine.clock import office_date
from engine.content.display import Line, Piece
from engine.errors import BadFile, NotFound
from engine.work import Work
from models.documents import (
    ATTRIBUTE_NAMES,
    VALIDITY_NAMES,
    Attribute,
    Document,
    Paper,
    PaperRole,
    Validity,
)
from models.interpretations import INTERPRETATION_FORM_NAMES
from models.publications import (
    PUBLICATION_KIND_NAMES,
    Publication,
    PublicationKind,
    PublishedPaper,
)
from models.records import StoredFile
from processes.registers.documents import published_document
from processes.registers.publications import (
    WITHDRAWAL_GROUNDS,
    Edition,
    as_of,
    done,
    editions,
    validity_on,
)
from web.public import blueprint
from web.public.addresses import Addresses
from web.public.files import NOT_FOR_ALL, SHOWN
from web.public.texts import text_of
from web.security import gongkai

_GONE = 410

_FORMS = {form.value: name for form, name in INTERPRETATION_FORM_NAMES.items()}

_ACTS = {kind.value: name for kind, name in PUBLICATION_KIND_NAMES.items()}


@dataclass(frozen=True)
class Notice:
    """What stands above a text that was changed: when, what, why."""

    act: Publication
    day: date
    name: str
    what: str
    #: The edition that was right before; None where it is not to be read any more.
    before: int | None


@dataclass(frozen=True)
class Interpretation:
    """A published interpretation, as other pages point to it."""

    paper: Paper
    file: StoredFile
    form: str
    day: date


@blueprint.get("/documents/<public_id>")
def document(public_id: str) -> FlaskResponse:
    """Show a published document as it stands now."""
    with gongkai().read() as work:
        found = published_document(work.session, public_id)
        acts = done(work.session, found)
        if found.withdrawn_at is not None:
            return _withdrawn(found, acts)
        newest = editions(acts)[-1]
        return _page(work, found, acts, newest, as_of(acts))


@blueprint.get("/documents/<public_id>/editions/<int:number>")
def edition(public_id: str, number: int) -> FlaskResponse:
    """Show a document as it was before a correction."""
    with gongkai().read() as work:
        found = published_document(work.session, public_id)
        acts = done(work.session, found)
        if found.withdrawn_at is not None:
            return _withdrawn(found, acts)
        known = editions(acts)
        if not 1 <= number <= len(known):
            raise NotFound("这一版")
        shown = known[number - 1]
        if any(each.act.conceals for each in known[number:]):
            page = render_template("public/concealed.html", document=found)
            return _answer(page, found, status=_GONE)
        return _page(work, found, acts, shown, shown.papers)


@blueprint.get("/documents/<public_id>/interpretations/<paper_id>")
def interpretation(public_id: str, paper_id: str) -> FlaskResponse:
    """Show an interpretation on a page of its own, with the way to its document."""
    with gongkai().read() as work:
        found = published_document(work.session, public_id)
        acts = done(work.session, found)
        if found.withdrawn_at is not None:
            return _withdrawn(found, acts)
        each = next(
            (
                each
                for each in _interpretations(acts)
                if each.paper.public_id == paper_id
            ),
            None,
        )
        if each is None:
            raise NotFound("这篇解读")
        page = render_template(
            "public/interpretation.html",
            document=found,
            interpretation=each,
            shown=_shown(each.file),
            text=_text(work, each.file),
            others=[other for other in _interpretations(acts) if other != each],
        )
        return _answer(page, found)


@blueprint.get("/documents/<public_id>/qr.svg")
def qr(public_id: str) -> FlaskResponse:
    """Return the page's address as a QR code, for paper and telephones."""
    with gongkai().read() as work:
        found = published_document(work.session, public_id)
        drawing = BytesIO()
        segno.make(Addresses(work).of(found), error="m", micro=False).save(
            drawing, kind="svg", scale=4, xmldecl=False, svgclass=None, lineclass=None
        )
        answer = FlaskResponse(drawing.getvalue(), mimetype="image/svg+xml")
        if not found.is_listed:
            answer.headers.update(NOT_FOR_ALL)
        return answer


def _page(
    work: Work,
    document: Document,
    acts: Sequence[Publication],
    shown: Edition,
    papers: Sequence[PublishedPaper],
) -> FlaskResponse:
    text = next((p for p in papers if p.version.paper.role == PaperRole.TEXT), None)
    validity = validity_on(document, work.today)
    page = render_template(
        "public/document.html",
        document=document,
        edition=shown,
        replaced_on=_day(shown.replaced_by.done_at) if shown.replaced_by else None,
        file=text.version.file if text else None,
        text=_below(document.title, _text(work, text.version.file) if text else None),
        attachments=[
            each.version
            for each in papers
            if each.version.paper.role == PaperRole.ATTACHMENT
        ],
        interpretations=_interpretations(acts),
        notices=[] if shown.replaced_by else _notices(acts),
        record=_record(acts),
        attribute=ATTRIBUTE_NAMES[Attribute(document.attribute or "")],
        validity=validity,
        validity_name=VALIDITY_NAMES[validity],
        published_on=_day(document.published_at),
        audience_name=acts[0].audience_name,
    )
    return _answer(page, document)


def _withdrawn(document: Document, acts: Sequence[Publication]) -> FlaskResponse:
    """Say of something withdrawn when, by whom and why (行政处罚法 Art 48)."""
    act = next(each for each in acts if each.kind == PublicationKind.WITHDRAW)
    page = render_template(
        "public/withdrawn.html",
        document=document,
        act=act,
        ground=WITHDRAWAL_GROUNDS.get(act.ground, ""),
        published_on=_day(document.published_at),
        withdrawn_on=_day(act.done_at),
    )
    return _answer(page, document, status=_GONE)


def _answer(page: str, document: Document, *, status: int = 200) -> FlaskResponse:
    answer = make_response(page, status)
    if not document.is_listed:
        answer.headers.update(NOT_FOR_ALL)
    return answer


def _text(work: Work, file: StoredFile) -> list[Piece] | None:
    try:
        return text_of(work, file)
    except BadFile:
        # The daily check tells the administrator; the header is still of use.
        return None


def _below(title: str, text: list[Piece] | None) -> list[Piece] | None:
    """Return a text as it stands below its title: without saying it once more."""
    if not text or not isinstance(text[0], Line):
        return text
    said = "".join(text[0].text.split()) == "".join(title.split())
    return text[1:] if said and len(text) > 1 else text


def _interpretations(acts: Sequence[Publication]) -> list[Interpretation]:
    return [
        Interpretation(
            paper=each.version.paper,
            file=each.version.file,
            form=_FORMS.get(each.version.paper.form, "解读"),
            day=_day(each.publication.done_at),
        )
        for each in as_of(acts)
        if each.version.paper.role == PaperRole.INTERPRETATION
    ]


def _shown(file: StoredFile) -> str:
    """Return how a file is shown inside of a page: image, audio, video; else empty."""
    kind = file.media_type
    return kind.partition("/")[0] if kind.startswith(SHOWN) else ""


def _notices(acts: Sequence[Publication]) -> list[Notice]:
    """Return what was changed since the publication, the newest first."""
    known = editions(acts)
    before = {each.act.id: each.number - 1 for each in known}
    concealing = [each.number for each in known if each.act.conceals]
    readable_from = max(concealing, default=1)
    notices = []
    for act in reversed(acts):
        if act.kind == PublicationKind.CORRECT:
            number = before[act.id]
            notices.append(
                Notice(
                    act=act,
                    day=_day(act.done_at),
                    name="更正",
                    what="、".join(each.version.paper.title for each in act.papers),
                    before=number if number >= readable_from else None,
                )
            )
        elif act.kind == PublicationKind.VALIDITY:
            validity = VALIDITY_NAMES[Validity(act.validity or "")]
            day = act.since or _day(act.done_at)
            notices.append(Notice(act, day, f"{validity}", "", None))
    return notices


def _record(acts: Sequence[Publication]) -> list[tuple[date, str]]:
    """Return what was done when, the newest first."""
    return [(_day(act.done_at), _ACTS[act.kind]) for act in reversed(acts)]


def _day(instant: datetime | None) -> date:
    if instant is None:
        msg = "what is published has its instant"
        raise ValueError(msg)
    return office_date(instant)
