"""抄送 and 传阅: showing a case to people who have nothing to do in it.

Who works or has worked in a case, has begun it or leads where it comes from may send
copies of it; who only got a copy may not pass it on. A copy gives sight and no power.
It goes to people of the agencies that have a part in the case, who become its readers.
A case that is a 工作秘密 or holds personal data gets no new readers by a copy: there it
goes to people who may read it already. Opening the case is the read receipt.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine import candidates, visibility
from engine.actors import person_subject
from engine.errors import InvalidAnswers, NotAllowed
from engine.inbox import PAGE
from engine.visibility import visible_to
from engine.work import Work
from models.handing import CaseCopy
from models.people import Organisation, Person
from models.workflow import Case, CaseParty, Task, TaskKind

#: What is said with a copy, at most so many characters.
LONGEST_WORDS = 200


def may_send(work: Work, case: Case) -> bool:
    """Tell whether the actor may show a case to others."""
    person = work.actor.person_id
    if person is None or not visibility.may_read(work, case):
        return False
    own = select(Task.id).where(
        Task.case_id == case.id,
        Task.kind == TaskKind.WORK,
        (Task.assignee_id == person) | (Task.completed_by == person),
    )
    return (
        case.started_by == person
        or candidates.leads(work, candidates.party(work, case, "drafting"))
        or work.session.scalars(own.limit(1)).first() is not None
    )


def receivers(work: Work, case: Case) -> list[Person]:
    """Return to whom a copy of a case may go."""
    rows = select(Organisation).join(
        CaseParty, CaseParty.organisation_id == Organisation.id
    )
    parties = work.session.scalars(rows.where(CaseParty.case_id == case.id))
    people = candidates.colleagues(
        work, {case.agency_id, *(place.agency for place in parties)}
    )
    if visibility.is_restricted(case.label):
        known = visibility.people_who_read(work, case)
        people = [person for person in people if person.id in known]
    return [person for person in people if person.id != work.actor.person_id]


def send(work: Work, case: Case, to: Collection[str], words: str = "") -> None:
    """抄送: show a case to people, by public id.

    Raises:
        NotAllowed: the actor has no part in the case.
        InvalidAnswers: nobody is named, somebody must not read it, or the words are
            too long.
    """
    if not may_send(work, case):
        msg = "抄送由办理这个事项的人、起办人或者负责人进行。"
        raise NotAllowed(msg)
    chosen = [each for each in receivers(work, case) if each.public_id in to]
    words, wrong = words.strip(), {}
    if not chosen or len(chosen) != len(set(to)):
        wrong["to"] = ["从名单里选要抄送的人。"]
    if len(words) > LONGEST_WORDS:
        wrong["words"] = [f"最多写{LONGEST_WORDS}个字，现在太长了。"]
    if wrong:
        raise InvalidAnswers(wrong)
    for person in chosen:
        work.session.add(
            CaseCopy(
                case_id=case.id,
                person_id=person.id,
                by_id=work.actor.required_person,
                words=words,
                sent_at=work.now,
            )
        )
    if not visibility.is_restricted(case.label):
        subjects = (person_subject(person.id) for person in chosen)
        visibility.allow_reading(work, case, *subjects)
    work.session.flush()
    work.record(
        case,
        "case_copied",
        f"{work.actor.name}抄送给{'、'.join(person.name for person in chosen)}。",
        quotation=words,
        data={"people": [person.id for person in chosen]},
    )


def unread(work: Work, case: Case) -> Sequence[CaseCopy]:
    """Return the actor's copies of a case that the actor has not opened yet."""
    return work.session.scalars(
        select(CaseCopy).where(
            CaseCopy.case_id == case.id,
            CaseCopy.person_id == work.actor.person_id,
            CaseCopy.read_at.is_(None),
        )
    ).all()


def mark_read(work: Work, case: Case) -> None:
    """已阅: record that the actor opened a case of which copies were sent."""
    found = unread(work, case)
    for copy in found:
        copy.read_at = work.now
    if found:
        work.session.flush()
        work.record(case, "copy_read", f"{work.actor.name}已阅抄送。")


def of_case(work: Work, case: Case) -> Sequence[CaseCopy]:
    """Return the copies of a case, in the order in which they were sent."""
    return work.session.scalars(
        select(CaseCopy)
        .where(CaseCopy.case_id == case.id)
        .options(joinedload(CaseCopy.person), joinedload(CaseCopy.by))
        .order_by(CaseCopy.id)
    ).all()


def to_me(work: Work, before: int | None = None) -> Sequence[CaseCopy]:
    """抄送我: the actor's copies of cases that the actor may still read, newest first,
    before a key."""
    query = (
        select(CaseCopy)
        .join(Case, CaseCopy.case_id == Case.id)
        .where(CaseCopy.person_id == work.actor.person_id, visible_to(work.actor))
        .options(joinedload(CaseCopy.case), joinedload(CaseCopy.by))
        .order_by(CaseCopy.id.desc())
        .limit(PAGE)
    )
    if before is not None:
        query = query.where(CaseCopy.id < before)
    return work.session.scalars(query).all()
