"""Forms that were forged: other people's files, other trees' organisations, keys that
the page did not offer."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import InvalidAnswers, NotFound
from models.documents import PaperVersion, VersionKind
from models.reviews import Finding
from processes.publication.tests.published import Told, document, publishes
from tests import review_answers
from tests.office import NOTICE, USUAL_ANSWERS, Matter, Office, refused

PLAN = "interpretation_plan"
MATERIAL = "interpretation_material"
#: Invented: no such person; the check digit is right.
IDENTITY = "500199199003072314"

Act = Callable[[Office, str], object]


def seals(office: Office, file: str) -> None:
    """用印 with a file."""
    office.han.seals(office.brought_to("seal"), sealed_version=file)


def writes_material(office: Office, file: str) -> None:
    """拟解读材料 with a file."""
    matter = office.brought_to(PLAN, kind="policy")
    plan = {**USUAL_ANSWERS[PLAN], "forms": "text qa"}
    office.lin.does(matter, PLAN, **plan)
    office.lin.does(matter, MATERIAL, **USUAL_ANSWERS[MATERIAL], qa=file)


def corrects(office: Office, **answers: Any) -> Matter:
    """Let lin ask for a correction of a published document."""
    told = document(office, publishes(office))
    return asks(office, told, **answers)


def asks(office: Office, told: Told, **answers: Any) -> Matter:
    """提出更正."""
    why = {"kind": "correct", "reason": "漏字。", "remains": "shown"}
    return office.lin.asks_to_change(told.public_id, **why, **answers)


def replaces(office: Office, file: str) -> None:
    """更正 the text by a file."""
    told = document(office, publishes(office))
    asks(office, told, **{f"files.{told.papers['正文']}": file})


@pytest.mark.parametrize(
    "act",
    [
        lambda office, file: office.lin.drafts(file=file),
        lambda office, file: office.lin.drafts(attachments=file),
        lambda office, file: office.lin.drafts(
            is_sensitive="yes", risk_assessment="可能有人问。", risk_plan=file
        ),
        seals,
        writes_material,
        lambda office, file: corrects(office, added=file),
        replaces,
    ],
    ids=["text", "attachment", "plan", "sealed", "material", "added", "corrected"],
)
def test_nobody_hands_in_what_somebody_else_has_uploaded(
    office: Office, act: Act
) -> None:
    file = office.shen.uploads("别人的文件。\n")
    with refused(NotFound):
        act(office, file)


def test_what_is_published_is_not_handed_in_as_the_offices_own(office: Office) -> None:
    told = document(office, publishes(office))
    with office.engine.read() as work:
        copy = work.session.scalars(
            select(PaperVersion).where(PaperVersion.kind == VersionKind.PUBLIC)
        ).one()
        public_id = copy.file.public_id
    with refused(NotFound):
        asks(office, told, added=public_id)


@pytest.mark.parametrize(
    "answers", [{"issuer": "雾山区政府"}, {"joint_issuers": ["雾山区政府"]}]
)
def test_nobody_of_another_tree_issues_our_documents(
    office: Office, answers: dict[str, Any]
) -> None:
    office.add_stranger()
    with refused(InvalidAnswers) as invalid:
        office.lin.drafts(**answers)
    assert invalid.value.errors.keys() == answers.keys()


def test_nobody_of_another_tree_is_asked(office: Office) -> None:
    office.add_stranger()
    matter = office.brought_to(PLAN, kind="policy")
    plan = {**USUAL_ANSWERS[PLAN], "consulted": office.public_id("雾山区政府")}
    with refused(InvalidAnswers) as invalid:
        office.lin.does(matter, PLAN, **plan)
    assert invalid.value.errors == {"consulted": ["名单有变化，重新选一下"]}


def test_an_item_that_nobody_asked_for_answers_none(office: Office) -> None:
    matter = office.brought_to("secrecy_first")
    answers = usual(office, matter, "secrecy_first")
    asked = next(name for name in answers if name.endswith(".state_secret"))
    forged = {**answers, asked: "", "items.bogus.state_secret": "clear"}
    with refused(InvalidAnswers) as invalid:
        office.zhou.does(matter, "secrecy_first", **forged)
    assert invalid.value.errors == {asked: ["正文的“国家秘密”还没有答"]}


def test_an_answer_that_is_not_on_the_list_is_none(office: Office) -> None:
    matter = office.brought_to("secrecy_first")
    answers = usual(office, matter, "secrecy_first")
    asked = next(name for name in answers if name.endswith(".state_secret"))
    with refused(InvalidAnswers) as invalid:
        office.zhou.does(matter, "secrecy_first", **{**answers, asked: "fine"})
    assert invalid.value.errors == {asked: ["正文的“国家秘密”还没有答"]}


def test_a_finding_is_answered_where_it_is(office: Office) -> None:
    text = f"{NOTICE}联系人身份证号{IDENTITY}。\n"
    here = office.brought_to("prepare_copy", text=text)
    elsewhere = office.brought_to("prepare_copy", text=text)
    of_another = {
        name: value
        for name, value in usual(office, elsewhere, "prepare_copy").items()
        if name.startswith("findings.")
    }
    own = {
        name: value
        for name, value in usual(office, here, "prepare_copy").items()
        if not name.startswith("findings.")
    }
    with refused(InvalidAnswers):
        office.lin.does(here, "prepare_copy", **own, **of_another)
    with office.engine.read() as work:
        found = work.session.scalars(select(Finding)).all()
        assert {finding.answered_by for finding in found} == {None}


def usual(office: Office, matter: Matter, element: str) -> dict[str, Any]:
    """Return what is answered at a step of the review when nothing is wrong."""
    with office.engine.read() as work:
        return review_answers.usual(work, matter.case(work), element)
