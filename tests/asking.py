"""A request from somebody outside, and how the office handles it, in its words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from engine.work import Work
from models.applications import ApplicantKind, Channel, Delivery, FormWanted
from models.letters import Letter
from models.people import Person, Post, PostHolding, RoleHolding
from models.requests import Consultation, InformationRequest
from processes.registers import request_acts, requests
from processes.registers.requests import Application
from tests.office import Actor, Matter, Office

#: An identity number of our own: no such place, a right check digit.
IDENTITY = "11010519491231002X"

#: What somebody hands in at the counter, as the clerk types it in.
AT_THE_COUNTER: dict[str, Any] = {
    "channel": "in_person",
    "content": "2025年部门预算执行情况报告",
    "form_wanted": "paper",
    "delivery": "post",
    "kind": "natural_person",
    "name": "张晓明",
    "identity_kind": "resident_card",
    "identity_number": IDENTITY,
    "phone": "13800138000",
    "address": "云川区青云路8号",
}

CLARIFIED = {
    "unclear": "没有写明是哪一年的预算执行情况",
    "guidance": "写明年份和单位，可以写文号",
    "items": "写明年份\n写明单位",
}


@dataclass
class Asked(Matter):
    """One request in a test."""

    def row(self, work: Work) -> InformationRequest:
        """Return the request's row."""
        return requests.request_of(work.session, self.case(work))

    @property
    def due(self) -> str:
        """The day on which the answer is due, as the running limit has it."""
        return str(self.limit("answer").due_on)

    @property
    def clock(self) -> Any:
        """The clock as of today."""
        with self.office.engine.read() as work:
            return requests.answer_clock(work, self.row(work), as_of=work.today)

    @property
    def result(self) -> tuple[str, str]:
        """The code of the result, and the day on which the request ended."""
        with self.office.engine.read() as work:
            row = self.row(work)
            return row.decision_code, str(row.closed_on)

    @property
    def number(self) -> str:
        """The number in the agency's register."""
        with self.office.engine.read() as work:
            return self.row(work).number

    @property
    def letters(self) -> list[str]:
        """The kinds of the letters that were issued in this case."""
        with self.office.engine.read() as work:
            issued = select(Letter.kind).where(
                Letter.case_id == self.id, Letter.issued_at.is_not(None)
            )
            return list(work.session.scalars(issued.order_by(Letter.id)))

    @property
    def irregular(self) -> list[str]:
        """What happened to it against a rule."""
        with self.office.engine.read() as work:
            return [e.irregular for e in self.row(work).events if e.irregular]

    @property
    def consultations(self) -> list[Matter]:
        """The cases in which somebody is asked about it."""
        with self.office.engine.read() as work:
            found = select(Consultation.case_id).where(
                Consultation.request_id == self.row(work).id
            )
            ids = work.session.scalars(found.order_by(Consultation.id)).all()
            return [Matter(self.office, each) for each in ids if each]


#: How a letter goes out by post today.
POSTED = {"way": "post", "tracking_number": "XA12345678911"}


def by_hand(on: str) -> dict[str, str]:
    """Say that a letter was signed for on a day."""
    return {"way": "direct", "served_on": on}


def since(office: Office, day: str) -> None:
    """Let everybody have been in the office since a day, and put the clock on it."""
    begun = date.fromisoformat(day)
    with office.engine.work() as work:
        for each in (Person, PostHolding, RoleHolding, Post):
            work.session.execute(update(each).values(valid_from=begun))
    office.clock.set(day)


def received(
    office: Office, on: str, clerk: Actor | None = None, **typed: Any
) -> Asked:
    """Let a clerk of 区财政局 register what was handed in on a day."""
    clerk = clerk or office.wen
    begin = office.engine.definitions.process("information_request").begin
    assert begin is not None
    with clerk.work() as work:
        asked = Asked(office, begin(work).id)
    answers = {**AT_THE_COUNTER, "submitted_on": on, **typed}
    clerk.does(asked, "register_request", outcome="registered", **answers)
    return asked


def sent_in(office: Office, on: str, place: str = "区财政局", **more: Any) -> Asked:
    """Let somebody apply on the website of an agency, which gives a receipt."""
    application = Application(
        **{
            "channel": Channel.INTERNET,
            "submitted_on": date.fromisoformat(on),
            "has_automatic_receipt": True,
            "applicant_kind": ApplicantKind.NATURAL_PERSON,
            "personal": {
                "name": "李四",
                "identity_number": IDENTITY,
                "phone": "13800138000",
                "content": "2025年部门预算执行情况报告",
            },
            "form_wanted": FormWanted.ELECTRONIC,
            "delivery": Delivery.ONLINE,
            **more,
        }
    )
    with office.engine.work() as work:
        agency = office.organisation(work, place)
        return Asked(office, requests.register(work, agency, application).case_id)


def examined(office: Office, asked: Asked, way: str, **typed: Any) -> None:
    """初步审查 by the clerk of 区财政局."""
    office.wen.does(asked, "examine_request", outcome="decided", way=way, **typed)


def withdrawn(office: Office, asked: Asked, on: str = "") -> None:
    """Let the clerk of 区财政局 record on which day the applicant withdrew it."""
    with office.wen.work() as work:
        day = date.fromisoformat(on) if on else work.today
        request_acts.withdraw(work, asked.row(work), day)


def clarified(office: Office, asked: Asked, on: str, **typed: Any) -> None:
    """发补正告知 on a day."""
    answers = {**CLARIFIED, **by_hand(on), **typed}
    office.wen.does(asked, "send_clarification", outcome="sent", **answers)


def searched(office: Office, asked: Asked, found: str = "no", **typed: Any) -> None:
    """Let 预算科 search."""
    examined(office, asked, "search", sections=[office.public_id("预算科")])
    office.shen.does(
        asked,
        "search_request",
        outcome="searched",
        places="公文系统、2025年档案室",
        keywords="预算执行",
        period="2025年",
        found=found,
        result="没有查到" if found == "no" else "查到1份",
        searched_on=office.today,
        **typed,
    )


def acted(office: Office, asked: Asked, act: str, **typed: Any) -> None:
    """办理 one thing."""
    office.wen.does(asked, "handle_request", outcome="acted", act=act, **typed)


def asks_third_party(office: Office, asked: Asked, party: str = "中标人") -> Matter:
    """Ask a third party; the letter is still to be sent."""
    acted(
        office,
        asked,
        "consult",
        party_kind="third_party",
        party=party,
        party_name="云川建设有限公司",
        party_contact="云川区青云路9号",
        information="投标文件中的报价明细",
    )
    return asked.consultations[-1]


NOT_THERE = {
    "code": "D31a",
    "scope": "公文系统、2025年档案室",
    "means": "以“预算执行”为关键词检索",
    "result": "没有查到",
}


def drafted(office: Office, asked: Asked, **typed: Any) -> None:
    """拟答复."""
    office.wen.does(asked, "draft_answer", outcome="submitted", **typed)


def answered(office: Office, asked: Asked) -> None:
    """Let an answer that was drafted go out today by post, and the file be closed."""
    if "legal_check_answer" in asked.open_steps:
        office.fang.agrees(asked, "legal_check_answer")
    office.luo.does(asked, "sign_answer", outcome="signed")
    office.wen.does(
        asked,
        "serve_answer",
        outcome="served",
        way="post",
        sent_on=office.today,
        tracking_number="XA12345678911",
    )
    office.wen.does(asked, "archive_request", outcome="archived", retention="30年")


ALREADY_PUBLIC = {"code": "D01", "where": "区政府网站“预算公开”栏目"}
NOT_HANDLED = {
    "code": "D45",
    "article": "条例第三十六条",
    "ground": "申请人上月已经取得这份报告，要求再出具一份",
}


TWICE = {"void_reason": "twice", "void_words": "与前一件同时从网页提交，内容相同。"}


def usual(office: Office, element: str) -> dict[str, Any]:
    """Return what is answered at a step when nothing is wrong, dated today."""
    today = office.today
    return {
        "register_request": {
            "outcome": "registered",
            **AT_THE_COUNTER,
            "submitted_on": "2026-03-02",
        },
        "confirm_receipt": {"outcome": "confirmed", "confirmed_on": today},
        "examine_request": {"outcome": "decided", "way": "answer"},
        "send_clarification": {"outcome": "dropped"},
        "search_request": {
            "outcome": "searched",
            "places": "公文系统",
            "keywords": "预算执行",
            "period": "2025年",
            "found": "yes",
            "result": "查到1份",
            "searched_on": today,
        },
        "handle_request": {"outcome": "answer"},
        "approve_extension": {"outcome": "approved"},
        "approve_fee": {"outcome": "refused", "opinion": "数量没有明显超出。"},
        "send_fee_notice": {"outcome": "dropped"},
        "record_fee_service": {"outcome": "served", "served_on": today},
        "draft_answer": {"outcome": "submitted", **ALREADY_PUBLIC},
        "legal_check_answer": {"outcome": "agreed"},
        "sign_answer": {"outcome": "signed"},
        "serve_answer": {
            "outcome": "served",
            "way": "post",
            "sent_on": today,
            "tracking_number": "XA12345678911",
        },
        "record_clarification_service": {"outcome": "served", "served_on": today},
        "send_extension": {"outcome": "sent", **POSTED},
        "send_notice": {"outcome": "sent", **POSTED},
        "notify_closing": {"outcome": "told", **POSTED},
        "confirm_void": {"outcome": "agreed"},
        "archive_request": {"outcome": "archived", "retention": "30年"},
        "send_inquiry": {"outcome": "sent", **POSTED},
        "record_inquiry_service": {"outcome": "signed", "served_on": today},
        "await_agency": {
            "outcome": "answered",
            "answer": "consent",
            "answered_on": today,
        },
        "weigh_refusal": {"outcome": "respected"},
    }[element]


#: The steps that `usual` knows.
STEPS = frozenset(
    {
        *("register_request", "confirm_receipt", "examine_request"),
        *("send_clarification", "search_request", "handle_request"),
        *("approve_extension", "approve_fee", "send_fee_notice"),
        *("record_fee_service", "draft_answer", "legal_check_answer"),
        *("sign_answer", "serve_answer", "notify_closing", "archive_request"),
        *("record_clarification_service", "send_extension", "send_notice"),
        "confirm_void",
        *("send_inquiry", "record_inquiry_service", "await_agency", "weigh_refusal"),
    }
)
