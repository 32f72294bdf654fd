"""An opinion speaks of the bytes that were read: a change after it voids it."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from engine.authoring import files
from engine.errors import Refusal
from models.documents import PaperRole, PaperVersion, VersionKind
from models.workflow import Case, Label
from processes.registers import opinions, papers
from processes.registers.reviews import unreviewed
from tests.office import Office, refused
from tests.reviewing import Desk, Sheet, at_the_desk

ATTACHMENT = Sheet("附件1", "培训安排\n四月。\n", "附件.txt", PaperRole.ATTACHMENT)


def not_reviewed(desk: Desk) -> list[str]:
    """Return the titles of the papers that must not leave yet."""
    with desk.office.engine.read() as work:
        case = work.session.get_one(Case, desk.matter.id)
        return [version.paper.title for version in unreviewed(work, case)]


def brings(desk: Desk, n: int, text: str) -> None:
    """Let another version of a paper come in from somewhere, whatever the step."""
    with desk.office.lin.work() as work:
        case = work.session.get_one(Case, desk.matter.id)
        file = files.store(work, "新.txt", text.encode(), root_id=case.root_id)
        papers.add_version(work, case, desk.papers(work)[n], file)


def test_nothing_is_reviewed_before_everybody_has_agreed(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path, Sheet("正文"), ATTACHMENT)
    for step in ("secrecy_first", "secrecy_second", "content_review"):
        desk.passes(until=step)
        assert not_reviewed(desk) == ["正文", "附件1"]
    desk.passes()
    assert not_reviewed(desk) == []


def test_a_new_version_after_the_review_voids_the_opinions_on_it(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path, Sheet("正文"), ATTACHMENT)
    desk.passes()
    brings(desk, 1, "培训安排\n五月。\n")
    assert not_reviewed(desk) == ["附件1"]


@pytest.mark.parametrize("step", ["secrecy_second", "content_review"])
def test_a_paper_that_was_changed_under_way_is_judged_by_nobody(
    office: Office, tmp_path: Path, step: str
) -> None:
    desk = at_the_desk(office, tmp_path, Sheet("正文"), ATTACHMENT)
    desk.passes(until=step)
    brings(desk, 1, "培训安排\n五月。\n")
    person = office.gao if step == "secrecy_second" else office.peng
    with refused(Refusal, match="附件1改过，还没有公开件，先退回重新制作"):
        desk.looks(person, step)


def test_the_review_does_not_close_while_an_opinion_is_void(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="content_review")
    with office.lin.work() as work:
        opinions.void(work, desk.matter.case(work))
    with refused(Refusal, match="正文的公开件和审查时的不是同一份，或者还缺审查意见"):
        desk.looks(office.peng, "content_review")
    assert desk.waits_at == ["合法性和五关审查"]


def test_a_copy_that_was_made_anew_is_reviewed_anew(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="secrecy_second")
    desk.looks(
        office.gao,
        "secrecy_second",
        "returned",
        reason="not_redacted",
        opinion="培训工作几个字也遮盖。",
    )
    desk.prepares(office.lin, **desk.mark("2026年培训工作"))
    assert agreed(desk) == set()
    desk.looks(office.zhou, "secrecy_first")
    assert agreed(desk) == {"secrecy_first"}


def agreed(desk: Desk) -> set[str]:
    """Return the steps that agree to the copy as it is now."""
    with desk.office.engine.read() as work:
        case = work.session.get_one(Case, desk.matter.id)
        return opinions.agreed_steps(work, case, desk.copy(work))


def test_the_same_copy_is_not_made_twice(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="secrecy_second")
    with office.engine.read() as work:
        before = desk.copy(work).id
    desk.looks(
        office.gao, "secrecy_second", "returned", reason="other", opinion="再看一遍。"
    )
    desk.prepares(office.lin)
    with office.engine.read() as work:
        assert desk.copy(work).id == before
        assert len(copies(work)) == 1


def copies(work: Any) -> list[PaperVersion]:
    """Return all public copies there are."""
    return list(work.session.query(PaperVersion).filter_by(kind=VersionKind.PUBLIC))


def test_a_paper_without_any_change_still_gets_a_copy(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.prepares(office.lin)
    with office.engine.read() as work:
        version, copy = desk.version(work), desk.copy(work)
        assert copy.made_from_id == version.id
        assert copy.file_id != version.file_id


def test_a_copy_is_nobody_elses_before_it_is_published(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes()
    with office.engine.read() as work:
        file = desk.copy(work).file
        assert (file.label, file.encrypted) == (Label.INTERNAL, True)


def test_a_copy_is_published_with_the_bytes_that_were_reviewed(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes()
    reviewed = sha256(desk.public_bytes()).hexdigest()
    with office.engine.work() as work:
        released = papers.release(work, desk.copy(work))
        assert (released.label, released.sha256) == (Label.PUBLIC, reviewed)
    assert not_reviewed(desk) == []


def test_a_copy_is_called_as_the_public_calls_it(
    office: Office, tmp_path: Path
) -> None:
    sheet = Sheet("正文", name="林晓雯改第三稿.txt")
    desk = at_the_desk(office, tmp_path, sheet, ATTACHMENT)
    desk.prepares(office.lin)
    with office.engine.read() as work:
        assert desk.copy(work).file.name == "关于公布2026年培训安排的通知.txt"
        assert desk.copy(work, 1).file.name == "附件1.txt"
