"""Requests for the demonstration office, at different steps of their way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.authoring import (
    Demonstration,
    Work,
    claim,
    complete,
    open_tasks,
    settings,
)
from models.applications import ApplicantKind, Channel, Delivery, FormWanted
from models.people import Organisation
from models.requests import Consultation, InformationRequest
from models.workflow import Case
from processes.information_request.intake import begin
from processes.registers import requests
from processes.registers.requests import Application

#: Invented people: no such place has this division code.
_PEOPLE: Mapping[str, Mapping[str, str]] = {
    "卢青禾": {"identity_number": "50019919850412021X", "phone": "13800010001"},
    "辛伯言": {"identity_number": "500199197211031040", "phone": "13800010002"},
    "桑若水": {"identity_number": "500199199107263326", "phone": "13800010003"},
}

#: On which working day before today, at which hour, who does which step, and how.
Act = tuple[int, str, str, str, Mapping[str, Any]]


@dataclass(frozen=True)
class Plan:
    """One request: to whom, by whom, on which day, and what was done since."""

    agency: str
    clerk: str
    asker: str
    content: str
    days_ago: int
    acts: tuple[Act, ...] = ()
    online: bool = False
    #: Suggests that it be public to all (Art 44(2)).
    suggests: bool = False


def _examined(way: str, **typed: Any) -> Mapping[str, Any]:
    return {"outcome": "decided", "way": way, **typed}


_SEARCHED = {
    "outcome": "searched",
    "places": "公文系统、档案室2023年至2025年卷",
    "period": "2023年至2025年",
}
_AGREED = {"outcome": "agreed", "opinion": "依据和理由充分。"}
_BY_POST = {"outcome": "served", "way": "post", "tracking_number": "XA00000000011"}
_BY_HAND = {"way": "direct"}
_CLARIFIED = {
    "outcome": "sent",
    "unclear": "没有写明要哪一年、哪个学校的收费情况",
    "guidance": "写明年份和学校名称；知道文号的写文号",
    "items": "写明年份\n写明学校名称",
}

_PLANS = (
    # 收到四周，答复后归档。
    Plan(
        "区财政局",
        "wenzhixin",
        "卢青禾",
        "2024年区级部门决算公开的网址",
        24,
        (
            (23, "10:00", "wenzhixin", "examine_request", _examined("answer")),
            (
                *(22, "15:00", "wenzhixin", "draft_answer"),
                {
                    "outcome": "submitted",
                    "code": "D01",
                    "where": "区政府网站“预决算公开”专栏，2025年9月26日发布",
                },
            ),
            (21, "09:30", "hewangzhi", "sign_answer", {"outcome": "signed"}),
            (20, "09:30", "wenzhixin", "serve_answer", _BY_POST),
            (
                *(18, "16:00", "wenzhixin", "archive_request"),
                {"outcome": "archived", "retention": "30年"},
            ),
        ),
        suggests=True,
    ),
    # 已经逾期，还在办理。
    Plan(
        "区财政局",
        "wenzhixin",
        "辛伯言",
        "2023年至2025年区级预备费动用情况",
        23,
        ((20, "11:00", "wenzhixin", "examine_request", _examined("handle")),),
    ),
    # 没有查到，等法制审核。
    Plan(
        "区财政局",
        "wenzhixin",
        "桑若水",
        "柳巷老年食堂2023年改造的评审报告",
        12,
        (
            (
                *(11, "09:40", "wenzhixin", "examine_request"),
                _examined("search", sections="预算科"),
            ),
            (
                *(8, "14:20", "shenqing", "search_request"),
                {
                    **_SEARCHED,
                    "keywords": "柳巷 老年食堂 改造 评审",
                    "found": "no",
                    "result": "没有查到这个项目的评审报告，也没有受理记录。",
                },
            ),
            (6, "10:10", "wenzhixin", "handle_request", {"outcome": "answer"}),
            (
                *(5, "16:30", "wenzhixin", "draft_answer"),
                {
                    "outcome": "submitted",
                    "code": "D31a",
                    "scope": "公文系统、档案室2023年至2025年卷",
                    "means": "以“柳巷”“老年食堂”“改造”“评审”为关键词检索",
                    "result": "没有查到所申请的信息",
                },
            ),
        ),
    ),
    # 等申请人补正。
    Plan(
        "区教委",
        "getingyu",
        "卢青禾",
        "学校的收费情况",
        5,
        (
            (4, "09:20", "getingyu", "examine_request", _examined("clarify")),
            (
                *(3, "10:20", "getingyu", "send_clarification"),
                {**_CLARIFIED, "way": "post", "tracking_number": "XA00000000012"},
            ),
            (
                *(1, "15:00", "getingyu", "record_clarification_service"),
                {"outcome": "served"},
            ),
        ),
    ),
    # 逾期没有补正，到期自动结案，等结案告知。
    Plan(
        "区教委",
        "getingyu",
        "桑若水",
        "中小学课后服务",
        18,
        (
            (17, "09:20", "getingyu", "examine_request", _examined("clarify")),
            (
                *(16, "10:20", "getingyu", "send_clarification"),
                {**_CLARIFIED, **_BY_HAND},
            ),
        ),
    ),
    # 正在征求第三方意见。
    Plan(
        "区住建委",
        "renyuanzhi",
        "辛伯言",
        "青云路片区改造工程的中标文件",
        9,
        (
            (8, "09:10", "renyuanzhi", "examine_request", _examined("handle")),
            (
                *(7, "10:30", "renyuanzhi", "handle_request"),
                {
                    "outcome": "acted",
                    "act": "consult",
                    "party_kind": "third_party",
                    "party": "中标人",
                    "party_name": "云川第二建筑工程有限公司（演示）",
                    "information": "投标文件中的报价明细和项目人员名单",
                },
            ),
            (
                *(6, "09:00", "renyuanzhi", "send_inquiry"),
                {
                    "outcome": "sent",
                    "way": "post",
                    "tracking_number": "XA00000000013",
                },
            ),
            (
                *(4, "15:40", "renyuanzhi", "record_inquiry_service"),
                {"outcome": "signed"},
            ),
        ),
    ),
    # 交科室检索。
    Plan(
        "区住建委",
        "renyuanzhi",
        "桑若水",
        "老旧小区加装电梯补贴的发放标准",
        2,
        (
            (
                *(1, "09:30", "renyuanzhi", "examine_request"),
                _examined("search", sections="城市更新科"),
            ),
        ),
    ),
    # 网上刚来的，向区政府提出，由区政府办经办。
    Plan("区政府", "daimingche", "卢青禾", "区政府常务会议议定事项", 1, online=True),
    Plan("区财政局", "wenzhixin", "桑若水", "区级预备费动用情况", 1, online=True),
)

#: Which field of a step says on which day it was done.
_DAYS = {
    "search_request": "searched_on",
    "record_clarification_service": "served_on",
    "serve_answer": "sent_on",
    "record_inquiry_service": "served_on",
}


def fill(office: Demonstration) -> None:
    """Let four agencies handle requests through the weeks before today."""
    with office.act("zhengyiming") as work:
        _set_up_letters(work)
    cases: dict[int, int] = {}
    moments: list[tuple[int, str, Callable[[], None]]] = []
    for number, plan in enumerate(_PLANS):
        moments.append((plan.days_ago, "09:00", _opens(office, cases, number)))
        moments += [
            (act[0], act[1], _does(office, cases, number, act)) for act in plan.acts
        ]
    for days_ago, hour, act in sorted(moments, key=lambda each: (-each[0], each[1])):
        office.at(days_ago, hour)
        act()


def _set_up_letters(work: Work) -> None:
    """Say whom to ask, and where an answer can be challenged."""
    government = work.session.scalars(
        select(Organisation).where(
            Organisation.root_id == work.actor.root_id,
            Organisation.short_name == "区政府",
        )
    ).one()
    values = (
        ("letters.contact", "云川区政务公开办，行政中心2号楼，电话000-1234567", None),
        ("letters.reconsideration_site", "https://fuyi.yunchuan.example.invalid", None),
        ("letters.reconsideration_body", "澜江市人民政府", government.id),
    )
    for key, value, place in values:
        settings.write(
            work,
            key,
            value,
            valid_from=work.today,
            reason="平台启用",
            root_id=work.actor.root_id or 0,
            organisation_id=place,
        )


def _opens(
    office: Demonstration, cases: dict[int, int], number: int
) -> Callable[[], None]:
    plan = _PLANS[number]

    def over_the_counter() -> None:
        with office.act(plan.clerk) as work:
            case = begin(work)
            (task,) = open_tasks(work, case)
            answers = {
                "outcome": "registered",
                "channel": "in_person",
                "submitted_on": work.today.isoformat(),
                "content": plan.content,
                "form_wanted": "paper",
                "delivery": "post",
                "kind": "natural_person",
                "name": plan.asker,
                "identity_kind": "resident_card",
                "address": "云川区青云路8号",
                "suggests_publication": "yes" if plan.suggests else "no",
                **_PEOPLE[plan.asker],
            }
            complete(work, task, revision=task.revision, answers=answers)
            cases[number] = case.id

    def on_the_website() -> None:
        with office.outside() as work:
            agency = _organisation(work, plan.agency)
            application = Application(
                channel=Channel.INTERNET,
                submitted_on=work.today,
                has_automatic_receipt=True,
                applicant_kind=ApplicantKind.NATURAL_PERSON,
                personal={
                    "name": plan.asker,
                    "content": plan.content,
                    **_PEOPLE[plan.asker],
                },
                form_wanted=FormWanted.ELECTRONIC,
                delivery=Delivery.ONLINE,
                electronic_service=True,
            )
            cases[number] = requests.register(work, agency, application).case_id

    return on_the_website if plan.online else over_the_counter


def _does(
    office: Demonstration, cases: dict[int, int], number: int, act: Act
) -> Callable[[], None]:
    _, _, who, element, answers = act

    def does() -> None:
        with office.act(who) as work:
            case = _case_with(work, cases[number], element)
            task = next(t for t in open_tasks(work, case) if t.element == element)
            claim(work, task)
            typed = dict(answers)
            if "sections" in typed:
                section = _section(work, case, typed["sections"])
                typed["sections"] = [section.public_id]
            if typed.get("way") == "direct":
                typed["served_on"] = work.today.isoformat()
            if element in _DAYS:
                typed[_DAYS[element]] = work.today.isoformat()
            complete(work, task, revision=task.revision, answers=typed)

    return does


def _case_with(work: Work, case_id: int, element: str) -> Case:
    """Return the request's case, or that of its consultation, that is at a step."""
    request = work.session.scalars(
        select(InformationRequest).where(InformationRequest.case_id == case_id)
    ).one()
    asked = select(Consultation.case_id).where(Consultation.request_id == request.id)
    ids = [case_id, *(each for each in work.session.scalars(asked) if each)]
    cases = [work.session.get_one(Case, each) for each in ids]
    return next(
        case
        for case in cases
        if any(task.element == element for task in open_tasks(work, case))
    )


def _organisation(work: Work, short_name: str) -> Organisation:
    return work.session.scalars(
        select(Organisation)
        .where(Organisation.short_name == short_name)
        .order_by(Organisation.id)
        .limit(1)
    ).one()


def _section(work: Work, case: Case, name: str) -> Organisation:
    return work.session.scalars(
        select(Organisation).where(
            Organisation.agency_id == case.agency_id,
            Organisation.short_name.contains(name),
        )
    ).one()
