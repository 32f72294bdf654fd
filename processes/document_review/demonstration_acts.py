"""What people of the demonstration office do with a document, and its text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
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
from models.people import Organisation
from models.workflow import Case, Task
from processes.document_review.demonstration_answers import usual
from processes.document_review.record import begin

#: Documents written for the demonstration, in the manner of real ones.
SAMPLES = Path(__file__).parent / "samples"

#: The year in which the samples are written, and the day they are signed on.
_YEAR = 2026
_SIGNED = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$", re.MULTILINE)

#: When people of an office take a step, one after the other.
_HOURS = ("09:20", "10:40", "14:10", "15:30", "16:40")


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
class House:
    """Who does what in an agency, by login."""

    handler: str
    section: str
    head: str
    seal: str
    secrecy: str
    legal: str
    disclosure: str

    def whose(self, element: str) -> str:
        """Return who takes a step."""
        return str(getattr(self, _WHOSE[element]))


_WHOSE = {
    "draft": "handler",
    "section_review": "section",
    "disclosure_review": "disclosure",
    "legality_review": "legal",
    "interpretation_plan": "handler",
    "interpretation_material": "handler",
    "interpretation_sign": "head",
    "sign": "head",
    "register_historical": "disclosure",
    "seal": "seal",
    "prepare_copy": "handler",
    "secrecy_first": "section",
    "secrecy_second": "secrecy",
    "content_review": "legal",
    "approve_publication": "disclosure",
}


OFFICE = House(
    handler="linxiaowen",
    section="zhouyan",
    head="qinshouzhuo",
    seal="hansongnian",
    secrecy="gaoyuanhang",
    legal="peizhilv",
    disclosure="luwensheng",
)
FINANCE = House(
    handler="shenqing",
    section="matingshu",
    head="hewangzhi",
    seal="wuruoxi",
    secrecy="wuruoxi",
    legal="lianzhengze",
    disclosure="tangyining",
)
EDUCATION = House(
    handler="hemin",
    section="xieyunshu",
    head="suhuaijin",
    seal="jiangyiwei",
    secrecy="jiangyiwei",
    legal="yindeming",
    disclosure="qujiangliu",
)
HOUSING = House(
    handler="luochuan",
    section="shiyansong",
    head="dengshuyan",
    seal="dingyuan",
    secrecy="dingyuan",
    legal="chudingfang",
    disclosure="minxingzhi",
)


@dataclass(frozen=True)
class Act:
    """What somebody does with a matter, on which working day before today."""

    days_ago: int
    hour: str
    who: str
    does: Callable[[Work, "Matter", Demonstration], None]
    element: str = ""

    @property
    def moment(self) -> tuple[int, str]:
        """The key by which acts are in the order of time."""
        return -self.days_ago, self.hour


@dataclass(frozen=True)
class Plan:
    """A document and what happens to it."""

    sample: str
    acts: tuple[Act, ...]
    #: How the file differs from the sample, for a second document of its kind.
    replaced: tuple[tuple[str, str], ...] = ()
    #: What its draft says besides title and text.
    draft: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signed_days_ago(self) -> int:
        """The day that stands under the text: of the signature, else of the draft."""
        signed = [act.days_ago for act in self.acts if act.element == "sign"]
        return signed[-1] if signed else self.acts[0].days_ago


@dataclass
class Matter:
    """The case of a planned document."""

    plan: Plan
    case_id: int = 0

    def task(self, work: Work, element: str) -> Task:
        """Return the open task of a step; of several organisations' the actor's."""
        case = work.session.get_one(Case, self.case_id)
        found = [task for task in open_tasks(work, case) if task.element == element]
        own = [task for task in found if task.place.agency == work.actor.agency_id]
        return (own or found)[0]


def begins(days_ago: int, hour: str, who: str) -> Act:
    """起办: open the case of a document."""

    def does(work: Work, matter: Matter, _office: Demonstration) -> None:
        matter.case_id = begin(work).id

    return Act(days_ago, hour, who, does)


def drafts(house: House, days_ago: int, hour: str = "09:00") -> tuple[Act, ...]:
    """拟稿: begin a document and submit it within the hour."""
    later = f"{hour[:2]}:50"
    return begins(days_ago, hour, house.handler), submits(house, days_ago, later)


def submits(
    house: House,
    days_ago: int,
    hour: str,
    *,
    replaced: Sequence[tuple[str, str]] = (),
    **draft: Any,
) -> Act:
    """Upload the text and submit the draft."""

    def does(work: Work, matter: Matter, office: Demonstration) -> None:
        plan = matter.plan
        said = {**_DRAFT, **plan.draft, **draft}
        formed_on = said.get("formed_on")
        signed_on = (
            date.fromisoformat(formed_on)
            if formed_on
            else office.day(plan.signed_days_ago)
        )
        text = sample_text(plan.sample, signed_on, (*plan.replaced, *replaced))
        said["title"] = text.splitlines()[0]
        said["file"] = _uploads(work, matter, "正文.txt", text)
        if "risk_plan" in said:
            said["risk_plan"] = _uploads(
                work, matter, "处置预案.txt", said["risk_plan"]
            )
        for name in ("issuer", "joint_issuers"):
            if name in said:
                said[name] = [_public_id(work, short) for short in said[name].split()]
        said["issuer"] = "".join(said.get("issuer", []))
        _complete(work, matter.task(work, "draft"), said)

    return Act(days_ago, hour, house.handler, does)


#: What a draft says where its plan says nothing else.
_DRAFT = {
    "secrecy": "none",
    "kind": "general",
    "signed_before": "no",
    "attribute": "public",
    "is_sensitive": "no",
    "outcome": "submitted",
}


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


def takes(days_ago: int, hour: str, who: str, element: str, **answers: Any) -> Act:
    """Take a step: the usual, but for what is said otherwise."""

    def does(work: Work, matter: Matter, office: Demonstration) -> None:
        task = matter.task(work, element)
        # Who decides otherwise than usual says everything.
        said = answers if "outcome" in answers else {**usual(work, task), **answers}
        said = dict(said)
        if isinstance(said.get("publish_on"), int):
            said["publish_on"] = office.day(said["publish_on"]).isoformat()
        _complete(work, task, said)

    return Act(days_ago, hour, who, does, element)


def walks(
    house: House, days_ago: int, hour: str, *elements: str, **answers: Any
) -> tuple[Act, ...]:
    """Let the people of a house take steps one after the other, several on a day.

    `answers` are those of the last step.
    """
    acts = []
    slot = _HOURS.index(hour)
    for element in elements:
        last = element == elements[-1]
        day = days_ago - slot // len(_HOURS)
        at = _HOURS[slot % len(_HOURS)]
        said = answers if last else {}
        acts.append(takes(day, at, house.whose(element), element, **said))
        slot += 1
    return tuple(acts)


def returns(
    days_ago: int, hour: str, who: str, element: str, **why: str
) -> tuple[Act, ...]:
    """退回, or object: say what is to be changed."""
    outcome = {"outcome": "returned", **why}
    return (takes(days_ago, hour, who, element, **outcome),)


def _uploads(work: Work, matter: Matter, name: str, text: str) -> str:
    root_id = work.session.get_one(Case, matter.case_id).root_id
    return files.store(work, name, text.encode(), root_id=root_id).public_id


def _public_id(work: Work, short_name: str) -> str:
    return (
        work.session.query(Organisation)
        .filter_by(root_id=work.actor.root_id, short_name=short_name)
        .one()
        .public_id
    )


def _complete(work: Work, task: Task, answers: Mapping[str, Any]) -> None:
    claim(work, task)
    complete(work, task, revision=task.revision, answers=answers)
