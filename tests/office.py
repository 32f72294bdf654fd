"""A small office for tests, and people who do things in it, in the office's words."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import (
    candidates,
    circulation,
    deadlines,
    files,
    following,
    handing,
    inbox,
    instances,
    people,
    settings,
    tasks,
    urging,
)
from engine.clock import OFFICE_ZONE
from engine.errors import NotFound
from engine.execution import instance_of
from engine.history import case_stream, entries
from engine.timers import fire_due
from engine.visibility import require_case
from engine.work import Engine, Work
from models.people import (
    Level,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    PostHolding,
    Role,
    RoleHolding,
    Root,
)
from models.workflow import Case, Deadline, Task, TaskStatus
from tests import review_answers

#: `with refused(TaskAlreadyClaimed):` an act that must not be done.
refused = pytest.raises

#: A short document of our own.
NOTICE = (
    "云川区人民政府办公室关于做好2026年政务公开培训工作的通知\n\n"
    "各镇人民政府、街道办事处，区政府各部门：\n"
    "为提高政务公开工作水平，现就2026年培训工作通知如下。\n"
)


#: What everybody answers at a step when nothing is wrong; for `Office.brings`.
USUAL_ANSWERS: dict[str, dict[str, Any]] = {
    "section_review": {"outcome": "agreed"},
    "disclosure_review": {"outcome": "agreed"},
    "legality_review": {"outcome": "agreed", "opinion": "内容合法。"},
    "co_sign_document": {"outcome": "agreed"},
    "office_check": {"outcome": "agreed"},
    "sign": {"outcome": "signed"},
    "seal": {"outcome": "sealed"},
    "register_historical": {"outcome": "registered"},
    "interpretation_plan": {
        "outcome": "submitted",
        "focus": "谁参加培训、什么时候报名",
        "timing": "together",
        "forms": "text",
        "channels": "website",
    },
    "interpretation_material": {
        "outcome": "submitted",
        "background": "依据《政府信息公开条例》第47条。",
        "goals": "今年把公开工作人员培训一遍。",
        "content": "四月、九月各办一期。",
        "standards": "每期两天，考核合格发证。",
        "benefits": "参加培训不收费。",
        "changes": "今年第一次办，没有旧政策。",
    },
    "approve_publication": {
        "outcome": "approved",
        "channels": "website",
        "audience": "everyone",
        "publish_on": "2026-03-02",
    },
    "publication_review": {"outcome": "agreed"},
    "approve_change": {"outcome": "approved", "publish_on": "2026-03-02"},
    "interpretation_consult": {"outcome": "agreed"},
    "interpretation_co_sign": {"outcome": "agreed"},
    "interpretation_sign": {"outcome": "signed"},
    "interpretation_evaluate": {
        "outcome": "evaluated",
        "reach": "1200",
        "questions": "3",
        "understanding": "good",
        "evaluation": "问报名时间的多，下次把时间放在图上。",
    },
}

#: How a document is drafted that is not to be public, and why.
NOT_PUBLIC = {
    "attribute": "not_public",
    "ground": "internal",
    "attribute_reason": "只规定本单位的内部工作流程。",
}
ON_REQUEST = {
    "attribute": "on_request",
    "on_request_reason": "只涉及一个单位，不属于条例第19至21条的事项。",
}


class SetClock:
    """A clock that stands where it was put."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def __call__(self) -> datetime:
        return self.instant

    def set(self, day: str, hour: str = "10:00") -> None:
        """Put the clock on an hour of a day in the office."""
        local = datetime.fromisoformat(f"{day}T{hour}:00").replace(tzinfo=OFFICE_ZONE)
        self.instant = local.astimezone(UTC)


@dataclass
class Actor:
    """One person in a test, who claims, decides and sees."""

    office: "Office"
    id: int
    name: str

    def work(self) -> Any:
        """Open an act of this person."""
        return self.office.engine.work(self.id)

    @property
    def public_id(self) -> str:
        """The person's public id."""
        with self.office.engine.read() as work:
            return person_row(work, self).public_id

    def begins(self) -> "Matter":
        """起办: open a case for a new document."""
        begin = self.office.engine.definitions.process("document_review").begin
        assert begin is not None
        with self.work() as work:
            return Matter(self.office, begin(work).id)

    def uploads(
        self,
        data: bytes | str = NOTICE,
        name: str = "正文.txt",
        accepted: Collection[str] = files.DOCUMENTS,
    ) -> str:
        """Upload a file; returns its public id."""
        content = data.encode() if isinstance(data, str) else data
        with self.work() as work:
            root = work.actor.root_id
            assert root is not None
            kept = files.store(work, name, content, root_id=root, accepted=accepted)
            return kept.public_id

    def drafts(self, *, text: bytes | str = NOTICE, **answers: Any) -> "Matter":
        """拟稿: begin a document and submit it."""
        matter = self.begins()
        self.submits(matter, text=text, **answers)
        return matter

    def submits(
        self, matter: "Matter", *, text: bytes | str = NOTICE, **answers: Any
    ) -> None:
        """Submit the draft of a matter.

        Issuer and joint issuers are named by their short names. With a day on which
        it was formed, it is one that was signed before (补录).
        """
        filled = {
            "secrecy": "none",
            "title": "关于做好2026年政务公开培训工作的通知",
            "kind": "general",
            "signed_before": "yes" if "formed_on" in answers else "no",
            "formed_on": "2026-03-02",
            "attribute": "public",
            "is_sensitive": "no",
            "file": self.uploads(text),
            **answers,
        }
        if "issuer" in answers:
            filled["issuer"] = self.office.public_id(answers["issuer"])
        if "joint_issuers" in answers:
            filled["joint_issuers"] = [
                self.office.public_id(name) for name in answers["joint_issuers"]
            ]
        self.does(matter, "draft", outcome="submitted", **filled)

    def does(self, matter: "Matter", element: str, **answers: Any) -> None:
        """Claim and complete the open task of an element."""
        with self.work() as work:
            task = matter.open_task(work, element)
            tasks.require_task(work, task.public_id)
            tasks.claim(work, task)
            tasks.complete(work, task, revision=task.revision, answers=answers)

    def claims(self, matter: "Matter", element: str) -> None:
        """领取."""
        with self.work() as work:
            tasks.claim(work, matter.open_task(work, element))

    def unclaims(self, matter: "Matter", element: str) -> None:
        """退领."""
        with self.work() as work:
            tasks.unclaim(work, matter.open_task(work, element))

    def hands(
        self, matter: "Matter", element: str, to: "Actor", reason: str = "下周出差。"
    ) -> None:
        """转办."""
        with self.work() as work:
            task = matter.open_task(work, element)
            handing.reassign(
                work, task, to.public_id, revision=task.revision, reason=reason
            )

    def lends(
        self, matter: "Matter", element: str, to: "Actor", reason: str = "先写意见。"
    ) -> None:
        """委派."""
        with self.work() as work:
            task = matter.open_task(work, element)
            handing.delegate(
                work, task, to.public_id, revision=task.revision, reason=reason
            )

    def gives_back(self, matter: "Matter", element: str, answer: str = "") -> None:
        """交回."""
        with self.work() as work:
            task = matter.open_task(work, element)
            handing.give_back(work, task, revision=task.revision, answer=answer)

    def takes_back(self, matter: "Matter", element: str) -> None:
        """收回."""
        with self.work() as work:
            task = matter.open_task(work, element)
            handing.take_back(work, task, revision=task.revision)

    def urges(self, matter: "Matter", element: str, words: str = "") -> None:
        """催办."""
        with self.work() as work:
            urging.urge(work, matter.open_task(work, element), words)

    def copies(self, matter: "Matter", *to: "Actor", words: str = "") -> None:
        """抄送."""
        with self.work() as work:
            case = require_case(work, matter.case(work).public_id)
            circulation.send(work, case, [each.public_id for each in to], words)

    def reads(self, matter: "Matter") -> None:
        """Open the page of a case."""
        with self.work() as work:
            case = require_case(work, matter.case(work).public_id)
            circulation.mark_read(work, case)
            following.mark_seen(work, case)

    def follows(self, matter: "Matter") -> None:
        """关注."""
        with self.work() as work:
            following.follow(work, require_case(work, matter.case(work).public_id))

    def opens(self, matter: "Matter", element: str) -> None:
        """Open the page of a task."""
        with self.work() as work:
            task = matter.open_task(work, element)
            tasks.mark_opened(work, tasks.require_task(work, task.public_id))

    def types(self, matter: "Matter", element: str, **answers: Any) -> None:
        """Type something into a step's form without submitting it."""
        with self.work() as work:
            tasks.save_draft(work, matter.open_task(work, element), answers)

    def typed(self, matter: "Matter", element: str) -> dict[str, Any] | None:
        """Return what this person has typed into a step's form."""
        with self.office.engine.read(self.id) as work:
            draft = tasks.draft_of(work, matter.open_task(work, element))
            return draft.answers if draft else None

    def acknowledges(self, matter: "Matter") -> None:
        """阅知: confirm the notice of a matter that reaches this person."""
        with self.work() as work:
            for notice in matter.open_notices(work):
                if work.actor.holds(Role(notice.role), notice.organisation_id):
                    tasks.acknowledge(work, notice)

    def finds(self, matter: "Matter", element: str) -> bool:
        """Tell whether the open task of an element is there for this person."""
        with self.office.engine.read(self.id) as work:
            task = matter.open_task(work, element)
            try:
                tasks.require_task(work, task.public_id)
            except NotFound:
                return False
            return True

    def sees(self, matter: "Matter") -> bool:
        """Tell whether the case page is there for this person."""
        with self.office.engine.read(self.id) as work:
            try:
                require_case(work, matter.case(work).public_id)
            except NotFound:
                return False
            return True

    @property
    def in_hand(self) -> list[tuple[str, date]]:
        """待办: names of tasks with their nearest last day."""
        with self.office.engine.read(self.id) as work:
            return _listed(inbox.in_hand(work))

    @property
    def to_claim(self) -> list[tuple[str, date]]:
        """待领: names of tasks and notices with their nearest last day."""
        with self.office.engine.read(self.id) as work:
            return _listed(inbox.to_claim(work))

    def agrees(self, matter: "Matter", element: str, opinion: str = "") -> None:
        """同意."""
        self.does(matter, element, outcome="agreed", opinion=opinion)

    def returns(self, matter: "Matter", element: str, reason: str = "content") -> None:
        """退回."""
        self.does(
            matter, element, outcome="returned", reason=reason, opinion="第二段要改。"
        )

    def objects(self, matter: "Matter", reason: str = "content") -> None:
        """会签不同意."""
        self.does(
            matter,
            "co_sign_document",
            outcome="objected",
            reason=reason,
            opinion="第二段要改。",
        )

    def signs(self, matter: "Matter", opinion: str = "") -> None:
        """签发."""
        self.does(matter, "sign", outcome="signed", opinion=opinion)

    def seals(self, matter: "Matter", **answers: Any) -> None:
        """用印."""
        self.does(matter, "seal", outcome="sealed", **answers)

    def approves(self, matter: "Matter", publish_on: str) -> None:
        """批准公开."""
        self.does(
            matter,
            "approve_publication",
            outcome="approved",
            channel="website",
            publish_on=publish_on,
        )

    def lets_out(self, matter: "Matter", publish_on: str, **answers: Any) -> None:
        """审定发布."""
        answers = {"channels": "website", "audience": "everyone", **answers}
        self.does(
            matter,
            "approve_publication",
            outcome="approved",
            publish_on=publish_on,
            **answers,
        )

    def asks_to_change(self, document: str, **answers: Any) -> "Matter":
        """提出更改: begin a case for a published document, by its public id."""
        begin = self.office.engine.definitions.process("publication").begin
        assert begin is not None
        with self.work() as work:
            matter = Matter(self.office, begin(work).id)
        self.asks_again(matter, document=document, **answers)
        return matter

    def asks_again(self, matter: "Matter", **answers: Any) -> None:
        """Submit the request of a change; `files` holds new bytes by paper."""
        typed = {
            f"files.{paper}": self.uploads(data)
            for paper, data in answers.pop("files", {}).items()
        }
        self.does(
            matter, "publication_request", outcome="submitted", **answers, **typed
        )


@dataclass
class Matter:
    """One case in a test."""

    office: "Office"
    id: int

    def case(self, work: Work) -> Case:
        """Return the case's row."""
        return work.session.get_one(Case, self.id)

    def open_task(self, work: Work, element: str) -> Task:
        """Return the open task of an element, or the last one that was.

        Among those of several organisations the one that the actor may take.
        """
        found = work.session.scalars(
            select(Task)
            .where(Task.case_id == self.id, Task.element == element)
            .where(Task.kind == "work")
            .order_by(Task.id.desc())
        ).all()
        still_open = [
            task
            for task in found
            if task.status in (TaskStatus.READY, TaskStatus.CLAIMED)
        ]
        own = [
            task
            for task in still_open
            if work.actor.holds(Role(task.role), task.organisation_id)
        ]
        return (own or still_open or found)[0]

    @property
    def open_steps(self) -> list[str]:
        """The elements at which people have to act now."""
        with self.office.engine.read() as work:
            return [t.element for t in instances.open_tasks(work, self.case(work))]

    @property
    def waits_at(self) -> list[str]:
        """The names of the steps that people have to take now."""
        with self.office.engine.read() as work:
            return [t.name for t in instances.open_tasks(work, self.case(work))]

    @property
    def assignee(self) -> str:
        """Who has the only open task in hand; empty while it is to be claimed."""
        with self.office.engine.read() as work:
            (task,) = instances.open_tasks(work, self.case(work))
            return task.assignee.name if task.assignee else ""

    def limit(self, name: str) -> Deadline:
        """Return the newest limit of a name, as a detached row."""
        with self.office.engine.read() as work:
            rows = deadlines.of_case(work, self.case(work))
            return [row for row in rows if row.name == name][-1]

    def open_notices(self, work: Work) -> Sequence[Task]:
        """Return the rows of the open notices."""
        return work.session.scalars(
            select(Task)
            .where(Task.case_id == self.id, Task.kind == "notice")
            .where(Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)))
            .order_by(Task.id)
        ).all()

    @property
    def history(self) -> list[str]:
        """The sentences of the history, oldest first."""
        with self.office.engine.read() as work:
            found = entries(work.session, case_stream(self.id))
            return [entry.sentence for entry in reversed(found)]

    @property
    def notices(self) -> list[tuple[str, str]]:
        """The open notices: role of the recipients, and what they are told."""
        with self.office.engine.read() as work:
            return [(row.role, row.message) for row in self.open_notices(work)]


@dataclass(frozen=True)
class OfficeKeys:
    """Where the test office's rows are in a copied database."""

    root_id: int
    organisations: dict[str, int]
    people: dict[str, tuple[int, str]]


@dataclass
class Office:
    """A district government with an office and a finance bureau, and their people."""

    engine: Engine
    clock: SetClock
    root_id: int = 0
    organisations: dict[str, int] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)

    @classmethod
    def over(cls, engine: Engine, clock: SetClock, keys: OfficeKeys) -> "Office":
        """Return the office that a copied database holds."""
        office = cls(engine, clock, keys.root_id, dict(keys.organisations))
        office.people = {
            login: Actor(office, key, name)
            for login, (key, name) in keys.people.items()
        }
        return office

    @property
    def keys(self) -> OfficeKeys:
        """Where this office's rows are."""
        known = {login: (actor.id, actor.name) for login, actor in self.people.items()}
        return OfficeKeys(self.root_id, dict(self.organisations), known)

    def __getattr__(self, login: str) -> Actor:
        try:
            return self.__dict__["people"][login]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(login) from None

    def organisation(self, work: Work, key: str) -> Organisation:
        """Return an organisation by its short name."""
        return work.session.get_one(Organisation, self.organisations[key])

    def public_id(self, key: str) -> str:
        """Return the public id of an organisation by its short name."""
        with self.engine.read() as work:
            return self.organisation(work, key).public_id

    def brought_to(self, step: str, **answers: Any) -> "Matter":
        """Return a new document of lin's that everybody has let go on to a step."""
        matter = self.lin.drafts(**answers)
        self.brings(matter, step)
        return matter

    def brings(self, matter: "Matter", step: str) -> None:
        """Let everybody do the usual at each step until one is reached."""
        while step not in matter.open_steps:
            self.does_the_usual(matter, matter.open_steps[0])

    def does_the_usual(self, matter: "Matter", element: str) -> None:
        """Let somebody do an open step as if nothing were wrong."""
        self.usual_person(matter, element).does(
            matter, element, **self._usual_answers(matter, element)
        )

    def _usual_answers(self, matter: "Matter", element: str) -> dict[str, Any]:
        if element not in review_answers.STEPS:
            return USUAL_ANSWERS[element]
        with self.engine.read() as work:
            return review_answers.usual(work, matter.case(work), element)

    def usual_person(self, matter: "Matter", element: str) -> Actor:
        """Return somebody of this office who may do an open step."""
        with self.engine.read() as work:
            task = matter.open_task(work, element)
            run = self.engine.definitions.parsed(
                instance_of(work, task.case).definition
            )
            separated = run.separated(run.elements[element])
            makers = candidates.makers(work, task.case, separated)
            may = {
                person.id
                for person in candidates.holders(work, task.role, task.organisation_id)
            }
        return next(
            actor for actor in self.people.values() if actor.id in may - makers.keys()
        )

    @property
    def today(self) -> str:
        """The day in the office, as it is typed."""
        return self.clock.instant.astimezone(OFFICE_ZONE).date().isoformat()

    def fires(self) -> int:
        """Let the background runner fire what is due now."""
        return fire_due(self.engine)

    def sets(
        self, key: str, value: Any, *, valid_from: date, place: str | None = None
    ) -> None:
        """Let a setting hold for the tree, or for one organisation, from a day on."""
        with self.engine.work() as work:
            settings.write(
                work,
                key,
                value,
                valid_from=valid_from,
                reason="试行",
                root_id=self.root_id,
                organisation_id=self.organisations[place] if place else None,
            )

    def ends_role(self, actor: Actor, role: Role, last_day: date) -> None:
        """Let a person hold a role until a day."""
        with self.engine.work() as work:
            people.end_role(work, holding(work, actor, role), last_day=last_day)

    def moves(self, actor: Actor, place: str) -> None:
        """Let a person's post be elsewhere from tomorrow on."""
        with self.engine.work() as work:
            here = select(PostHolding).where(PostHolding.person_id == actor.id)
            left = work.session.scalars(here).one()
            left.valid_to, tomorrow = work.today, work.today + timedelta(days=1)
            post = Post(
                root_id=self.root_id,
                organisation_id=self.organisations[place],
                title="干部",
                valid_from=tomorrow,
            )
            work.session.add(post)
            work.session.flush()
            work.session.add(
                PostHolding(
                    root_id=self.root_id,
                    post_id=post.id,
                    person_id=actor.id,
                    valid_from=tomorrow,
                )
            )

    def gives_role(self, actor: Actor, role: Role, place: str) -> None:
        """Let a person hold a role from today."""
        with self.engine.work() as work:
            people.give_role(
                work, person_row(work, actor), role, self.organisation(work, place)
            )

    def add_stranger(self) -> Actor:
        """Add another tree of organisations with one person who leads all of it."""
        with self.engine.work() as work:
            root = people.make_root(work, "雾山区")
            self.organisations["雾山区政府"] = people.make_organisation(
                work,
                root,
                name="雾山区人民政府",
                short_name="雾山区政府",
                kind=OrganisationKind.GOVERNMENT,
                level=Level.COUNTY,
                region="500198",
                code="500198001",
                valid_from=date(2020, 1, 1),
            ).id
        roles = [Role.HANDLER, Role.SECTION_HEAD, Role.SECRECY_REVIEWER]
        roles += [Role.DISCLOSURE_HEAD, Role.UNIT_HEAD]
        place = "雾山区政府"
        return self.add_person("wu", "吴远", place, *((role, place) for role in roles))

    def add_person(
        self, login: str, name: str, place: str, *roles: tuple[Role, str]
    ) -> Actor:
        """Add somebody with roles in organisations."""
        with self.engine.work() as work:
            person = people.make_person(
                work,
                self.organisation(work, place),
                name=name,
                login=login,
                title="干部",
                password=PASSWORD,
                roles=[(role, self.organisation(work, at)) for role, at in roles],
            )
            actor = Actor(self, person.id, name)
        self.people[login] = actor
        return actor


PASSWORD = "correct horse battery"


def build_office(engine: Engine, clock: SetClock) -> Office:
    """Fill an empty database with the test office."""
    office = Office(engine, clock)
    with engine.work() as work:
        engine.definitions.deploy(work)
        root = people.make_root(work, "云川区")
        office.root_id = root.id
        make = _maker(work, office, root)
        district = make("区政府", OrganisationKind.GOVERNMENT, "500199001", None)
        gov_office = make("区政府办", OrganisationKind.OFFICE, "500199002", district)
        finance = make("区财政局", OrganisationKind.DEPARTMENT, "500199003", district)
        district.symbol, gov_office.symbol = "云川府发", "云川府办发"
        finance.symbol = "云川财"
        # A department's superior in disclosure work is the government's office (Art 3).
        finance.superior_id = gov_office.id
        make("信息公开科", OrganisationKind.SECTION, "1", gov_office)
        make("预算科", OrganisationKind.SECTION, "2", finance)
        make("办公室", OrganisationKind.SECTION, "3", finance)
        _set_up_letters(work, root)
    add = office.add_person
    add("admin", "区管理员", "区政府", (Role.SYSTEM_ADMINISTRATOR, "区政府"))
    add("lin", "林晓雯", "信息公开科", (Role.HANDLER, "信息公开科"))
    add("zhou", "周砚", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    add("gao", "高远航", "区政府办", (Role.SECRECY_REVIEWER, "区政府办"))
    add("liang", "梁敬之", "区政府办", (Role.DISCLOSURE_HEAD, "区政府办"))
    add("qin", "秦主任", "区政府办", (Role.UNIT_HEAD, "区政府办"))
    add("shen", "沈清", "预算科", (Role.HANDLER, "预算科"))
    add("ma", "马科长", "预算科", (Role.SECTION_HEAD, "预算科"))
    add("he", "何敏", "办公室", (Role.SECRECY_REVIEWER, "区财政局"))
    add("tang", "唐晓", "办公室", (Role.DISCLOSURE_HEAD, "区财政局"))
    add("luo", "罗局长", "区财政局", (Role.UNIT_HEAD, "区财政局"))
    add("gu", "顾区长", "区政府", (Role.UNIT_HEAD, "区政府"))
    add("lu", "陆副区长", "区政府", (Role.DISCLOSURE_HEAD, "区政府"))
    add("peng", "彭越", "区政府办", (Role.LEGAL_REVIEWER, "区政府办"))
    add(
        *("han", "韩松年", "区政府办"),
        (Role.SECTION_HEAD, "区政府办"),
        (Role.SEAL_KEEPER, "区政府办"),
        (Role.SEAL_KEEPER, "区政府"),
    )
    add("fang", "方正", "办公室", (Role.LEGAL_REVIEWER, "区财政局"))
    add("yin", "殷朱", "办公室", (Role.SEAL_KEEPER, "区财政局"))
    add("wen", "文静", "办公室", (Role.DISCLOSURE_CLERK, "区财政局"))
    # A government and its office differ; its requests are handled by the office.
    add(
        *("dai", "戴明", "信息公开科"),
        (Role.DISCLOSURE_CLERK, "区政府办"),
        (Role.DISCLOSURE_CLERK, "区政府"),
    )
    return office


def _set_up_letters(work: Work, root: Root) -> None:
    """Let every agency of the tree write letters."""
    opened = date(2020, 1, 1)
    values = {
        "letters.contact": "云川区政府信息公开科，云川区行政中心2号楼，电话12345",
        "letters.reconsideration_site": "https://fuyi.example.gov.cn",
    }
    for key, value in values.items():
        settings.write(
            work, key, value, valid_from=opened, reason="启用", root_id=root.id
        )
    settings.write(
        work,
        "letters.reconsideration_body",
        "山南市人民政府",
        valid_from=opened,
        reason="启用",
        root_id=root.id,
        organisation_id=work.session.scalars(
            select(Organisation.id).where(Organisation.name == "云川区政府")
        ).one(),
    )


def _maker(work: Work, office: Office, root: Root) -> Callable[..., Organisation]:
    def make(
        name: str, kind: OrganisationKind, code: str, parent: Organisation | None
    ) -> Organisation:
        made = people.make_organisation(
            work,
            root,
            name=f"云川{name}",
            short_name=name,
            kind=kind,
            level=Level.COUNTY,
            region="500199",
            code=code,
            parent=parent,
            valid_from=date(2020, 1, 1),
        )
        office.organisations[name] = made.id
        return made

    return make


def holding(work: Work, actor: Actor, role: Role) -> RoleHolding:
    """Return the row by which a person holds a role."""
    return work.session.scalars(
        select(RoleHolding).where(
            RoleHolding.person_id == actor.id, RoleHolding.role == role
        )
    ).one()


def _listed(page: inbox.Page) -> list[tuple[str, date]]:
    return [
        (row.task.name, (row.deadline and row.deadline.due_on) or deadlines.NEVER)
        for row in page.rows
    ]


def person_row(work: Work, actor: Actor) -> Person:
    """Return a person's row."""
    return work.session.get_one(Person, actor.id)
