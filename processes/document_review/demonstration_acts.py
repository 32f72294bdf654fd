"""What people of the demonstration office do with a document, and its text."""

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


def drafts(
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
        begins(days_ago, hour, who),
        submits(
            days_ago,
            _later(hour, 50),
            who,
            attribute=attribute,
            attribute_reason=attribute_reason,
            replaced=replaced,
        ),
    )


def begins(days_ago: int, hour: str, who: str) -> Act:
    """起办: open the case of a document."""

    def does(work: Work, matter: Matter, office: Demonstration) -> None:
        matter.case_id = begin(work).id
        matter.formed_on = office.day(days_ago)

    return Act(days_ago, hour, who, does)


def submits(
    days_ago: int,
    hour: str,
    who: str,
    *,
    attribute: str | None = "public",
    attribute_reason: str = "",
    replaced: Sequence[tuple[str, str]] = (),
) -> Act:
    """Upload the text and submit the draft."""

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


def types(days_ago: int, hour: str, who: str, **answers: str) -> Act:
    """Type half a draft and leave it."""

    def does(work: Work, matter: Matter, _office: Demonstration) -> None:
        save_draft(work, matter.task(work, "draft"), answers)

    return Act(days_ago, hour, who, does)


def claims(days_ago: int, hour: str, who: str, element: str) -> Act:
    """领取."""

    def does(work: Work, matter: Matter, _office: Demonstration) -> None:
        claim(work, matter.task(work, element))

    return Act(days_ago, hour, who, does)


def decides(
    days_ago: int, hour: str, who: str, element: str, **answers: str
) -> tuple[Act, ...]:
    """Claim a step and decide it a little later."""

    def does(work: Work, matter: Matter, _office: Demonstration) -> None:
        _complete(work, matter.task(work, element), answers)

    return (
        claims(days_ago, hour, who, element),
        Act(days_ago, _later(hour, 25), who, does),
    )


def section_agrees(
    days_ago: int, hour: str, who: str, opinion: str = "内容属实，公开属性准确。"
) -> tuple[Act, ...]:
    """科室审核: agree."""
    return decides(
        days_ago, hour, who, "section_review", outcome="agreed", opinion=opinion
    )


def secrecy_agrees(
    days_ago: int,
    hour: str,
    who: str,
    opinion: str = "经审查不涉及国家秘密、工作秘密，可以公开。",
) -> tuple[Act, ...]:
    """保密审查: agree."""
    return decides(
        days_ago, hour, who, "secrecy_review", outcome="agreed", opinion=opinion
    )


def returns(
    days_ago: int, hour: str, who: str, element: str, **why: str
) -> tuple[Act, ...]:
    """退回: say what is to be changed."""
    return decides(days_ago, hour, who, element, outcome="returned", **why)


def approves(
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
        claims(days_ago, hour, who, "approve_publication"),
        Act(days_ago, _later(hour, 25), who, does),
    )


def _complete(work: Work, task: Task, answers: Mapping[str, Any]) -> None:
    claim(work, task)
    complete(work, task, revision=task.revision, answers=answers)


def _later(hour: str, minutes: int) -> str:
    clock = datetime.strptime(hour, "%H:%M").replace(tzinfo=UTC)
    return f"{clock + timedelta(minutes=minutes):%H:%M}"
