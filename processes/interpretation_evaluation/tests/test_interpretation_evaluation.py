"""解读效果评估: what a published interpretation reached, as the office says it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.errors import InvalidAnswers
from models.workflow import Case
from processes.registers.interpretations import note_published, of_case, published_for
from tests.interpretations import (
    document_in,
    explained,
    interpretation_in,
    plans,
    signs,
    writes,
)
from tests.office import USUAL_ANSWERS, Matter, Office, refused


def test_a_normative_documents_interpretation_is_evaluated(
    office: Office, tmp_path: Path
) -> None:
    evaluation = published(office, tmp_path, "normative")
    assert evaluation is not None
    assert evaluation.waits_at == ["评估解读效果"]
    # Twenty working days after Monday 2 March.
    due = evaluation.limit("interpretation_evaluate").due_on
    assert due == date(2026, 3, 30)  # Monday
    office.lin.does(
        evaluation,
        "interpretation_evaluate",
        **USUAL_ANSWERS["interpretation_evaluate"],
    )
    assert evaluation.waits_at == []
    with office.engine.read() as work:
        found = of_case(work.session, evaluation.case(work))
        assert found is not None
        assert (found.reach, found.questions, found.understanding) == (1200, 3, "good")
        assert found.evaluated_on == date(2026, 3, 2)


def test_other_documents_are_evaluated_where_the_office_says_so(
    office: Office, tmp_path: Path
) -> None:
    assert published(office, tmp_path, "policy") is None
    kinds = ["normative", "policy"]
    office.sets("interpretation.evaluate", kinds, valid_from=date(2026, 3, 2))
    assert published(office, tmp_path, "policy") is not None


def test_the_documents_own_case_does_not_wait_for_it(
    office: Office, tmp_path: Path
) -> None:
    evaluation = published(office, tmp_path, "normative")
    assert evaluation is not None
    with office.engine.read() as work:
        case = evaluation.case(work)
        assert case.process_key == "interpretation_evaluation"
        assert case.title == "《关于做好2026年政务公开培训工作的通知》政策解读效果"
        assert case.parent_id is not None


@pytest.mark.parametrize("typed", ["很多", "-1", "1.5", "１２"])
def test_reach_and_questions_are_numbers(
    office: Office, tmp_path: Path, typed: str
) -> None:
    evaluation = published(office, tmp_path, "normative")
    assert evaluation is not None
    answers = {**USUAL_ANSWERS["interpretation_evaluate"], "reach": typed}
    with refused(InvalidAnswers) as invalid:
        office.lin.does(evaluation, "interpretation_evaluate", **answers)
    assert invalid.value.errors == {"reach": ["写一个整数，没有就写 0"]}


def test_the_history_tells_the_evaluation(office: Office, tmp_path: Path) -> None:
    evaluation = published(office, tmp_path, "normative")
    assert evaluation is not None
    answers = USUAL_ANSWERS["interpretation_evaluate"]
    office.lin.does(evaluation, "interpretation_evaluate", **answers)
    assert evaluation.history[-2] == (
        "林晓雯评估解读效果：看到1200人次，收到3个问题，群众基本都懂。"
    )


def test_what_is_published_is_linked_with_its_document(
    office: Office, tmp_path: Path
) -> None:
    matter = signed(office, tmp_path, "policy")
    with office.engine.work() as work:
        note_published(work, matter.case(work))
        note_published(work, matter.case(work))
    with office.engine.read() as work:
        (found,) = published_for(work.session, document_in(work, matter))
        assert found.public_id == interpretation_in(work, matter).public_id
        assert str(found.published_at) == "2026-03-02 02:00:00+00:00"


def test_nothing_is_published_that_the_head_has_not_signed(
    office: Office, tmp_path: Path
) -> None:
    matter = explained(office, tmp_path)
    with office.engine.work() as work:
        note_published(work, matter.case(work))
    with office.engine.read() as work:
        assert list(published_for(work.session, document_in(work, matter))) == []


def signed(office: Office, home: Path, kind: str) -> Matter:
    """A signed interpretation of a document of a kind."""
    matter = explained(office, home, kind=kind)
    plans(office.lin, matter)
    parts = USUAL_ANSWERS["interpretation_material"]
    writes(office.lin, matter, benefits=parts["benefits"], changes=parts["changes"])
    signs(office.qin, matter)
    return matter


def published(office: Office, home: Path, kind: str) -> Matter | None:
    """Publish a document with its interpretation; return the evaluation's case."""
    matter = signed(office, home, kind)
    with office.engine.work() as work:
        note_published(work, matter.case(work))
    with office.engine.read() as work:
        found = work.session.scalars(
            select(Case.id).where(Case.parent_id == matter.id)
        ).first()
        return Matter(office, found) if found else None
