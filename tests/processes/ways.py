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
from processes.registers import calendar_imports
from processes.registers.documents import document_of
from processes.registers.leaders import remind
from tests import asking, challenged, correcting, proposing, review_answers
from tests.interpretations import add_agency
from tests.notices import NAME_2027, TEXT_2027
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
NOTICE_2027 = {"year": "2027", "source": NAME_2027, "text": TEXT_2027}
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


def calendar_asked_for(office: Office, _home: Path) -> Matter:
    """The administrator's task while nobody knows next year's holidays."""
    office.sets("calendar.remind_on", "03-01", valid_from=date(2026, 3, 1))
    calendar_imports.remind(office.engine)
    return case_of(office, "calendar_import")


def calendar_typed(office: Office, home: Path) -> Matter:
    """A notice that waits for a second person."""
    matter = calendar_asked_for(office, home)
    person = office.people["admin"]
    for outcome in ("previewed", "submitted"):
        person.does(matter, "enter_notice", outcome=outcome, **NOTICE_2027)
    return matter


def vacant(office: Office, _home: Path) -> Matter:
    """A document at an agency without anybody who heads a section."""
    add_agency(office, "区民政局", head="min", code="500199011")
    handler = (Role.HANDLER, "区民政局")
    office.add_person("ning", "宁远", "区民政局", handler).drafts()
    with office.engine.work() as work:
        vacancies.report_all(work)
    return case_of(office, "role_appointment")


# 依申请公开


def asked(*steps: str, **typed: Any) -> Way:
    """A request over the counter at 区财政局, after some acts of `_ACTS`."""

    def bring(office: Office, _home: Path) -> Matter:
        matter = asking.received(office, "2026-03-02", **typed)
        for step in steps:
            _ACTS[step](office, matter)
        return matter

    return bring


def registering(office: Office, _home: Path) -> Matter:
    """A request that is being registered."""
    begin = office.engine.definitions.process("information_request").begin
    assert begin is not None
    with office.wen.work() as work:
        return Matter(office, begin(work).id)


def consulted(kind: str, *elements: str) -> Way:
    """The case in which somebody is asked about a request, after some steps."""

    def bring(office: Office, _home: Path) -> Matter:
        request = asking.received(office, "2026-03-02")
        asking.examined(office, request, "handle")
        asking.acted(
            *(office, request, "consult"),
            party_kind=kind,
            party="中标人",
            party_name="云川建设有限公司",
            information="投标文件中的报价明细",
        )
        (matter,) = request.consultations
        for element in elements:
            office.wen.does(matter, element, **asking.usual(office, element))
        return matter

    return bring


def refused_by_third_party(office: Office, home: Path) -> Matter:
    """A third party does not want it to be public."""
    matter = consulted("third_party", "send_inquiry", "record_inquiry_service")(
        office, home
    )
    office.wen.does(
        *(matter, "await_third_party"),
        outcome="answered",
        answered_on="2026-03-02",
        answer="refusal",
        reasons="是商业秘密。",
    )
    return matter


# 复议诉讼应对, 信息更正


def answered_for(*steps: str, **typed: str) -> Way:
    """A 复议 or 诉讼 against 区财政局, after some steps."""

    def bring(office: Office, _home: Path) -> Matter:
        complaint = {**challenged.RECONSIDERATION, **typed}
        matter = challenged.challenged(office, complaint)
        for step in steps:
            challenged.does(office, matter, step)
        return matter

    return bring


def entered_by(login: str) -> Way:
    """Papers of 复议机关 that somebody begins to register."""

    def bring(office: Office, _home: Path) -> Matter:
        return challenged.begins(office, office.people[login])

    return bring


def to_be_redone(office: Office, home: Path) -> Matter:
    """An answer that a court has revoked and that is to be given anew."""
    matter = answered_for(*_DEFENDED, "submit_defence")(office, home)
    challenged.does(
        *(office, matter, "await_result"),
        result="corrected",
        redo="yes",
        redo_by="2026-03-23",
        ordered="重新答复。",
    )
    return matter


def asked_by_many(office: Office, _home: Path) -> Matter:
    """What three people ask 区财政局 for and one of them was given."""
    proposing.three_ask(office)
    (matter,) = proposing.proposal_cases(office)
    return matter


_DEFENDED = ("draft_defence", "legal_check_defence", "approve_defence")


def corrected(*steps: str) -> Way:
    """A record at 区财政局 that somebody finds wrong, after some steps."""

    def bring(office: Office, _home: Path) -> Matter:
        matter = correcting.begins(office)
        for step in steps:
            correcting.does(office, matter, step)
        return matter

    return bring


_DECIDED = ("register_correction", "check_record", "decide_correction")

_ACTS: dict[str, Callable[[Office, Any], None]] = {
    "handle": lambda office, it: asking.examined(office, it, "handle"),
    "answer": lambda office, it: asking.examined(office, it, "answer"),
    "withdrawn": lambda office, it: asking.withdrawn(office, it, "2026-03-02"),
    "void": lambda office, it: asking.examined(office, it, "void", **asking.TWICE),
    "search": lambda office, it: asking.examined(
        office, it, "search", sections=[office.public_id("预算科")]
    ),
    "clarify": lambda office, it: asking.examined(office, it, "clarify"),
    "sent": lambda office, it: asking.clarified(office, it, "2026-03-02"),
    "posted": lambda office, it: office.wen.does(
        it,
        "send_clarification",
        outcome="sent",
        **asking.CLARIFIED,
        **asking.POSTED,
    ),
    "explain": lambda office, it: asking.acted(
        *(office, it, "reasons"), counts="一个月56件", to_explain="每一件的用途"
    ),
    "extend": lambda office, it: asking.acted(
        office, it, "extend", days="5", reason="材料多"
    ),
    "extended": lambda office, it: office.tang.does(
        it, "approve_extension", outcome="approved"
    ),
    "charge": lambda office, it: asking.acted(
        *(office, it, "charge"), tariff="by_volume", pages="72", reason="数量大"
    ),
    "charged": lambda office, it: office.tang.does(
        it, "approve_fee", outcome="approved"
    ),
    "billed": lambda office, it: office.wen.does(
        it,
        "send_fee_notice",
        outcome="sent",
        **asking.POSTED,
        payment_way="到窗口缴纳",
    ),
    "served": lambda office, it: office.wen.does(
        it, "record_fee_service", outcome="served", served_on="2026-03-02"
    ),
    "drafted": lambda office, it: asking.drafted(office, it, **asking.ALREADY_PUBLIC),
    "unhandled": lambda office, it: asking.drafted(office, it, **asking.NOT_HANDLED),
    "signed": lambda office, it: office.luo.does(it, "sign_answer", outcome="signed"),
    "delivered": lambda office, it: office.wen.does(
        it, "serve_answer", **asking.usual(office, "serve_answer")
    ),
}


def case_of(office: Office, process: str, *, of: str = "") -> Matter:
    """Return the only case of a process, or the one that an agency has."""
    with office.engine.read() as work:
        cases = select(Case.id).where(Case.process_key == process)
        if of:
            cases = cases.where(Case.agency_id == office.organisations[of])
        return Matter(office, work.session.scalars(cases).one())


#: The acts up to a fee notice that is out.
BILLED = ("handle", "charge", "charged", "billed")

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
    "enter_notice_limit_reached": calendar_asked_for,
    "confirm_calendar_limit_reached": calendar_typed,
    "answer_limit_reached": asked("handle"),
    "register_request_limit_reached": registering,
    "confirm_receipt_limit_reached": asked(channel="fax"),
    "examine_request_limit_reached": asked(),
    "send_clarification_limit_reached": asked("clarify"),
    "record_clarification_service_limit_reached": asked("clarify", "posted"),
    "send_notice_limit_reached": asked("handle", "explain"),
    "await_correction_limit_reached": asked("clarify", "sent"),
    "await_correction_expired": asked("clarify", "sent"),
    "search_request_limit_reached": asked("search"),
    "handle_request_limit_reached": asked("handle"),
    "approve_extension_limit_reached": asked("handle", "extend"),
    "approve_extension_expired": asked("handle", "extend"),
    "send_extension_limit_reached": asked("handle", "extend", "extended"),
    "send_extension_expired": asked("handle", "extend", "extended"),
    "approve_fee_limit_reached": asked("handle", "charge"),
    "send_fee_notice_limit_reached": asked("handle", "charge", "charged"),
    "record_fee_service_limit_reached": asked(*BILLED),
    "await_payment_limit_reached": asked(
        "handle", "charge", "charged", "billed", "served"
    ),
    "await_payment_expired": asked(*BILLED, "served"),
    "draft_answer_limit_reached": asked("answer"),
    "legal_check_answer_limit_reached": asked("answer", "unhandled"),
    "sign_answer_limit_reached": asked("answer", "drafted"),
    "serve_answer_limit_reached": asked("answer", "drafted", "signed"),
    "confirm_void_limit_reached": asked("void"),
    "notify_closing_limit_reached": asked("withdrawn"),
    "archive_request_limit_reached": asked("answer", "drafted", "signed", "delivered"),
    "send_inquiry_limit_reached": consulted("third_party"),
    "record_inquiry_service_limit_reached": consulted("third_party", "send_inquiry"),
    "await_third_party_limit_reached": consulted(
        "third_party", "send_inquiry", "record_inquiry_service"
    ),
    "await_third_party_expired": consulted(
        "third_party", "send_inquiry", "record_inquiry_service"
    ),
    "await_comaker_limit_reached": consulted(
        "comaker", "send_inquiry", "record_inquiry_service"
    ),
    "await_comaker_expired": consulted(
        "comaker", "send_inquiry", "record_inquiry_service"
    ),
    "await_agency_limit_reached": consulted("agency", "send_inquiry"),
    "weigh_refusal_limit_reached": refused_by_third_party,
    "register_challenge_limit_reached": entered_by("wen"),
    "enter_challenge_limit_reached": entered_by("fang"),
    "ordinary_answer_limit_reached": answered_for(),
    "summary_answer_limit_reached": answered_for(is_summary="yes"),
    "lawsuit_answer_limit_reached": answered_for(kind="litigation"),
    "legal_check_defence_limit_reached": answered_for("draft_defence"),
    "approve_defence_limit_reached": answered_for(
        "draft_defence", "legal_check_defence"
    ),
    "carry_out_result_limit_reached": to_be_redone,
    "archive_challenge_limit_reached": answered_for(
        *_DEFENDED, "submit_defence", "await_result"
    ),
    "register_correction_limit_reached": corrected(),
    "correct_record_limit_reached": corrected("register_correction"),
    "check_record_limit_reached": corrected("register_correction"),
    "decide_correction_limit_reached": corrected("register_correction", "check_record"),
    "approve_correction_limit_reached": corrected(*_DECIDED),
    "serve_correction_limit_reached": corrected(*_DECIDED, "approve_correction"),
    "archive_correction_limit_reached": corrected(
        *_DECIDED, "approve_correction", "serve_correction"
    ),
    "weigh_proposal_limit_reached": asked_by_many,
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
    "enter_notice": {"outcome": "stopped"},
    "confirm_calendar": {"outcome": "confirmed"},
    "appoint": {"outcome": "appointed", "login": "ning"},
    "weigh_proposal": {"outcome": "proposed"},
}


#: Limits of a whole case, which are kept when it comes to its end.
_OF_THE_CASE = {
    "publication_limit_reached",
    "withdrawal_limit_reached",
    "later_interpretation_limit_reached",
    "answer_limit_reached",
    "ordinary_answer_limit_reached",
    "summary_answer_limit_reached",
    "lawsuit_answer_limit_reached",
    "correct_record_limit_reached",
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
    elif element in challenged.STEPS:
        challenged.does(office, matter, element)
    elif element in correcting.STEPS:
        correcting.does(office, matter, element)
    elif element in asking.STEPS:
        person.does(matter, element, **asking.usual(office, element))
    else:
        office.does_the_usual(matter, element)


def _published_document(office: Office) -> str:
    """Return the public id of the only document that is out."""
    with office.engine.read() as work:
        return work.session.scalars(select(Document.public_id)).one()
