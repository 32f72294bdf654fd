"""公开前审查, as the office says it: who looks at what, in which order."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InvalidAnswers, MakerIsChecker, Refusal
from models.people import Role
from models.reviews import ReviewRound
from tests.engine.folders import begins
from tests.office import Office, refused
from tests.reviewing import Desk, Sheet, at_the_desk


def fact(desk: Desk) -> Any:
    """Return what the caller learns of the review's end."""
    with desk.office.engine.read() as work:
        round_ = newest_round(desk, work)
        return round_.result


def newest_round(desk: Desk, work: Any) -> ReviewRound:
    """Return the newest round of the case."""
    found: ReviewRound = (
        work.session.query(ReviewRound)
        .filter_by(case_id=desk.matter.id)
        .order_by(ReviewRound.number.desc())
        .first()
    )
    return found


def test_papers_pass_through_four_people(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path)
    assert desk.waits_at == ["制作公开件"]
    desk.prepares(office.lin)
    assert desk.waits_at == ["保密初审"]
    desk.looks(office.zhou, "secrecy_first")
    assert desk.waits_at == ["保密复审"]
    desk.looks(office.gao, "secrecy_second")
    assert desk.waits_at == ["合法性和五关审查"]
    desk.looks(office.peng, "content_review")
    assert desk.waits_at == []
    assert "第1次公开前审查通过，共1份。" in desk.matter.history
    assert fact(desk) == "passed"


def test_one_level_is_the_section_heads_alone(office: Office, tmp_path: Path) -> None:
    office.sets("review.secrecy_levels", 1, valid_from=date(2026, 3, 1))
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="secrecy_first")
    desk.looks(office.zhou, "secrecy_first")
    assert desk.waits_at == ["合法性和五关审查"]


def test_three_levels_are_three_people(office: Office, tmp_path: Path) -> None:
    office.sets("review.secrecy_levels", 3, valid_from=date(2026, 3, 1))
    office.gives_role(office.zhou, Role.SECRECY_REVIEWER, "区政府办")
    office.gives_role(office.gao, Role.UNIT_HEAD, "区政府办")
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="secrecy_second")
    with refused(MakerIsChecker):
        office.zhou.claims(desk.matter, "secrecy_second")
    desk.looks(office.gao, "secrecy_second")
    assert desk.waits_at == ["保密终审"]
    with refused(MakerIsChecker):
        office.gao.claims(desk.matter, "secrecy_final")
    desk.looks(office.qin, "secrecy_final")
    assert desk.waits_at == ["合法性和五关审查"]


@pytest.mark.parametrize(
    ("role", "place", "step"),
    [
        (Role.SECTION_HEAD, "信息公开科", "secrecy_first"),
        (Role.SECRECY_REVIEWER, "区政府办", "secrecy_second"),
        (Role.LEGAL_REVIEWER, "区政府办", "content_review"),
    ],
)
def test_who_made_the_copies_reviews_none(
    office: Office, tmp_path: Path, role: Role, place: str, step: str
) -> None:
    office.gives_role(office.lin, role, place)
    desk = at_the_desk(office, tmp_path)
    desk.passes(until=step)
    with refused(MakerIsChecker):
        office.lin.claims(desk.matter, step)


def test_the_levels_of_a_round_do_not_change_under_way(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    office.sets("review.secrecy_levels", 3, valid_from=date(2026, 3, 1))
    desk.passes(until="content_review")
    assert desk.waits_at == ["合法性和五关审查"]
    assert "终审" not in "".join(desk.matter.history)


def test_a_case_without_papers_is_not_reviewed(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.sheets.clear()
    matter = begins(office.lin, "handing_in")
    with refused(Refusal, match="没有要公开的正文、附件或者解读材料"):
        office.lin.does(matter, "write", outcome="agreed")


@pytest.mark.parametrize(
    ("login", "step"),
    [
        ("zhou", "secrecy_first"),
        ("gao", "secrecy_second"),
        ("peng", "content_review"),
    ],
)
def test_each_reviewer_may_send_the_copies_back(
    office: Office, tmp_path: Path, login: str, step: str
) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes(until=step)
    reviewer = office.people[login]
    desk.looks(
        reviewer, step, "returned", reason="not_redacted", opinion="联系人姓名要遮盖。"
    )
    assert desk.waits_at == ["制作公开件"]
    assert desk.matter.assignee == "林晓雯"
    assert desk.matter.history[-1] == f"{reviewer.name}退回：还有要遮盖的没有遮盖。"


def test_a_return_needs_a_coded_reason_and_words(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="secrecy_first")
    with refused(InvalidAnswers) as invalid:
        desk.looks(office.zhou, "secrecy_first", "returned")
    assert invalid.value.errors == {
        "reason": ["选一项原因"],
        "opinion": ["写明要改什么，对方才知道怎么改"],
    }


def test_the_text_itself_goes_back_to_who_drafts(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    office.lin.does(
        desk.matter,
        "prepare_copy",
        outcome="returned",
        reason="wording",
        opinion="第二段数据有误。",
    )
    assert desk.waits_at == ["write"]
    assert fact(desk) == "returned"


def test_a_changed_text_begins_another_round(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path)
    office.lin.does(
        desk.matter,
        "prepare_copy",
        outcome="returned",
        reason="wording",
        opinion="第二段数据有误。",
    )
    desk.sheets[0] = Sheet("正文", "关于公布培训安排的通知\n改过的正文。\n")
    desk.hands_in(office.lin)
    desk.passes()
    assert "第2次公开前审查通过，共1份。" in desk.matter.history


def test_the_three_statements_are_made_before_anybody_reviews(
    office: Office, tmp_path: Path
) -> None:
    desk = at_the_desk(office, tmp_path)
    with refused(InvalidAnswers) as invalid:
        desk.prepares(office.lin, wording="", timing=" ", way="")
    assert invalid.value.errors == {
        "wording": ["写明对内容表述的研判"],
        "timing": ["写明对公开时机的研判"],
        "way": ["写明公开方式"],
    }


def test_each_step_has_its_limit(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path)
    # From Monday 2 March two, two, three and three working days.
    assert desk.matter.limit("prepare_copy").due_on == date(2026, 3, 4)
    desk.prepares(office.lin)
    assert desk.matter.limit("secrecy_first").due_on == date(2026, 3, 4)
    desk.looks(office.zhou, "secrecy_first")
    assert desk.matter.limit("secrecy_second").due_on == date(2026, 3, 5)
    desk.looks(office.gao, "secrecy_second")
    assert desk.matter.limit("content_review").due_on == date(2026, 3, 5)


def test_a_late_reviewers_head_is_told(office: Office, tmp_path: Path) -> None:
    desk = at_the_desk(office, tmp_path)
    desk.passes(until="secrecy_second")
    office.clock.set("2026-03-06")  # Friday, a day after the limit
    office.fires()
    assert ("unit_head", "区政府办") in [
        (role, message[:4]) for role, message in desk.matter.notices
    ]
