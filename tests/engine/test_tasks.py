"""Who takes a task, who may finish it, and what becomes of what was typed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest

from engine import tasks
from engine.errors import (
    InvalidAnswers,
    MakerIsChecker,
    NotAllowed,
    TaskAlreadyClaimed,
    TaskAlreadyDone,
    TaskChanged,
)
from engine.work import Work
from models.people import Role
from models.reviews import Opinion
from models.workflow import Task
from tests.office import Matter, Office, refused


def test_a_submitted_document_waits_for_the_section_head(office: Office) -> None:
    matter = office.lin.drafts()
    assert matter.waits_at == ["科室审核"]
    assert matter.assignee == ""
    # Wednesday, 4 March: two working days.
    assert office.zhou.to_claim == [("科室审核", date(2026, 3, 4))]
    assert office.zhou.in_hand == []


def test_who_claims_a_task_has_it_in_hand(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    assert matter.assignee == "周砚"
    assert office.zhou.in_hand == [("科室审核", date(2026, 3, 4))]  # Wednesday
    assert office.zhou.to_claim == []
    assert matter.history[-1] == "周砚领取了“科室审核”。"


def test_claiming_again_changes_nothing(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    told = matter.history
    office.zhou.claims(matter, "section_review")
    assert matter.history == told


def test_a_second_claimer_is_told_who_has_it_and_since_when(office: Office) -> None:
    office.add_person("hao", "郝平", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    matter = office.lin.drafts()
    office.clock.set("2026-03-02", "10:32")  # Monday
    office.zhou.claims(matter, "section_review")
    with refused(TaskAlreadyClaimed, match="没有领取：已由周砚于 10:32 领取。"):
        office.hao.claims(matter, "section_review")
    assert matter.assignee == "周砚"


def test_of_two_who_claim_at_once_one_is_told_of_the_other(office: Office) -> None:
    office.add_person("hao", "郝平", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    matter = office.lin.drafts()

    def claim(work: Work, task: Task) -> None:
        tasks.claim(work, task)

    failures = at_once(office, matter, ["zhou", "hao"], claim)
    assert [type(failure) for failure in failures] == [TaskAlreadyClaimed]
    assert matter.assignee in {"周砚", "郝平"}


def test_a_form_sent_twice_at_once_is_taken_once(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")

    def agree(work: Work, task: Task) -> None:
        tasks.complete(work, task, revision=2, answers={"outcome": "agreed"})

    failures = at_once(office, matter, ["zhou", "zhou"], agree)
    assert [type(failure) for failure in failures] == [TaskAlreadyDone]
    assert matter.waits_at == ["签发"]


def test_a_task_given_back_waits_for_its_group_again(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    office.zhou.unclaims(matter, "section_review")
    assert matter.assignee == ""
    assert office.zhou.to_claim == [("科室审核", date(2026, 3, 4))]  # Wednesday
    assert matter.history[-1] == "周砚退领了“科室审核”。"


def test_nobody_gives_back_what_is_in_anothers_hands(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    with refused(TaskAlreadyClaimed):
        office.lin.unclaims(matter, "section_review")


def test_nobody_gives_back_what_was_never_claimed(office: Office) -> None:
    matter = office.lin.drafts()
    with refused(NotAllowed, match="还没有领取"):
        office.zhou.unclaims(matter, "section_review")


def test_a_task_is_claimed_before_it_is_done(office: Office) -> None:
    matter = office.lin.drafts()
    with refused(NotAllowed, match="还没有领取，先领取再办理"):
        agree_with(office, "zhou", matter, revision=1)


def test_a_stale_page_cannot_act_on_a_changed_task(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    office.zhou.unclaims(matter, "section_review")
    office.zhou.claims(matter, "section_review")
    with refused(TaskChanged):
        agree_with(office, "zhou", matter, revision=2)
    assert matter.waits_at == ["科室审核"]


def test_a_finished_task_says_who_did_it_and_when(office: Office) -> None:
    matter = office.lin.drafts()
    office.clock.set("2026-03-03", "09:15")  # Tuesday
    office.zhou.agrees(matter, "section_review")
    with refused(TaskAlreadyDone, match="没有提交：已由周砚于 09:15 办理。"):
        agree_with(office, "zhou", matter, revision=2)


def test_only_the_assignee_completes(office: Office) -> None:
    office.add_person("hao", "郝平", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    with refused(TaskAlreadyClaimed):
        agree_with(office, "hao", matter, revision=2)


def test_whose_role_ended_since_claiming_cannot_complete(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    office.ends_role(office.zhou, Role.SECTION_HEAD, date(2026, 3, 2))  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    with refused(NotAllowed, match="您已不再担任这一步要求的角色"):
        agree_with(office, "zhou", matter, revision=2)


@pytest.mark.parametrize("who", ["lin", "gao", "ma", "luo", "admin"])
def test_who_holds_another_role_or_works_elsewhere_cannot_claim(
    office: Office, who: str
) -> None:
    matter = office.lin.drafts()
    assert not office.people[who].finds(matter, "section_review")
    with refused(NotAllowed, match="不在这一步的办理人之列"):
        office.people[who].claims(matter, "section_review")


def test_the_same_role_in_another_section_of_the_agency_cannot_claim(
    office: Office,
) -> None:
    matter = office.shen.drafts()
    office.add_person("yu", "于静", "办公室", (Role.SECTION_HEAD, "办公室"))
    with refused(NotAllowed):
        office.yu.claims(matter, "section_review")


def test_a_person_of_another_tree_cannot_claim(office: Office) -> None:
    matter = office.lin.drafts()
    stranger = office.add_stranger()
    assert not stranger.finds(matter, "section_review")
    with refused(NotAllowed):
        stranger.claims(matter, "section_review")


def test_the_system_takes_no_task(office: Office) -> None:
    matter = office.lin.drafts()
    with refused(NotAllowed, match="要由人来办"), office.engine.work() as work:
        tasks.claim(work, matter.open_task(work, "section_review"))


@pytest.mark.parametrize(
    ("maker", "role", "place", "step"),
    [
        ("lin", Role.SECTION_HEAD, "信息公开科", "section_review"),
        ("lin", Role.UNIT_HEAD, "区政府办", "sign"),
        ("zhou", Role.UNIT_HEAD, "区政府办", "sign"),
        ("lin", Role.SEAL_KEEPER, "区政府办", "seal"),
        ("lin", Role.SECRECY_REVIEWER, "区政府办", "secrecy_second"),
        ("lin", Role.DISCLOSURE_HEAD, "区政府办", "approve_publication"),
        ("zhou", Role.DISCLOSURE_HEAD, "区政府办", "approve_publication"),
        ("gao", Role.DISCLOSURE_HEAD, "区政府办", "approve_publication"),
    ],
)
def test_who_did_an_earlier_step_never_does_a_later_one(
    office: Office, maker: str, role: Role, place: str, step: str
) -> None:
    matter = office.brought_to(step)
    office.gives_role(office.people[maker], role, place)
    with refused(MakerIsChecker, match="您办理过这件的"):
        office.people[maker].claims(matter, step)


def test_opened_at_is_recorded_once(office: Office) -> None:
    matter = office.lin.drafts()
    office.clock.set("2026-03-02", "14:00")  # Monday
    office.zhou.opens(matter, "section_review")
    office.clock.set("2026-03-03", "09:00")  # Tuesday
    office.zhou.opens(matter, "section_review")
    with office.engine.read() as work:
        opened = matter.open_task(work, "section_review").opened_at
    assert str(opened) == "2026-03-02 06:00:00+00:00"  # 14:00 in the office
    assert matter.history.count("周砚打开了“科室审核”。") == 1


def test_what_was_typed_is_kept_until_it_is_submitted(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    office.zhou.types(matter, "section_review", opinion="内容属")
    office.zhou.types(matter, "section_review", opinion="内容属实。")
    assert office.zhou.typed(matter, "section_review") == {"opinion": "内容属实。"}


def test_what_was_typed_is_removed_with_the_submission(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    office.zhou.types(matter, "section_review", opinion="内容属实。")
    office.zhou.agrees(matter, "section_review", "内容属实。")
    assert office.zhou.typed(matter, "section_review") is None


def test_what_arrives_after_the_submission_is_not_kept(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.agrees(matter, "section_review")
    with refused(TaskAlreadyDone):
        office.zhou.types(matter, "section_review", opinion="内容属实。")


def test_a_draft_names_a_case_that_has_taken_no_step(office: Office) -> None:
    matter = office.lin.begins()
    office.lin.types(matter, "draft", title="关于培训的通知")
    with office.engine.read() as work:
        assert matter.case(work).title == "关于培训的通知"


def test_a_returned_draft_in_the_making_renames_nothing(office: Office) -> None:
    matter = office.lin.drafts(title="关于培训的通知")
    office.zhou.returns(matter, "section_review")
    office.lin.types(matter, "draft", title="改了一半")
    with office.engine.read() as work:
        assert matter.case(work).title == "关于培训的通知"


def test_everybody_has_a_draft_of_their_own(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.types(matter, "section_review", opinion="内容属实。")
    assert office.lin.typed(matter, "section_review") is None


def test_a_returned_task_goes_straight_back_to_its_drafter(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    assert matter.waits_at == ["拟稿"]
    assert matter.assignee == "林晓雯"


def test_a_returned_task_goes_to_the_drafter_though_the_head_took_note_of_a_notice(
    office: Office,
) -> None:
    # The head's notice of the drafting step was the last thing done at "draft".
    matter = office.lin.begins()
    office.clock.set("2026-03-10")  # Tuesday, after five working days
    office.fires()
    office.zhou.acknowledges(matter)
    office.lin.submits(matter)
    office.zhou.returns(matter, "section_review")
    assert matter.assignee == "林晓雯"


def test_a_returned_task_waits_for_the_group_when_its_drafter_is_gone(
    office: Office,
) -> None:
    office.add_person("bai", "白露", "信息公开科", (Role.HANDLER, "信息公开科"))
    matter = office.lin.drafts()
    office.ends_role(office.lin, Role.HANDLER, date(2026, 3, 2))  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    office.zhou.returns(matter, "section_review")
    assert matter.assignee == ""
    assert office.bai.finds(matter, "draft")


def test_the_second_review_goes_to_the_first_reviewer(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter)
    assert matter.assignee == "周砚"


def test_a_notice_taken_note_of_leaves_the_list(office: Office) -> None:
    matter = office.lin.begins()
    office.clock.set("2026-03-10")  # Tuesday, after five working days
    office.fires()
    assert [name for name, _ in office.zhou.to_claim] == ["拟稿"]
    office.zhou.acknowledges(matter)
    assert office.zhou.to_claim == []
    assert matter.history[-1] == "周砚阅知了对“拟稿”的提醒。"


def test_taking_note_does_not_move_the_case(office: Office) -> None:
    matter = office.lin.begins()
    office.clock.set("2026-03-10")  # Tuesday, after five working days
    office.fires()
    office.zhou.acknowledges(matter)
    assert matter.waits_at == ["拟稿"]


def test_who_was_sent_a_notice_cannot_do_the_step_it_is_about(office: Office) -> None:
    # The superior's office holds the role that the notice names, but not the step.
    matter = office.shen.drafts()
    office.clock.set("2026-03-10")  # Tuesday, two working days after the limit
    office.fires()
    with refused(NotAllowed, match="这是提醒"), office.liang.work() as work:
        notice = matter.open_notices(work)[-1]
        tasks.claim(work, notice)
        answers = {"outcome": "agreed"}
        tasks.complete(work, notice, revision=notice.revision, answers=answers)


def test_work_is_done_and_not_taken_note_of(office: Office) -> None:
    matter = office.lin.drafts()
    with refused(NotAllowed, match="不是提醒"), office.zhou.work() as work:
        tasks.acknowledge(work, matter.open_task(work, "section_review"))


def test_invalid_answers_keep_nothing_of_the_act(office: Office) -> None:
    matter = office.lin.drafts()
    told = matter.history
    with refused(InvalidAnswers):
        office.zhou.does(matter, "section_review", outcome="returned", opinion="改")
    assert matter.history == told
    assert matter.assignee == ""
    with office.engine.read() as work:
        assert work.session.query(Opinion).count() == 0


def test_an_outcome_that_the_step_does_not_know_is_not_taken(office: Office) -> None:
    matter = office.lin.drafts()
    with refused(InvalidAnswers) as invalid:
        office.zhou.does(matter, "section_review", outcome="approved")
    assert list(invalid.value.errors) == ["outcome"]


def test_invalid_answers_leave_what_was_typed(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    office.zhou.types(matter, "section_review", opinion="改")
    with refused(InvalidAnswers):
        office.zhou.does(matter, "section_review", outcome="returned", opinion="改")
    assert office.zhou.typed(matter, "section_review") == {"opinion": "改"}


def at_once(
    office: Office,
    matter: Matter,
    logins: list[str],
    act: Callable[[Work, Task], None],
) -> list[BaseException]:
    """Let two people act on the section's review; return what they were refused.

    Both have read the task before either acts, where the database lets both in.
    """
    meeting = Barrier(2, timeout=0.3)

    def acts(login: str) -> None:
        with office.people[login].work() as work:
            task = matter.open_task(work, "section_review")
            with suppress(BrokenBarrierError):
                meeting.wait()
            act(work, task)

    with ThreadPoolExecutor(2) as pool:
        failures = [pool.submit(acts, login).exception for login in logins]
        return [failure for each in failures if (failure := each())]


def agree_with(office: Office, login: str, matter: Matter, *, revision: int) -> None:
    """Submit the section head's agreement from a page with this revision."""
    with office.people[login].work() as work:
        task = matter.open_task(work, "section_review")
        tasks.complete(work, task, revision=revision, answers={"outcome": "agreed"})
