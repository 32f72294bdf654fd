"""How a matter comes to each limit that a shipped diagram watches.

Every matter begins on Monday, 2 March 2026, and the clock stands still while it comes
to its step. Nearly all are 区财政局's, where each rung reaches somebody else.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import vacancies
from models.documents import Document
from models.people import Role
from models.workflow import Case
from processes.registers.documents import document_of
from processes.registers.leaders import remind
from tests import review_answers
from tests.interpretations import add_agency
from tests.office import NOT_PUBLIC, USUAL_ANSWERS, Matter, Office
from tests.reviewing import Sheet, at_the_desk

#: Brings a matter to a limit; the folder is for what a test makes itself.
Way = Callable[[Office, Path], Matter]

PLAN = "interpretation_plan"
MATERIAL = "interpretation_material"
WITHDRAWN = {
    "kind": "withdraw",
    "ground": "penalty",
    "since": "2026-03-02",
    "reason": "处罚决定被撤销。",
    "remains": "shown",
}
ASKED = {
    "outcome": "requested",
    "authority": "区国家保密局",
    "letter_number": "云财函〔2026〕9号",
    "asked_on": "2026-03-02",
}


def to(step: str, **answers: Any) -> Way:
    """A document of 沈清's that everybody has let go on to a step."""

    def bring(office: Office, _home: Path) -> Matter:
        matter = office.shen.drafts(**answers)
        office.brings(matter, step)
        return matter

    return bring


def draft(office: Office, _home: Path) -> Matter:
    """A document that is begun."""
    return office.shen.begins()


# 公开前审查


def at_third_level(office: Office, home: Path) -> Matter:
    """A paper at an agency where three people look for secrets."""
    office.sets("review.secrecy_levels", 3, valid_from=date(2026, 3, 1))
    return to("secrecy_final")(office, home)


def with_mark(office: Office, home: Path) -> Matter:
    """A paper of 林晓雯's with a mark of secrecy."""
    marked = Sheet("正文", "机密★1年\n关于某项工作的通知\n")
    return at_the_desk(office, home, marked).matter


def unsure(office: Office, home: Path) -> Matter:
    """A paper of which a reviewer does not know whether it may be public."""
    matter = to("secrecy_first")(office, home)
    with office.engine.read() as work:
        answers = review_answers.usual(work, matter.case(work), "secrecy_first")
    items = [name for name in answers if name.endswith(".stability")]
    unsure_of = dict.fromkeys(items, "unsure")
    office.ma.does(
        matter, "secrecy_first", **{**answers, **unsure_of, "outcome": "unsure"}
    )
    return matter


def determined_elsewhere(office: Office, home: Path) -> Matter:
    """A paper of which the authority has been asked."""
    matter = unsure(office, home)
    office.he.does(matter, "request_determination", **ASKED)
    return matter


def suspected(office: Office, home: Path) -> Matter:
    """A paper that may be a state secret."""
    matter = to("prepare_copy")(office, home)
    office.shen.does(matter, "prepare_copy", outcome="stopped")
    return matter


# 发布和更改


def published(office: Office, home: Path, **answers: Any) -> Matter:
    """A document that is out."""
    matter = to("approve_publication", **answers)(office, home)
    office.tang.lets_out(matter, "2026-03-02")
    office.fires()
    return matter


def approved(office: Office, home: Path) -> Matter:
    """A document that is to be out on Thursday, 5 March."""
    matter = to("approve_publication")(office, home)
    office.tang.lets_out(matter, "2026-03-05")
    return matter


def change(office: Office, _home: Path) -> Matter:
    """A change that is begun, of nobody knows which document."""
    begin = office.engine.definitions.process("publication").begin
    assert begin is not None
    with office.shen.work() as work:
        return Matter(office, begin(work).id)


def withdrawal(office: Office, home: Path) -> Matter:
    """A penalty decision that was revoked and is to be withdrawn."""
    notice = published(office, home)
    with office.engine.read() as work:
        public_id = document_of(work.session, notice.case(work)).public_id
    return office.shen.asks_to_change(public_id, **WITHDRAWN)


def reviewed_withdrawal(office: Office, home: Path) -> Matter:
    """A withdrawal that waits for its approval."""
    matter = withdrawal(office, home)
    office.brings(matter, "approve_change")
    return matter


# 政策解读


def asked_for_opinion(office: Office, home: Path) -> Matter:
    """An interpretation about which 区政府办 is asked."""
    matter = to(PLAN, kind="policy")(office, home)
    asked = office.public_id("区政府办")
    plan = {**USUAL_ANSWERS[PLAN], "consulted": asked}
    office.shen.does(matter, PLAN, **plan)
    office.brings(matter, "interpretation_consult")
    return matter


def followed(office: Office, home: Path) -> Matter:
    """The case that explains a document three working days after it came out."""
    matter = to(PLAN, kind="policy")(office, home)
    plan = {**USUAL_ANSWERS[PLAN], "timing": "after", "days_after": "3"}
    office.shen.does(matter, PLAN, **plan)
    office.brings(matter, "approve_publication")
    office.tang.lets_out(matter, "2026-03-02")
    office.fires()
    return case_of(office, "later_interpretation")


def explaining(office: Office, home: Path) -> Matter:
    """A case that is to explain nobody knows which published document."""
    published(office, home)
    begin = office.engine.definitions.process("later_interpretation").begin
    assert begin is not None
    with office.shen.work() as work:
        return Matter(office, begin(work).id)


def evaluated(office: Office, home: Path) -> Matter:
    """The look at what the interpretation of a normative document has done."""
    published(office, home, kind="normative")
    return case_of(office, "interpretation_evaluation")


def reminded(office: Office, _home: Path) -> Matter:
    """A head who is told that nothing of theirs is explained this year."""
    office.sets("interpretation.remind_on", "03-01", valid_from=date(2026, 3, 1))
    remind(office.engine)
    return case_of(office, "interpretation_reminder", of="区财政局")


def vacant(office: Office, _home: Path) -> Matter:
    """A document at an agency without anybody who heads a section."""
    add_agency(office, "区民政局", head="min", code="500199011")
    handler = (Role.HANDLER, "区民政局")
    office.add_person("ning", "宁远", "区民政局", handler).drafts()
    with office.engine.work() as work:
        vacancies.report_all(work)
    return case_of(office, "role_appointment")


def case_of(office: Office, process: str, *, of: str = "") -> Matter:
    """Return the only case of a process, or the one that an agency has."""
    with office.engine.read() as work:
        cases = select(Case.id).where(Case.process_key == process)
        if of:
            cases = cases.where(Case.agency_id == office.organisations[of])
        return Matter(office, work.session.scalars(cases).one())


#: By timer event: how a matter comes to stand there.
WAYS: dict[str, Way] = {
    "draft_limit_reached": draft,
    "section_review_limit_reached": to("section_review"),
    "disclosure_review_limit_reached": to(
        "disclosure_review", kind="policy", **NOT_PUBLIC
    ),
    "legality_review_limit_reached": to(
        "legality_review", kind="normative", **NOT_PUBLIC
    ),
    "co_sign_document_limit_reached": to(
        "co_sign_document", joint_issuers=["区政府办"]
    ),
    "office_check_limit_reached": to("office_check", issuer="区政府办"),
    "sign_limit_reached": to("sign"),
    "seal_limit_reached": to("seal"),
    "publication_limit_reached": to("seal"),
    "judge_secret_mark_limit_reached": with_mark,
    "prepare_copy_limit_reached": to("prepare_copy"),
    "secrecy_first_limit_reached": to("secrecy_first"),
    "secrecy_second_limit_reached": to("secrecy_second"),
    "secrecy_final_limit_reached": at_third_level,
    "request_determination_limit_reached": unsure,
    "record_determination_limit_reached": determined_elsewhere,
    "report_secret_limit_reached": suspected,
    "content_review_limit_reached": to("content_review"),
    "publication_request_limit_reached": change,
    "publication_review_limit_reached": withdrawal,
    "approve_publication_limit_reached": to("approve_publication"),
    "approve_change_limit_reached": reviewed_withdrawal,
    "withdrawal_limit_reached": withdrawal,
    "publication_time_reached": approved,
    "interpretation_plan_limit_reached": to(PLAN, kind="policy"),
    "interpretation_material_limit_reached": to(MATERIAL, kind="policy"),
    "interpretation_consult_limit_reached": asked_for_opinion,
    "interpretation_consult_expired": asked_for_opinion,
    "interpretation_co_sign_limit_reached": to(
        "interpretation_co_sign", kind="policy", joint_issuers=["区政府办"]
    ),
    "interpretation_sign_limit_reached": to("interpretation_sign", kind="policy"),
    "later_interpretation_choose_limit_reached": explaining,
    "later_interpretation_limit_reached": followed,
    "interpretation_evaluate_limit_reached": evaluated,
    "interpretation_arrange_limit_reached": reminded,
    "appoint_limit_reached": vacant,
}


# Going on


#: What is answered, whenever it is, at steps that `Office.brings` does not pass.
ANSWERS: dict[str, dict[str, Any]] = {
    "judge_secret_mark": {"outcome": "cleared", "opinion": "原件上没有密级标志。"},
    "request_determination": ASKED,
    "record_determination": {
        "outcome": "recorded",
        "answer": "public",
        "answered_on": "2026-03-02",
    },
    "report_secret": {
        "outcome": "reported",
        "reported_to": "区国家保密局",
        "reported_on": "2026-03-02",
        "handling": "原件已经移交。",
    },
    "publication_request": {"outcome": "dropped"},
    "interpretation_arrange": {"outcome": "arranged", "arrangement": "四月解读。"},
    "appoint": {"outcome": "appointed", "login": "ning"},
}


#: Limits of a whole case, which are kept when it comes to its end.
_OF_THE_CASE = {
    "publication_limit_reached",
    "withdrawal_limit_reached",
    "later_interpretation_limit_reached",
}


def keep(office: Office, matter: Matter, event: str) -> None:
    """Let people do what a limit was set for, late as it is."""
    if event in _OF_THE_CASE:
        while matter.open_steps:
            _does_the_next_step(office, matter)
            office.fires()
    elif matter.open_steps:
        _does_the_next_step(office, matter)


def _does_the_next_step(office: Office, matter: Matter) -> None:
    (element,) = matter.open_steps
    person = office.usual_person(matter, element)
    today = str(office.clock.instant.date())
    if element == "draft":
        office.shen.submits(matter)
    elif element == "approve_publication":
        person.lets_out(matter, today)
    elif element == "approve_change":
        person.does(matter, element, outcome="approved", publish_on=today)
    elif element == "later_interpretation_choose":
        document = _published_document(office)
        person.does(matter, element, outcome="chosen", document=document)
    elif element in ANSWERS:
        person.does(matter, element, **ANSWERS[element])
    else:
        office.does_the_usual(matter, element)


def _published_document(office: Office) -> str:
    """Return the public id of the only document that is out."""
    with office.engine.read() as work:
        return work.session.scalars(select(Document.public_id)).one()
