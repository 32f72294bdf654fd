"""Every route times every kind of person: who gets in, who does not.

A route that stands in no row here fails the first test, so that nobody adds a page
without saying who may open it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from engine import tasks
from models.documents import Document, PaperRole, VersionKind
from models.letters import Letter
from processes.registers import publications
from tests.fixtures import Lived
from tests.letters import issued_letter, stand_in
from tests.office import Matter, Office
from tests.web.conftest import Guest

#: Who asks: nobody logged in; the drafter; the reviewer who has the task; a colleague
#: of another section's group in the same agency; people of another agency; the
#: superior's head; the system administrator; another root's person.
VISITORS = ("nobody", "lin", "gao", "zhou", "shen", "tang", "admin", "wu")

LOGIN, OK, MISSING, FORBIDDEN, MOVED, GONE = 302, 200, 404, 403, 302, 409


@dataclass(frozen=True)
class Row:
    """What each visitor is answered, in the order of VISITORS."""

    method: str
    path: str
    answers: tuple[int, ...]


def _all(first: int, *, staff: int) -> tuple[int, ...]:
    return (first, *(staff for _ in VISITORS[1:]))


#: Endpoint to row. {case}, {task}, {file}: of a document at 保密复审, claimed by gao;
#: {public}: a published document, {published}: its text, {interpretation}: its own.
MATRIX: dict[str, Row] = {
    "public.home": Row("GET", "/", _all(OK, staff=OK)),
    "public.document": Row("GET", "/documents/{public}", _all(OK, staff=OK)),
    "public.edition": Row("GET", "/documents/{public}/editions/1", _all(OK, staff=OK)),
    "public.interpretation": Row(
        "GET",
        "/documents/{public}/interpretations/{interpretation}",
        _all(OK, staff=OK),
    ),
    "public.qr": Row("GET", "/documents/{public}/qr.svg", _all(OK, staff=OK)),
    "public.file": Row("GET", "/files/{published}", _all(OK, staff=OK)),
    "public.normative": Row("GET", "/normative", _all(OK, staff=OK)),
    "public.feed": Row("GET", "/feed.xml", _all(OK, staff=OK)),
    "public.newest": Row("GET", "/documents.json", _all(OK, staff=OK)),
    "public.time_limits": Row(
        "GET", "/tools/time-limits?received=2026-03-02", _all(OK, staff=OK)
    ),
    "public.time_limits_table": Row(
        "GET", "/tools/time-limits.csv?received=2026-03-02", _all(OK, staff=OK)
    ),
    # Applying is for everybody; what is one's own opens only with query code and
    # secret, for staff as for anybody.
    "public.apply": Row("GET", "/apply", _all(OK, staff=OK)),
    "public.send_application": Row("POST", "/apply", _all(422, staff=422)),
    "public.receipt": Row("GET", "/apply/receipt", _all(MOVED, staff=MOVED)),
    "public.slip": Row("GET", "/apply/receipt.txt", _all(MOVED, staff=MOVED)),
    "public.track": Row("GET", "/track", _all(OK, staff=OK)),
    "public.show_request": Row("POST", "/track", _all(401, staff=401)),
    "public.stop_tracking": Row("POST", "/track/leave", _all(MOVED, staff=MOVED)),
    "public.correction": Row("GET", "/track/correct", _all(MOVED, staff=MOVED)),
    "public.explanation": Row("GET", "/track/explain", _all(MOVED, staff=MOVED)),
    "public.explain": Row("POST", "/track/explain", _all(MOVED, staff=MOVED)),
    "public.correct": Row("POST", "/track/correct", _all(MOVED, staff=MOVED)),
    "public.withdrawal": Row("GET", "/track/withdraw", _all(MOVED, staff=MOVED)),
    "public.withdraw": Row("POST", "/track/withdraw", _all(MOVED, staff=MOVED)),
    "public.letter": Row("GET", "/track/letters/{case}", _all(MOVED, staff=MOVED)),
    "public.given_information": Row(
        "GET", "/track/information/{file}", _all(MOVED, staff=MOVED)
    ),
    "office.login": Row("GET", "/office/login", _all(OK, staff=MOVED)),
    "office.log_in": Row("POST", "/office/login", _all(401, staff=401)),
    "office.log_out": Row("POST", "/office/logout", _all(LOGIN, staff=MOVED)),
    "office.start": Row("GET", "/office/", _all(LOGIN, staff=MOVED)),
    "office.inbox": Row("GET", "/office/inbox", _all(LOGIN, staff=OK)),
    "office.unclaimed": Row("GET", "/office/unclaimed", _all(LOGIN, staff=OK)),
    "office.done": Row("GET", "/office/done", _all(LOGIN, staff=OK)),
    # What is found is only what one may read.
    "office.find": Row("GET", "/office/search?q=通知", _all(LOGIN, staff=OK)),
    "office.ask": Row("POST", "/office/search", _all(LOGIN, staff=MOVED)),
    "office.limit_lengths": Row(
        "GET",
        "/office/time-limits",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN),
    ),
    "office.limit_length": Row(
        "GET",
        "/office/time-limits/document_review/draft",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN),
    ),
    "office.change_limit_length": Row(
        "POST",
        "/office/time-limits/document_review/draft",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, 422, FORBIDDEN),
    ),
    # Everybody reads which days count.
    "office.calendar": Row("GET", "/office/calendar", _all(LOGIN, staff=OK)),
    "office.case": Row(
        "GET",
        "/office/cases/{case}",
        (LOGIN, OK, OK, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.diagram": Row(
        "GET",
        "/office/cases/{case}/diagram",
        (LOGIN, OK, OK, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.file": Row(
        "GET",
        "/office/files/{file}",
        (LOGIN, OK, OK, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    # The task itself is for the one who has it and the group it belongs to.
    "office.task": Row(
        "GET",
        "/office/tasks/{task}",
        (LOGIN, MISSING, OK, MISSING, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.claim": Row(
        "POST",
        "/office/tasks/{task}/claim",
        (LOGIN, MISSING, MOVED, MISSING, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.save_draft": Row(
        "POST",
        "/office/tasks/{task}/draft",
        (LOGIN, MISSING, OK, MISSING, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.acknowledge": Row(
        "POST",
        "/office/tasks/{task}/acknowledge",
        (LOGIN, MISSING, FORBIDDEN, MISSING, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.complete": Row(
        "POST",
        "/office/tasks/{task}/complete",
        (LOGIN, MISSING, GONE, MISSING, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.unclaim": Row(
        "POST",
        "/office/tasks/{task}/unclaim",
        (LOGIN, MISSING, MOVED, MISSING, MISSING, MISSING, MISSING, MISSING),
    ),
    # A head of the organisation hands its tasks over as well; these forms are empty.
    "office.hand_over": Row(
        "GET",
        "/office/tasks/{task}/hand-over",
        (LOGIN, MISSING, OK, MISSING, MISSING, MISSING, MISSING, MISSING),
    ),
    **{
        f"office.{verb}": Row(
            "POST",
            f"/office/tasks/{{task}}/{verb.replace('_', '-')}",
            (LOGIN, MISSING, GONE, MISSING, MISSING, MISSING, MISSING, MISSING),
        )
        for verb in ("reassign", "delegate", "give_back", "take_back")
    },
    # Who began the case, who waits for the step and the heads urge it; once a day.
    "office.urge": Row(
        "GET",
        "/office/tasks/{task}/urge",
        (LOGIN, OK, FORBIDDEN, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.send_urging": Row(
        "POST",
        "/office/tasks/{task}/urge",
        (LOGIN, MOVED, FORBIDDEN, GONE, MISSING, MISSING, MISSING, MISSING),
    ),
    # Who works in a case shows it to others; who reads it may follow it.
    "office.copy": Row(
        "GET",
        "/office/cases/{case}/copy",
        (LOGIN, OK, OK, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.send_copy": Row(
        "POST",
        "/office/cases/{case}/copy",
        (LOGIN, 422, 422, 422, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.follow": Row(
        "POST",
        "/office/cases/{case}/follow",
        (LOGIN, MOVED, MOVED, MOVED, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.unfollow": Row(
        "POST",
        "/office/cases/{case}/unfollow",
        (LOGIN, MOVED, MOVED, MOVED, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.started": Row("GET", "/office/started", _all(LOGIN, staff=OK)),
    "office.copied": Row("GET", "/office/copied", _all(LOGIN, staff=OK)),
    "office.followed": Row("GET", "/office/followed", _all(LOGIN, staff=OK)),
    # Only a 经办人 begins a document; shen is one in her own agency.
    "office.new": Row(
        "POST",
        "/office/new/document_review",
        (LOGIN, MOVED, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, FORBIDDEN, MOVED),
    ),
    # Whoever reads the case reads its letters; who sends letters off records that.
    "office.letter": Row(
        "GET",
        "/office/letters/{letter}",
        (LOGIN, OK, OK, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.letter_word": Row(
        "GET",
        "/office/letters/{letter}/word",
        (LOGIN, OK, OK, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.letter_pdf": Row(
        "GET",
        "/office/letters/{letter}/pdf",
        (LOGIN, OK, OK, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.letter_proof": Row(
        "GET",
        "/office/letters/{letter}/proof",
        (LOGIN, OK, OK, OK, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.letter_service_proof": Row(
        "GET", "/office/letters/{letter}/services/0/proof", _all(LOGIN, staff=MISSING)
    ),
    "office.serve_letter": Row(
        "POST",
        "/office/letters/{letter}/services",
        (LOGIN, GONE, FORBIDDEN, FORBIDDEN, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.letter_arrived": Row(
        "POST",
        "/office/letters/{letter}/services/0",
        (LOGIN, MISSING, FORBIDDEN, FORBIDDEN, MISSING, MISSING, MISSING, MISSING),
    ),
    "office.returns": Row(
        "GET",
        "/office/returns",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    # Heads and heads of disclosure read how the agencies they oversee stand.
    "office.interpretations": Row(
        "GET",
        "/office/interpretations",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    # The figures are for the head, the head of disclosure and the clerk of an agency,
    # and of its superior; who sees a number may still see no case behind it.
    "office.annual_report": Row(
        "GET",
        "/office/annual-report",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.annual_cases": Row(
        "GET",
        "/office/annual-report/cases?table=3&row=0&column=6",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.annual_figures_form": Row(
        "GET",
        "/office/annual-report/figures",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.write_annual_figures": Row(
        "POST",
        "/office/annual-report/figures",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED, FORBIDDEN, MOVED),
    ),
    # Refused while nobody has typed table 2.
    "office.finish_annual_report": Row(
        "POST",
        "/office/annual-report/editions?year=2024",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, GONE, FORBIDDEN, GONE),
    ),
    "office.annual_word": Row(
        "GET",
        "/office/annual-report/word?year=2024",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, GONE, FORBIDDEN, GONE),
    ),
    # The register is for the clerk, the head of disclosure and the head of an agency.
    "office.requests": Row(
        "GET",
        "/office/requests",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.requests_table": Row(
        "GET",
        "/office/requests.xlsx",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.corrections": Row(
        "GET",
        "/office/corrections",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.corrections_table": Row(
        "GET",
        "/office/corrections.xlsx",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.challenges": Row(
        "GET",
        "/office/challenges",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.challenges_table": Row(
        "GET",
        "/office/challenges.xlsx",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    # Who reads the register reads its archive; nothing is chosen here, no such list.
    "office.archive": Row(
        "GET",
        "/office/archive",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, OK),
    ),
    "office.draw_up_list": Row(
        "POST",
        "/office/archive/lists",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, GONE, FORBIDDEN, GONE),
    ),
    "office.transfer_list": Row(
        "GET", "/office/archive/lists/none", _all(LOGIN, staff=MISSING)
    ),
    "office.transfer_table": Row(
        "GET", "/office/archive/lists/none.xlsx", _all(LOGIN, staff=MISSING)
    ),
    "office.hand_over_list": Row(
        "POST", "/office/archive/lists/none/handover", _all(LOGIN, staff=MISSING)
    ),
    "office.void_list": Row(
        "POST", "/office/archive/lists/none/void", _all(LOGIN, staff=MISSING)
    ),
    # Only among requests that the actor reads.
    "office.mark_same": Row(
        "POST", "/office/requests/none/same", _all(LOGIN, staff=MISSING)
    ),
    # A document has no applicant.
    "office.applicant": Row(
        "POST", "/office/cases/{case}/applicant", _all(LOGIN, staff=MISSING)
    ),
    "office.withdrawal": Row(
        "GET", "/office/cases/{case}/withdrawal", _all(LOGIN, staff=MISSING)
    ),
    "office.record_withdrawal": Row(
        "POST", "/office/cases/{case}/withdrawal", _all(LOGIN, staff=MISSING)
    ),
    "office.query_slip": Row(
        "POST", "/office/cases/{case}/query-slip", _all(LOGIN, staff=MISSING)
    ),
    "office.incidents": Row(
        "GET",
        "/office/incidents",
        (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN),
    ),
    "office.retry": Row(
        "POST",
        "/office/incidents/none/retry",
        (
            LOGIN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            FORBIDDEN,
            MISSING,
            FORBIDDEN,
        ),
    ),
}


def works(office: Office) -> None:
    """Let a document be published, and gao review another one; add a second root."""
    published = office.brought_to("approve_publication", kind="policy")
    office.liang.lets_out(published, "2026-03-02")
    office.fires()
    reviewed = office.brought_to("secrecy_second")
    office.gao.claims(reviewed, "secrecy_second")
    office.add_stranger()
    issued_letter(office.lin, reviewed.id, "receipt")


@pytest.fixture
def lived() -> Lived:
    """What the office did once, before all tests."""
    return works


@pytest.fixture
def places(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """A published document, one that gao is reviewing, and a letter of its case."""
    stand_in(tmp_path, monkeypatch)
    with office.engine.read() as work:
        cases = work.session.scalars(select(Document.case_id).order_by(Document.id))
        published, reviewed = (Matter(office, each) for each in cases)
        letter = work.session.scalars(select(Letter.public_id)).one()
    ids = _ids(office, reviewed)
    return {**_published(office, published), **ids, "letter": letter}


def _published(office: Office, matter: Matter) -> dict[str, str]:
    with office.engine.read() as work:
        document = _document(work, matter)
        papers = publications.current(work.session, document)
        text = next(p for p in papers if p.version.paper.role == PaperRole.TEXT)
        told = next(
            p for p in papers if p.version.paper.role == PaperRole.INTERPRETATION
        )
        return {
            "public": document.public_id,
            "published": text.version.file.public_id,
            "interpretation": told.version.paper.public_id,
        }


def _ids(office: Office, matter: Matter) -> dict[str, str]:
    with office.engine.read() as work:
        version = _document(work, matter).papers[0].newest(VersionKind.OFFICE)
        assert version is not None
        task = tasks.of_case(work, matter.case(work))[-1]
        case = matter.case(work)
        return {
            "case": case.public_id,
            "task": task.public_id,
            "file": version.file.public_id,
        }


def _document(work: object, matter: Matter) -> Document:
    session = work.session  # type: ignore[attr-defined] # a Work
    found: Document = session.query(Document).filter_by(case_id=matter.id).one()
    return found


def test_every_route_says_who_may_open_it(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(MATRIX)


@pytest.mark.parametrize("endpoint", MATRIX)
def test_a_route_answers_each_visitor_as_it_should(
    endpoint: str,
    places: dict[str, str],
    guest: Guest,
    logged_in: Callable[[str], Guest],
) -> None:
    row = MATRIX[endpoint]
    answers = []
    for visitor in VISITORS:
        person = guest if visitor == "nobody" else logged_in(visitor)
        path = row.path.format(**places)
        answer = person.gets(path) if row.method == "GET" else person.posts(path)
        answers.append(answer.status_code)
    assert dict(zip(VISITORS, answers, strict=True)) == dict(
        zip(VISITORS, row.answers, strict=True)
    )


def test_a_form_without_its_token_does_nothing(
    logged_in: Callable[[str], Guest],
) -> None:
    assert logged_in("lin").posts("/office/new/document_review", "").status_code == 400
