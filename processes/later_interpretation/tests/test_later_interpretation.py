"""补解读: a published document is explained in a case of its own."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.errors import InvalidAnswers, NotAllowed
from models.documents import Document
from models.interpretations import Interpretation
from models.publications import PublicationKind
from models.workflow import Case
from processes.registers import publications
from processes.registers.interpretations import (
    note_published,
    of_case,
    published_for,
    to_explain,
)
from tests.engine.test_files import MP3
from tests.interpretations import (
    PARTS,
    add_agency,
    document_in,
    explained,
    picture,
    plans,
    signs,
    writes,
)
from tests.office import Matter, Office, refused

TITLE = "关于做好2026年政务公开培训工作的通知"


def test_with_the_documents_publication_the_material_becomes_due(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path, days="2")
    assert later.waits_at == ["拟解读材料"]
    assert later.assignee == ""
    # Two working days after Monday 2 March, as the plan says.
    limit = later.limit("later_interpretation_publication")
    assert (limit.length, limit.due_on) == (2, date(2026, 3, 4))  # Wednesday
    with office.engine.read() as work:
        assert later.case(work).title == f"《{TITLE}》政策解读"


def test_without_a_number_of_days_the_longest_time_holds(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path, days="")
    assert later.limit("later_interpretation_publication").due_on == date(2026, 3, 5)


def test_material_signed_together_needs_no_later_case(
    office: Office, tmp_path: Path
) -> None:
    matter = published(office, tmp_path)
    assert children(office, matter) == []


def test_it_is_written_signed_reviewed_and_published(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path)
    writes(office.lin, later)
    signs(office.qin, later)
    assert later.waits_at == ["制作公开件"]
    comes_out(office, later)
    assert later.waits_at == []
    assert later.history[-2:] == [
        f"“{TITLE}”的解读发布，与文件相互关联。",
        "补解读500199002-2026-0001办结。",
    ]
    assert later.limit("later_interpretation_publication").state == "met"


def test_document_and_interpretation_point_to_each_other(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path)
    writes(office.lin, later)
    signs(office.qin, later)
    comes_out(office, later)
    with office.engine.read() as work:
        document = work.session.query(Document).one()
        (found,) = published_for(work.session, document)
        assert found.document.public_id == document.public_id
        assert found.first_interpreter is not None
        assert found.first_interpreter.name == "秦主任"
        kinds = [act.kind for act in publications.done(work.session, document)]
        assert kinds == ["publish", "interpret"]


def test_sound_and_pictures_go_out_as_they_are(office: Office, tmp_path: Path) -> None:
    later = followed(office, tmp_path)
    writes(
        office.lin,
        later,
        picture=office.lin.uploads(picture(), "流程图.png"),
        audio=office.lin.uploads(MP3, "讲解.mp3", accepted=("audio/mpeg",)),
    )
    signs(office.qin, later)
    comes_out(office, later)
    with office.engine.read() as work:
        document = work.session.query(Document).one()
        published = publications.current(work.session, document)
        assert [each.version.paper.form for each in published] == [
            *("text", "picture", "audio"),
        ]


def test_who_was_to_be_asked_is_asked_about_the_material(
    office: Office, tmp_path: Path
) -> None:
    add_agency(office, "区民政局", head="min", code="500199011")
    later = followed(office, tmp_path, ask="区民政局")
    writes(office.lin, later)
    assert later.waits_at == ["答复解读意见"]


def test_the_limit_of_the_plan_is_watched(office: Office, tmp_path: Path) -> None:
    later = followed(office, tmp_path, days="2")
    office.clock.set("2026-03-04", "00:00")  # Wednesday, the last day
    office.fires()
    office.clock.set("2026-03-05", "00:00")
    office.fires()
    office.clock.set("2026-03-07", "00:00")  # Saturday
    office.fires()
    told = [role for role, words in later.notices if "解读发布" in words]
    assert told == ["section_head", "unit_head", "disclosure_head"]


def test_a_handler_may_explain_what_is_already_published(
    office: Office, tmp_path: Path
) -> None:
    matter = published(office, tmp_path)
    later = begins(office)
    assert later.waits_at == ["选文件"]
    chooses(office, later, matter)
    assert later.waits_at == ["拟解读方案"]
    # It is published: whatever is chosen, the material is due now.
    plans(office.lin, later, timing="together")
    assert later.waits_at == ["拟解读材料"]
    writes(office.lin, later)
    signs(office.qin, later)
    comes_out(office, later)
    assert f"林晓雯选定给“{TITLE}”补解读。" in later.history


def test_what_is_not_published_is_not_offered(office: Office, tmp_path: Path) -> None:
    matter = explained(office, tmp_path)
    later = begins(office)
    with refused(InvalidAnswers) as invalid:
        chooses(office, later, matter)
    assert invalid.value.errors == {
        "document": ["这份文件不能选：还没有公开，或者别人正在解读，重新选一份"]
    }


def test_a_document_is_explained_by_who_drafted_it(
    office: Office, tmp_path: Path
) -> None:
    # 谁起草谁解读.
    published(office, tmp_path)
    with office.engine.read() as work:
        own = to_explain(work, office.organisation(work, "区政府办"))
        other = to_explain(work, office.organisation(work, "区财政局"))
        assert [each.title for each in own] == [TITLE]
        assert list(other) == []


def test_nobody_explains_what_somebody_is_explaining(
    office: Office, tmp_path: Path
) -> None:
    matter = published(office, tmp_path)
    first = begins(office)
    chooses(office, first, matter)
    with refused(InvalidAnswers):
        chooses(office, begins(office), matter)


def test_only_a_handler_begins(office: Office) -> None:
    with refused(NotAllowed, match="您不担任这个角色"):
        begins(office, "qin")


def test_what_is_published_is_not_sent_back_to_be_changed(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path)
    writes(office.lin, later)
    with refused(InvalidAnswers) as invalid:
        office.qin.does(
            later,
            "interpretation_sign",
            outcome="returned",
            reason="document",
            opinion="正文有错。",
        )
    assert invalid.value.errors == {
        "reason": ["文件已经发布，要改文件另走更正；这里只能退回方案或者材料"]
    }


def test_what_the_review_returns_is_written_and_signed_anew(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path)
    writes(office.lin, later)
    signs(office.qin, later)
    words = {"reason": "wording", "opinion": "第二段要改。"}
    office.lin.does(later, "prepare_copy", outcome="returned", **words)
    assert later.waits_at == ["拟解读材料"]
    assert later.history[-1] == "解读要重新签发：公开前审查退回。"
    writes(office.lin, later, **{**PARTS, "content": "四月、十月各办一期。"})
    assert later.waits_at == ["签发解读"]
    signs(office.qin, later)
    comes_out(office, later)


def test_what_the_approver_refuses_is_written_and_signed_anew(
    office: Office, tmp_path: Path
) -> None:
    later = followed(office, tmp_path)
    writes(office.lin, later)
    signs(office.qin, later)
    office.brings(later, "approve_publication")
    office.liang.does(
        later,
        "approve_publication",
        outcome="refused",
        reason="interpretation",
        opinion="再通俗一点。",
    )
    assert later.waits_at == ["拟解读材料"]
    assert later.history[-1] == "解读要重新签发：发布审定退回。"
    writes(office.lin, later, content="分两期办。")
    signs(office.qin, later)
    comes_out(office, later)
    assert later.waits_at == []


def test_what_must_not_be_public_is_dropped(office: Office, tmp_path: Path) -> None:
    later = followed(office, tmp_path)
    writes(office.lin, later)
    signs(office.qin, later)
    office.lin.does(later, "prepare_copy", outcome="stopped")
    office.brings(later, "report_secret")
    office.usual_person(later, "report_secret").does(
        later,
        "report_secret",
        outcome="reported",
        reported_to="区保密局",
        reported_on="2026-03-02",
        handling="原件已交保密柜。",
    )
    assert later.waits_at == []
    with office.engine.read() as work:
        found = of_case(work.session, later.case(work))
        assert found is not None
        assert found.state == "dropped"
    assert later.limit("later_interpretation_publication").state == "void"


def followed(
    office: Office, home: Path, *, days: str = "3", ask: str = "", **answers: Any
) -> Matter:
    """The case that follows a published document whose plan said so."""
    matter = explained(office, home, **answers)
    asked = office.public_id(ask) if ask else ""
    plans(office.lin, matter, timing="after", days_after=days, consulted=asked)
    if ask:
        office.min_open.does(matter, "interpretation_consult", outcome="agreed")
    signs(office.qin, matter)
    goes_out(office, matter)
    (later,) = children(office, matter)
    return later


def published(office: Office, home: Path) -> Matter:
    """A document that is published together with its interpretation."""
    matter = explained(office, home)
    plans(office.lin, matter)
    writes(office.lin, matter)
    signs(office.qin, matter)
    goes_out(office, matter)
    office.lin.does(matter, "look", outcome="agreed")
    return matter


def goes_out(office: Office, matter: Matter) -> None:
    """Publish a document, as the step that publishes does it."""
    with office.engine.work() as work:
        document = document_in(work, matter)
        document.index_number = f"500199002/2026-{matter.id:05}"
        document.published_at, document.is_listed = work.now, True
        case = matter.case(work)
        act = publications.intend(work, case, document, PublicationKind.PUBLISH)
        act.channels, act.done_at = ["website"], work.now
        note_published(work, case)


def children(office: Office, matter: Matter) -> list[Matter]:
    """Return the cases that came out of a matter."""
    with office.engine.read() as work:
        found = work.session.scalars(
            select(Case.id)
            .join(Interpretation, Interpretation.case_id == Case.id)
            .where(Case.parent_id == matter.id)
        )
        return [Matter(office, key) for key in found]


def comes_out(office: Office, later: Matter) -> None:
    """Let a signed interpretation be reviewed, approved and published."""
    office.brings(later, "approve_publication")
    office.liang.lets_out(later, str(office.clock.instant.date()))
    office.fires()


def begins(office: Office, login: str = "lin") -> Matter:
    """新建 -> 补解读."""
    begin = office.engine.definitions.process("later_interpretation").begin
    assert begin is not None
    with office.people[login].work() as work:
        return Matter(office, begin(work).id)


def chooses(office: Office, later: Matter, matter: Matter) -> None:
    """选文件."""
    with office.engine.read() as work:
        public_id = document_in(work, matter).public_id
    office.lin.does(
        later, "later_interpretation_choose", outcome="chosen", document=public_id
    )
