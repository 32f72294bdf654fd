"""政策解读: plan, material and the head's signature, as the office says it."""

from datetime import date
from pathlib import Path

import pytest

from engine import execution
from engine.errors import InvalidAnswers, MakerIsChecker
from models.documents import Document, PaperRole, VersionKind
from models.people import Role
from models.reviews import Opinion
from processes.registers import papers
from processes.registers.interpretations import (
    carry_over,
    gates,
    material_of,
    papers_of,
    title_of,
    void_signature,
)
from tests.engine.test_files import MP3, MP4, PNG
from tests.interpretations import (
    PARTS,
    changes_text,
    comes_again,
    document_in,
    explained,
    interpretation_in,
    plans,
    signs,
    standing,
    writes,
)
from tests.office import NOTICE, Matter, Office, refused


def test_the_head_of_the_drafting_unit_is_the_first_interpreter(
    office: Office, tmp_path: Path
) -> None:
    # 谁起草谁解读; 主要负责人是第一解读人.
    matter = explained(office, tmp_path)
    assert matter.waits_at == ["拟解读方案"]
    plans(office.lin, matter)
    assert matter.waits_at == ["拟解读材料"]
    writes(office.lin, matter)
    assert matter.waits_at == ["签发解读"]
    signs(office.qin, matter)
    assert matter.history[-1] == "秦主任作为第一解读人签发解读方案和材料。"
    assert standing(office, matter) == "signed"


def test_nothing_is_signed_before_there_is_a_signature(
    office: Office, tmp_path: Path
) -> None:
    matter = explained(office, tmp_path)
    assert standing(office, matter) == "none"


def test_a_plan_says_what_when_how_and_where(office: Office, tmp_path: Path) -> None:
    # 解读重点, 时间, 形式, 渠道.
    matter = explained(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        office.lin.does(matter, "interpretation_plan", outcome="submitted")
    assert invalid.value.errors == {
        "focus": ["写明解读重点"],
        "timing": ["选一个解读时间"],
        "forms": ["至少选一种解读形式"],
        "channels": ["至少选一处发布渠道"],
    }


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("normative", {"benefits": ["写明惠民利民举措"], "changes": ["写明新旧差异"]}),
        ("policy", {}),
    ],
)
def test_a_normative_document_needs_all_six_parts(
    office: Office, tmp_path: Path, kind: str, missing: dict[str, list[str]]
) -> None:
    matter = explained(office, tmp_path, kind=kind)
    plans(office.lin, matter)
    errors: dict[str, list[str]] = {}
    try:
        writes(office.lin, matter)
    except InvalidAnswers as invalid:
        errors = dict(invalid.errors)
    assert errors == missing


def test_which_parts_are_needed_is_the_offices_own(
    office: Office, tmp_path: Path
) -> None:
    only = {"normative": ["content"], "other": ["content"]}
    key = "interpretation.required_sections"
    office.sets(key, only, valid_from=date(2026, 3, 2))
    matter = explained(office, tmp_path)
    plans(office.lin, matter)
    with refused(InvalidAnswers) as invalid:
        writes(office.lin, matter, **dict.fromkeys(PARTS, ""))
    assert invalid.value.errors == {"content": ["写明主要内容"]}


def test_there_is_always_a_text(office: Office, tmp_path: Path) -> None:
    matter = signed(office, tmp_path)
    with office.engine.read() as work:
        (paper,) = papers_of(interpretation_in(work, matter))
        version = paper.newest(VersionKind.OFFICE)
        assert version is not None
        assert (paper.role, paper.form) == (PaperRole.INTERPRETATION, "text")
        assert version.file.name == (
            "《关于做好2026年政务公开培训工作的通知》政策解读.docx"
        )


def test_what_was_not_changed_is_no_new_version(office: Office, tmp_path: Path) -> None:
    matter = written(office, tmp_path)
    returns(office, matter, "material")
    writes(office.lin, matter)
    with office.engine.read() as work:
        (version,) = material_of(interpretation_in(work, matter))
        assert version.number == 1


def test_a_changed_part_is_a_new_version_of_the_text(
    office: Office, tmp_path: Path
) -> None:
    matter = written(office, tmp_path)
    returns(office, matter, "material")
    writes(office.lin, matter, content="四月、十月各办一期。")
    with office.engine.read() as work:
        (version,) = material_of(interpretation_in(work, matter))
        assert version.number == 2


def test_every_form_of_the_plan_has_its_file(office: Office, tmp_path: Path) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter, forms="text picture video")
    picture = office.lin.uploads(PNG, "流程图.png")
    with refused(InvalidAnswers) as invalid:
        writes(office.lin, matter, picture=picture)
    assert invalid.value.errors == {"video": ["方案里有视频：传上文件，或者改方案"]}


def test_pictures_sound_and_film_are_papers_of_the_document(
    office: Office, tmp_path: Path
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter, forms="text picture audio video")
    writes(
        office.lin,
        matter,
        picture=office.lin.uploads(PNG, "流程图.png"),
        audio=office.lin.uploads(MP3, "讲解.mp3", accepted=("audio/mpeg",)),
        video=office.lin.uploads(MP4, "动画.mp4", accepted=("video/mp4",)),
    )
    with office.engine.read() as work:
        found = papers_of(interpretation_in(work, matter))
        assert [(paper.form, paper.title) for paper in found] == [
            ("text", "《关于做好2026年政务公开培训工作的通知》政策解读"),
            ("picture", "图解：流程图"),
            ("audio", "音频：讲解"),
            ("video", "视频：动画"),
        ]


def test_a_file_of_the_same_name_is_the_next_version(
    office: Office, tmp_path: Path
) -> None:
    matter = with_picture(office, tmp_path)
    returns(office, matter, "material")
    again = office.lin.uploads(PNG + b"\0", "流程图.png")
    writes(office.lin, matter, picture=again)
    with office.engine.read() as work:
        _, picture = material_of(interpretation_in(work, matter))
        assert (picture.number, picture.paper.title) == (2, "图解：流程图")


def test_a_file_that_is_taken_out_leaves_the_document(
    office: Office, tmp_path: Path
) -> None:
    matter = with_picture(office, tmp_path)
    returns(office, matter, "plan")
    plans(office.lin, matter, forms="text")
    writes(office.lin, matter)
    with office.engine.read() as work:
        found = papers_of(interpretation_in(work, matter))
        assert [paper.form for paper in found] == ["text"]


def test_a_form_besides_text_is_needed_where_the_office_says_so(
    office: Office, tmp_path: Path
) -> None:
    office.sets("interpretation.needs_other_form", True, valid_from=date(2026, 3, 2))
    matter = explained(office, tmp_path)
    plans(office.lin, matter)
    with refused(InvalidAnswers) as invalid:
        writes(office.lin, matter)
    assert list(invalid.value.errors) == ["picture"]
    writes(office.lin, matter, picture=office.lin.uploads(PNG, "流程图.png"))
    assert matter.waits_at == ["签发解读"]


def test_the_writer_may_go_back_to_the_plan_and_keeps_what_is_written(
    office: Office, tmp_path: Path
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter, forms="text video")
    step = "interpretation_material"
    office.lin.does(
        matter, step, outcome="replanned", background="依据条例。", replan="forms"
    )
    assert matter.waits_at == ["拟解读方案"]
    assert matter.history[-1] == "林晓雯改解读方案：形式做不出来，换一种。"
    with office.engine.read() as work:
        assert interpretation_in(work, matter).background == "依据条例。"


def test_the_first_gate_says_that_all_three_are_there(
    office: Office, tmp_path: Path
) -> None:
    matter = written(office, tmp_path)
    assert "“同步组织”通过：文件、方案、材料都有了。" in matter.history


def test_the_gates_have_the_names_of_the_place(office: Office, tmp_path: Path) -> None:
    # The notices call them differently.
    names = ["同步起草", "同步审核", "同步发布"]
    office.sets("interpretation.gates", names, valid_from=date(2026, 3, 2))
    matter = written(office, tmp_path)
    assert "“同步起草”通过：文件、方案、材料都有了。" in matter.history
    with office.engine.read() as work:
        document = document_in(work, matter)
        found = gates(work, document, interpretation_in(work, matter))
        assert [(gate.name, gate.passed) for gate in found] == [
            ("同步起草", True),
            ("同步审核", False),
            ("同步发布", False),
        ]


def test_the_second_gate_says_what_is_not_as_it_was_signed(
    office: Office, tmp_path: Path
) -> None:
    matter = signed(office, tmp_path)
    assert second_gate(office, matter) == ["there", "there", "there"]
    changes_text(office, matter, NOTICE + "附件：培训安排\n")
    assert second_gate(office, matter) == ["changed", "there", "there"]


def test_a_document_without_text_is_no_matter_for_the_gate(
    office: Office, tmp_path: Path
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter)
    with office.engine.work() as work:
        text = document_in(work, matter).text
        assert text is not None
        text.removed = True
    writes(office.lin, matter)
    assert "“同步组织”没有通过：还没有文件正文。" in matter.history
    assert matter.waits_at == ["look"]
    assert fact(office, matter) == "returned"


def test_the_head_may_return_each_of_the_three(office: Office, tmp_path: Path) -> None:
    matter = written(office, tmp_path)
    returns(office, matter, "plan")
    assert matter.waits_at == ["拟解读方案"]
    plans(office.lin, matter)
    writes(office.lin, matter)
    returns(office, matter, "material")
    assert matter.waits_at == ["拟解读材料"]
    writes(office.lin, matter)
    returns(office, matter, "document")
    assert matter.history[-1] == "秦主任没有签发解读，退回：文件本身要改。"
    assert fact(office, matter) == "returned"


def test_a_return_has_a_reason_and_words(office: Office, tmp_path: Path) -> None:
    matter = written(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        office.qin.does(matter, "interpretation_sign", outcome="returned")
    assert invalid.value.errors == {
        "reason": ["选一项原因"],
        "opinion": ["写明要改什么"],
    }


def test_who_planned_or_wrote_does_not_sign(office: Office, tmp_path: Path) -> None:
    office.gives_role(office.lin, Role.UNIT_HEAD, "区政府办")
    matter = written(office, tmp_path)
    with refused(MakerIsChecker):
        office.lin.claims(matter, "interpretation_sign")


def test_a_signature_speaks_of_each_file_as_it_was_read(
    office: Office, tmp_path: Path
) -> None:
    matter = with_picture(office, tmp_path)
    signs(office.qin, matter)
    with office.engine.read() as work:
        found = work.session.query(Opinion).filter_by(step="interpretation_sign").all()
        assert [(each.outcome, each.giver.name) for each in found] == [
            ("signed", "秦主任"),
            ("signed", "秦主任"),
        ]


def test_a_changed_text_of_the_document_makes_the_signature_stale(
    office: Office, tmp_path: Path
) -> None:
    matter = signed(office, tmp_path)
    changes_text(office, matter, NOTICE + "附件：培训安排\n")
    assert standing(office, matter) == "stale"
    changes_text(office, matter, NOTICE)
    assert standing(office, matter) == "signed"


def test_a_seal_changes_the_bytes_of_a_text_and_not_what_was_signed(
    office: Office, tmp_path: Path
) -> None:
    matter = signed(office, tmp_path)
    changes_text(office, matter, NOTICE + "（印章）\n")
    with office.engine.work() as work:
        document = document_in(work, matter)
        assert document.text is not None
        carry_over(work, document, document.text.versions[0])
    assert standing(office, matter) == "signed"


def test_changed_or_missing_material_makes_the_signature_stale(
    office: Office, tmp_path: Path
) -> None:
    matter = with_picture(office, tmp_path)
    signs(office.qin, matter)
    with office.engine.work() as work:
        papers_of(interpretation_in(work, matter))[1].removed = True
    assert standing(office, matter) == "stale"


def test_a_stale_interpretation_begins_again_with_its_material(
    office: Office, tmp_path: Path
) -> None:
    matter = signed(office, tmp_path)
    changes_text(office, matter, NOTICE + "附件：培训安排\n")
    comes_again(office, matter)
    assert matter.waits_at == ["拟解读材料"]
    writes(office.lin, matter)
    signs(office.qin, matter)
    assert standing(office, matter) == "signed"


def test_a_signature_that_is_taken_back_stands_no_more(
    office: Office, tmp_path: Path
) -> None:
    matter = signed(office, tmp_path)
    with office.engine.work() as work:
        void_signature(work, interpretation_in(work, matter), "公开前审查退回了图解")
    assert standing(office, matter) == "none"
    assert matter.history[-1] == "解读要重新签发：公开前审查退回了图解。"


def test_material_may_follow_the_document(office: Office, tmp_path: Path) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter, timing="after", days_after="2")
    # No material yet: the head signs the plan.
    assert matter.waits_at == ["签发解读"]
    assert "“同步组织”通过：文件、方案都有了，材料按方案随后。" in matter.history
    signs(office.qin, matter)
    assert fact(office, matter) == "planned"
    assert standing(office, matter) == "planned"
    assert matter.history[-1] == "秦主任作为第一解读人签发解读方案。"


def test_material_that_follows_later_does_not_leave_before_it_is_signed(
    office: Office, tmp_path: Path
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter)
    writes(office.lin, matter)
    returns(office, matter, "plan")
    plans(office.lin, matter, timing="after")
    signs(office.qin, matter)
    with office.engine.read() as work:
        leaving = papers.leaving(work, matter.case(work))
        assert [version.paper.title for version in leaving] == ["正文"]
        # What was written is not lost for who goes on with it.
        assert interpretation_in(work, matter).background == PARTS["background"]


def test_a_plan_that_is_returned_for_its_material_is_planned_anew(
    office: Office, tmp_path: Path
) -> None:
    matter = explained(office, tmp_path)
    plans(office.lin, matter, timing="after")
    returns(office, matter, "material")
    assert matter.waits_at == ["拟解读方案"]


@pytest.mark.parametrize("days", ["0", "4", "-1", "一", "２"])
def test_material_does_not_follow_later_than_allowed(
    office: Office, tmp_path: Path, days: str
) -> None:
    # Local rules: at the latest 3 working days after the document.
    matter = explained(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        plans(office.lin, matter, timing="after", days_after=days)
    assert invalid.value.errors == {
        "days_after": ["写 1 到 3 的整数：解读最迟在文件公开后 3 个工作日内发布"]
    }


def test_a_draft_for_the_governments_signature_comes_with_its_material(
    office: Office, tmp_path: Path
) -> None:
    # 上报代拟稿时一并报送解读材料.
    matter = explained(office, tmp_path, issuer="区政府")
    with refused(InvalidAnswers) as invalid:
        plans(office.lin, matter, timing="after")
    assert invalid.value.errors == {
        "timing": ["代拟稿报审时要一并报送解读材料，选同步发布"]
    }
    office.sets("document.material_with_draft", False, valid_from=date(2026, 3, 2))
    plans(office.lin, matter, timing="after")
    assert matter.waits_at == ["签发解读"]


def test_each_step_has_its_limit_and_its_reminders(
    office: Office, tmp_path: Path
) -> None:
    matter = explained(office, tmp_path)
    # Two working days from Monday 2 March.
    assert matter.limit("interpretation_plan").due_on == date(2026, 3, 4)  # Wednesday
    office.clock.set("2026-03-05", "00:00")  # Thursday
    office.fires()
    assert [role for role, _ in matter.notices] == ["section_head"]


def test_a_title_within_the_title_has_single_marks() -> None:
    # GB/T 15834-2011, 4.15.
    document = Document(title="关于印发《公开办法》的通知")
    assert title_of(document) == "《关于印发〈公开办法〉的通知》政策解读"


def written(office: Office, home: Path) -> Matter:
    """An interpretation that waits for the head."""
    matter = explained(office, home)
    plans(office.lin, matter)
    writes(office.lin, matter)
    return matter


def signed(office: Office, home: Path) -> Matter:
    """An interpretation that the head has signed."""
    matter = written(office, home)
    signs(office.qin, matter)
    return matter


def with_picture(office: Office, home: Path) -> Matter:
    """An interpretation with a text and a picture, which waits for the head."""
    matter = explained(office, home)
    plans(office.lin, matter, forms="text picture")
    writes(office.lin, matter, picture=office.lin.uploads(PNG, "流程图.png"))
    return matter


def returns(office: Office, matter: Matter, reason: str) -> None:
    """退回 by the head."""
    office.qin.does(
        matter,
        "interpretation_sign",
        outcome="returned",
        reason=reason,
        opinion="再改改。",
    )


def second_gate(office: Office, matter: Matter) -> list[str]:
    """Return how document, plan and material stand at the second gate."""
    with office.engine.read() as work:
        document = document_in(work, matter)
        found = gates(work, document, interpretation_in(work, matter))
        return [state.value for _, state in found[1].things]


def fact(office: Office, matter: Matter) -> str:
    """Return what the called process has left to its caller."""
    with office.engine.work() as work:
        (token,) = execution.load(work, matter.case(work)).running.waiting_for_people()
        return str(token.data["policy_interpretation"])
