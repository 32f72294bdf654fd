"""Documents for the demonstration office, at different steps of their way."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from engine.authoring import (
    Demonstration,
    Work,
    claim,
    complete,
    files,
    open_tasks,
    save_draft,
)
from models.workflow import Case, Task
from processes.document_review.record import begin

#: Documents written for the demonstration, in the manner of real ones.
SAMPLES = Path(__file__).parent / "samples"

#: The year in which the samples are written, and the day they are signed on.
_YEAR = 2026
_SIGNED = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$", re.MULTILINE)


def fill(office: Demonstration) -> None:
    """Let four agencies work on documents through the weeks before today."""
    acts = [
        (act, matter) for matter in map(Matter, _MATTERS) for act in matter.plan.acts
    ]
    for act, matter in sorted(acts, key=lambda pair: pair[0].moment):
        office.at(act.days_ago, act.hour)
        with office.act(act.who) as work:
            act.does(work, matter, office)


def sample_text(
    name: str, signed_on: date, replaced: Sequence[tuple[str, str]] = ()
) -> str:
    """Return a sample as if it were signed on a day, its years moved along."""
    text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    for old, new in replaced:
        text = text.replace(old, new)
    years = signed_on.year - _YEAR
    text = re.sub(r"20\d\d(?=年)", lambda year: str(int(year[0]) + years), text)
    signature = f"{signed_on.year}年{signed_on.month}月{signed_on.day}日"
    return _SIGNED.sub(signature, text)


@dataclass(frozen=True)
class Act:
    """What somebody does with a matter, on which working day before today."""

    days_ago: int
    hour: str
    who: str
    does: Callable[[Work, "Matter", Demonstration], None]

    @property
    def moment(self) -> tuple[int, str]:
        """The key by which acts are in the order of time."""
        return -self.days_ago, self.hour


@dataclass(frozen=True)
class Plan:
    """A document and what happens to it."""

    sample: str
    acts: tuple[Act, ...]
    category: str = ""
    #: How the file differs from the sample, for a second document of its kind.
    replaced: tuple[tuple[str, str], ...] = ()


@dataclass
class Matter:
    """The case of a planned document."""

    plan: Plan
    case_id: int = 0
    formed_on: date = field(default=date.min)

    def task(self, work: Work, element: str) -> Task:
        """Return the open task of a step."""
        case = work.session.get_one(Case, self.case_id)
        return next(task for task in open_tasks(work, case) if task.element == element)


def _drafts(
    days_ago: int,
    hour: str,
    who: str,
    *,
    attribute: str | None = "public",
    attribute_reason: str = "",
    replaced: Sequence[tuple[str, str]] = (),
) -> tuple[Act, ...]:
    """拟稿: begin a document and submit it within the hour."""
    return (
        _begins(days_ago, hour, who),
        _submits(
            days_ago,
            _later(hour, 50),
            who,
            attribute=attribute,
            attribute_reason=attribute_reason,
            replaced=replaced,
        ),
    )


def _begins(days_ago: int, hour: str, who: str) -> Act:
    def does(work: Work, matter: Matter, office: Demonstration) -> None:
        matter.case_id = begin(work).id
        matter.formed_on = office.day(days_ago)

    return Act(days_ago, hour, who, does)


def _submits(
    days_ago: int,
    hour: str,
    who: str,
    *,
    attribute: str | None = "public",
    attribute_reason: str = "",
    replaced: Sequence[tuple[str, str]] = (),
) -> Act:
    def does(work: Work, matter: Matter, _office: Demonstration) -> None:
        plan = matter.plan
        changes = (*plan.replaced, *replaced)
        text = sample_text(plan.sample, matter.formed_on, changes)
        root_id = work.session.get_one(Case, matter.case_id).root_id
        file = files.store(work, "正文.txt", text.encode(), root_id=root_id)
        answers = {
            "title": text.splitlines()[0],
            "file": file.public_id,
            "formed_on": matter.formed_on.isoformat(),
            "category": plan.category,
            "attribute": attribute,
            "attribute_reason": attribute_reason,
            "outcome": "submitted",
        }
        _complete(work, matter.task(work, "draft"), answers)

    return Act(days_ago, hour, who, does)


def _types(days_ago: int, hour: str, who: str, **answers: str) -> Act:
    """Type half a draft and leave it."""

    def does(work: Work, matter: Matter, _office: Demonstration) -> None:
        save_draft(work, matter.task(work, "draft"), answers)

    return Act(days_ago, hour, who, does)


def _claims(days_ago: int, hour: str, who: str, element: str) -> Act:
    def does(work: Work, matter: Matter, _office: Demonstration) -> None:
        claim(work, matter.task(work, element))

    return Act(days_ago, hour, who, does)


def _decides(
    days_ago: int, hour: str, who: str, element: str, **answers: str
) -> tuple[Act, ...]:
    """Claim a step and decide it a little later."""

    def does(work: Work, matter: Matter, _office: Demonstration) -> None:
        _complete(work, matter.task(work, element), answers)

    return (
        _claims(days_ago, hour, who, element),
        Act(days_ago, _later(hour, 25), who, does),
    )


def _section_agrees(
    days_ago: int, hour: str, who: str, opinion: str = "内容属实，公开属性准确。"
) -> tuple[Act, ...]:
    return _decides(
        days_ago, hour, who, "section_review", outcome="agreed", opinion=opinion
    )


def _secrecy_agrees(
    days_ago: int,
    hour: str,
    who: str,
    opinion: str = "经审查不涉及国家秘密、工作秘密，可以公开。",
) -> tuple[Act, ...]:
    return _decides(
        days_ago, hour, who, "secrecy_review", outcome="agreed", opinion=opinion
    )


def _returns(
    days_ago: int, hour: str, who: str, element: str, **why: str
) -> tuple[Act, ...]:
    return _decides(days_ago, hour, who, element, outcome="returned", **why)


def _approves(
    days_ago: int, hour: str, who: str, *, publish: int, channel: str = "website"
) -> tuple[Act, ...]:
    """Approve publication on a working day that is counted like `days_ago`."""

    def does(work: Work, matter: Matter, office: Demonstration) -> None:
        answers = {
            "outcome": "approved",
            "channel": channel,
            "publish_on": office.day(publish).isoformat(),
            "opinion": "同意公开。",
        }
        _complete(work, matter.task(work, "approve_publication"), answers)

    return (
        _claims(days_ago, hour, who, "approve_publication"),
        Act(days_ago, _later(hour, 25), who, does),
    )


def _complete(work: Work, task: Task, answers: Mapping[str, Any]) -> None:
    claim(work, task)
    complete(work, task, revision=task.revision, answers=answers)


def _later(hour: str, minutes: int) -> str:
    clock = datetime.strptime(hour, "%H:%M").replace(tzinfo=UTC)
    return f"{clock + timedelta(minutes=minutes):%H:%M}"


_PUBLISHED = (
    Plan(
        "work_plan",
        (
            *_drafts(24, "09:10", "linxiaowen"),
            *_section_agrees(24, "15:05", "zhouyan"),
            *_secrecy_agrees(23, "14:30", "gaoyuanhang"),
            *_approves(21, "16:10", "luwensheng", publish=20),
        ),
        category="综合政务",
    ),
    Plan(
        "transfer_payments",
        (
            *_drafts(18, "09:30", "shenqing"),
            *_section_agrees(18, "14:00", "matingshu", "数据与决算一致。"),
            *_secrecy_agrees(17, "15:20", "wuruoxi"),
            *_approves(17, "16:30", "tangyining", publish=17),
        ),
        category="财政预决算",
    ),
    Plan(
        "school_enrolment",
        (
            *_drafts(16, "14:00", "hemin", replaced=[("，不得收取借读费", "")]),
            *_returns(
                15,
                "09:20",
                "xieyunshu",
                "section_review",
                reason="content",
                opinion="第（五）项写明不得收取借读费，家长最关心这一条。",
            ),
            _submits(14, "09:05", "hemin"),
            *_section_agrees(13, "10:40", "xieyunshu", "已按意见修改。"),
            *_secrecy_agrees(12, "16:00", "jiangyiwei"),
            *_approves(11, "11:30", "suhuaijin", publish=10),
        ),
        category="教育",
    ),
    Plan(
        "old_estates",
        (
            *_drafts(13, "15:10", "luochuan"),
            *_section_agrees(13, "16:45", "shiyansong"),
            *_secrecy_agrees(12, "10:20", "dingyuan"),
            *_approves(11, "14:45", "dengshuyan", publish=9, channel="gazette"),
        ),
        category="城乡建设",
    ),
)

_KEPT = (
    Plan(
        "safety_reply",
        (
            *_drafts(
                9,
                "10:30",
                "luochuan",
                attribute="on_request",
                attribute_reason=(
                    "只涉及一幢楼住户的房屋，不属于条例第19至21条应当主动公开的信息。"
                ),
            ),
            *_section_agrees(9, "15:00", "shiyansong", "同意依申请公开。"),
            *_secrecy_agrees(8, "09:50", "dingyuan", "不涉及国家秘密和工作秘密。"),
            *_decides(
                8,
                "16:20",
                "dengshuyan",
                "approve_publication",
                outcome="approved",
                opinion="属性和理由成立。",
            ),
        ),
        category="城乡建设",
    ),
)

_DRAFTING = (
    # Half typed: the title is there, the attribute is not decided yet.
    Plan(
        "",
        (
            _begins(1, "16:20", "linxiaowen"),
            _types(
                1,
                "16:40",
                "linxiaowen",
                title="云川区人民政府办公室关于做好政府信息公开年度报告编制工作的通知",
                category="综合政务",
            ),
        ),
    ),
    # Returned: a mobile number stands in what everybody would read.
    Plan(
        "campus_safety",
        (
            *_drafts(6, "09:40", "hemin"),
            *_section_agrees(6, "15:10", "xieyunshu"),
            *_returns(
                4,
                "11:15",
                "jiangyiwei",
                "secrecy_review",
                reason="personal_data",
                opinion="第一部分第（一）项是值班人员的手机号码，请改成值班室的固定电话。",
            ),
        ),
        category="教育",
    ),
    # 退文: submitted without an attribute.
    Plan(
        "safety_reply",
        _drafts(1, "10:05", "luochuan", attribute=None),
        category="城乡建设",
        replaced=(("3号楼", "5号楼"),),
    ),
)

_IN_SECTION_REVIEW = (
    # Due today.
    Plan(
        "emergency_plan",
        (
            *_drafts(2, "09:00", "linxiaowen"),
            _claims(1, "09:20", "zhouyan", "section_review"),
        ),
        category="应急管理",
    ),
    Plan(
        "campus_safety",
        _drafts(1, "14:30", "hemin"),
        category="教育",
        replaced=(
            ("校园安全隐患", "学校食堂安全隐患"),
            ("人员手机13800138000", "电话000-0000 0000"),
        ),
    ),
)

_IN_SECRECY_REVIEW = (
    # Overdue: the head has been told, the superior's office not yet.
    Plan(
        "website_check",
        (
            *_drafts(6, "09:30", "linxiaowen"),
            *_section_agrees(5, "09:10", "zhouyan"),
            _claims(4, "10:00", "gaoyuanhang", "secrecy_review"),
        ),
        category="综合政务",
    ),
    Plan(
        "budget_disclosure",
        (
            *_drafts(3, "10:50", "shenqing"),
            *_section_agrees(2, "15:40", "matingshu", "要求明确，同意主动公开。"),
        ),
        category="财政预决算",
    ),
)

_IN_APPROVAL = (
    Plan(
        "funds_request",
        (
            *_drafts(
                5,
                "14:20",
                "shenqing",
                attribute="not_public",
                attribute_reason=(
                    "在讨论、研究阶段形成的请示，属于条例第16条第2款规定的过程性信息。"
                ),
            ),
            *_section_agrees(4, "09:30", "matingshu", "同意不予公开。"),
            *_secrecy_agrees(1, "11:10", "wuruoxi", "过程性信息，同意不予公开。"),
        ),
        category="财政预决算",
    ),
    Plan(
        "training",
        (
            *_drafts(4, "10:20", "linxiaowen"),
            *_section_agrees(3, "16:00", "zhouyan"),
            *_secrecy_agrees(1, "15:05", "gaoyuanhang"),
        ),
        category="综合政务",
        replaced=(("第一期", "第二期"),),
    ),
    # Approved; it waits for its day.
    Plan(
        "training",
        (
            *_drafts(8, "11:00", "linxiaowen"),
            *_section_agrees(8, "15:35", "zhouyan"),
            *_secrecy_agrees(7, "16:30", "gaoyuanhang"),
            *_approves(6, "09:10", "luwensheng", publish=-2),
        ),
        category="综合政务",
    ),
)

_MATTERS = (
    *_PUBLISHED,
    *_KEPT,
    *_DRAFTING,
    *_IN_SECTION_REVIEW,
    *_IN_SECRECY_REVIEW,
    *_IN_APPROVAL,
)
