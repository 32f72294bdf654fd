"""转办, 委派 and 交回: who may hand a task to whom, and what stays as it was."""

from datetime import date

import pytest

from engine import handing, handovers, tasks, vacancies
from engine.errors import (
    InvalidAnswers,
    MakerIsChecker,
    NotAllowed,
    TaskAlreadyClaimed,
    TaskAlreadyDone,
    TaskChanged,
)
from models.people import Role
from models.workflow import Label
from tests.office import Matter, Office, person_row, refused


@pytest.fixture
def matter(office: Office) -> Matter:
    """A document that Zhou Yan has at 科室审核; Hao Ping could do it as well."""
    office.add_person("hao", "郝平", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    found = office.lin.drafts()
    office.zhou.claims(found, "section_review")
    return found


def test_who_has_a_task_gives_it_to_another_of_the_group(
    office: Office, matter: Matter
) -> None:
    office.zhou.hands(matter, "section_review", office.hao)
    assert matter.assignee == "郝平"
    assert office.hao.in_hand == [("科室审核", date(2026, 3, 4))]  # Wednesday
    assert office.zhou.in_hand == []
    assert matter.history[-1] == "周砚把“科室审核”转办给郝平。"


def test_the_receiver_goes_on_with_it(office: Office, matter: Matter) -> None:
    office.zhou.hands(matter, "section_review", office.hao)
    office.hao.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]


def test_who_gave_it_away_cannot_do_it_any_more(office: Office, matter: Matter) -> None:
    office.zhou.hands(matter, "section_review", office.hao)
    with refused(TaskAlreadyClaimed):
        office.zhou.agrees(matter, "section_review")


def test_a_limit_is_not_moved_by_handing_over(office: Office, matter: Matter) -> None:
    before = matter.limit("section_review").due_on
    office.clock.set("2026-03-04")  # Wednesday, the limit's last day
    office.zhou.hands(matter, "section_review", office.hao)
    assert matter.limit("section_review").due_on == before == date(2026, 3, 4)


def test_the_reason_is_kept_word_by_word(office: Office, matter: Matter) -> None:
    office.zhou.hands(matter, "section_review", office.hao, "周三起休假。")
    with office.engine.read() as work:
        row = handovers.newest(work, [matter.open_task(work, "section_review")])
        (handed,) = row.values()
        assert (handed.giver.name, handed.reason) == ("周砚", "周三起休假。")


def test_without_a_reason_nothing_is_handed_over(
    office: Office, matter: Matter
) -> None:
    with refused(InvalidAnswers) as invalid:
        office.zhou.hands(matter, "section_review", office.hao, " ")
    assert invalid.value.errors == {"reason": ["写明原因，接手的人看得到。"]}
    assert matter.assignee == "周砚"


def test_the_head_of_the_agency_gives_a_task_to_somebody_else(
    office: Office, matter: Matter
) -> None:
    office.qin.hands(matter, "section_review", office.hao)
    assert matter.assignee == "郝平"
    assert matter.history[-1] == "秦主任把“科室审核”由周砚转办给郝平。"


def test_the_head_gives_out_what_nobody_has_claimed(office: Office) -> None:
    matter = office.lin.drafts()
    office.qin.hands(matter, "section_review", office.zhou)
    assert matter.assignee == "周砚"
    assert matter.history[-1] == "秦主任把待领的“科室审核”交给周砚办理。"


def test_a_head_of_the_section_takes_a_task_over(
    office: Office, matter: Matter
) -> None:
    office.hao.hands(matter, "section_review", office.hao)
    assert matter.assignee == "郝平"
    assert matter.history[-1] == "郝平把“科室审核”由周砚转办给郝平。"


@pytest.mark.parametrize("who", ["lin", "gao", "luo", "liang", "admin"])
def test_nobody_else_hands_over_what_is_in_anothers_hands(
    office: Office, matter: Matter, who: str
) -> None:
    with refused(NotAllowed, match="不在您手上，不能转办"):
        office.people[who].hands(matter, "section_review", office.hao)


def test_a_task_never_goes_to_who_made_what_it_checks(
    office: Office, matter: Matter
) -> None:
    office.gives_role(office.lin, Role.SECTION_HEAD, "信息公开科")
    with refused(MakerIsChecker, match="林晓雯办理过这件的“拟稿”，不能再办“科室审核”"):
        office.zhou.hands(matter, "section_review", office.lin)


def test_a_task_never_goes_to_who_does_not_hold_its_role(
    office: Office, matter: Matter
) -> None:
    with refused(InvalidAnswers) as invalid:
        office.zhou.hands(matter, "section_review", office.gao)
    assert invalid.value.errors == {
        "to": ["高远航不是信息公开科的科室负责人，不能办这一步。"]
    }


def test_a_task_never_goes_to_whose_role_has_ended(
    office: Office, matter: Matter
) -> None:
    office.ends_role(office.hao, Role.SECTION_HEAD, date(2026, 3, 2))  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    with refused(InvalidAnswers) as invalid:
        office.zhou.hands(matter, "section_review", office.hao)
    assert list(invalid.value.errors) == ["to"]


def test_a_task_never_goes_to_another_tree(office: Office, matter: Matter) -> None:
    stranger = office.add_stranger()
    with refused(InvalidAnswers) as invalid:
        office.zhou.hands(matter, "section_review", stranger)
    assert invalid.value.errors == {"to": ["从名单里选一个人。"]}


def test_a_stale_page_hands_nothing_over(office: Office, matter: Matter) -> None:
    with refused(TaskChanged), office.zhou.work() as work:
        task = matter.open_task(work, "section_review")
        to = person_row(work, office.hao).public_id
        handing.reassign(work, task, to, revision=1, reason="休假。")


def test_what_is_done_is_not_handed_over(office: Office, matter: Matter) -> None:
    office.zhou.agrees(matter, "section_review")
    with refused(TaskAlreadyDone):
        office.zhou.hands(matter, "section_review", office.hao)


def test_the_page_offers_the_group_without_who_has_it_and_who_made_it(
    office: Office, matter: Matter
) -> None:
    office.gives_role(office.lin, Role.SECTION_HEAD, "信息公开科")
    with office.engine.read(office.zhou.id) as work:
        offered = handing.receivers(work, matter.open_task(work, "section_review"))
        assert [person.name for person in offered] == ["郝平"]


def test_a_delegated_task_stands_in_both_lists(office: Office, matter: Matter) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    assert office.zhou.in_hand == [("科室审核", date(2026, 3, 4))]  # Wednesday
    assert office.dai.in_hand == [("科室审核", date(2026, 3, 4))]
    assert matter.assignee == "周砚"
    assert matter.history[-1] == "周砚把“科室审核”委派给戴明，仍由自己负责。"


def test_a_delegate_reads_the_case_and_opens_the_task(
    office: Office, matter: Matter
) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    assert office.dai.sees(matter)
    assert office.dai.finds(matter, "section_review")


def test_what_the_delegate_typed_comes_back_with_the_task(
    office: Office, matter: Matter
) -> None:
    office.zhou.types(matter, "section_review", opinion="第一段")
    office.zhou.lends(matter, "section_review", office.dai)
    assert office.dai.typed(matter, "section_review") == {"opinion": "第一段"}
    office.dai.types(matter, "section_review", opinion="第一段、第二段属实。")
    office.dai.gives_back(matter, "section_review", "数据核过了。")
    assert office.zhou.typed(matter, "section_review") == {
        "opinion": "第一段、第二段属实。"
    }
    assert office.dai.typed(matter, "section_review") is None
    assert office.dai.in_hand == []
    assert matter.history[-1] == "戴明把“科室审核”交回周砚。"


def test_the_owner_completes_what_was_given_back(
    office: Office, matter: Matter
) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    office.dai.gives_back(matter, "section_review")
    office.zhou.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]


def test_the_owner_does_not_complete_what_is_with_a_delegate(
    office: Office, matter: Matter
) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    with refused(NotAllowed, match="已委派给戴明。等交回，或者先收回，再办理。"):
        office.zhou.agrees(matter, "section_review")
    with refused(NotAllowed, match="已委派给戴明"):
        office.zhou.unclaims(matter, "section_review")


def test_the_delegate_never_completes(office: Office, matter: Matter) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    with (
        refused(NotAllowed, match="由周砚负责。写好以后交回"),
        office.dai.work() as work,
    ):
        task = matter.open_task(work, "section_review")
        answers = {"outcome": "agreed"}
        tasks.complete(work, task, revision=task.revision, answers=answers)


def test_the_owner_takes_back_what_was_lent(office: Office, matter: Matter) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    office.dai.types(matter, "section_review", opinion="没写完")
    office.zhou.takes_back(matter, "section_review")
    assert office.dai.in_hand == []
    assert office.zhou.typed(matter, "section_review") is None
    assert matter.history[-1] == "周砚收回了委派给戴明的“科室审核”。"
    office.zhou.agrees(matter, "section_review")


def test_a_delegate_is_never_who_made_what_the_step_checks(
    office: Office, matter: Matter
) -> None:
    with refused(MakerIsChecker, match="林晓雯办理过"):
        office.zhou.lends(matter, "section_review", office.lin)


def test_who_helped_with_a_step_never_checks_it_later(office: Office) -> None:
    office.add_person("hao", "郝平", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    matter = office.lin.begins()
    office.lin.lends(matter, "draft", office.zhou)
    office.zhou.gives_back(matter, "draft")
    office.lin.submits(matter)
    with refused(MakerIsChecker, match="您办理过这件的“拟稿”"):
        office.zhou.claims(matter, "section_review")


def test_whose_help_was_taken_back_has_done_nothing(office: Office) -> None:
    matter = office.lin.begins()
    office.lin.lends(matter, "draft", office.zhou)
    office.lin.takes_back(matter, "draft")
    office.lin.submits(matter)
    office.zhou.claims(matter, "section_review")
    assert matter.assignee == "周砚"


def test_nobody_of_another_agency_is_a_delegate(office: Office, matter: Matter) -> None:
    with refused(InvalidAnswers) as invalid:
        office.zhou.lends(matter, "section_review", office.shen)
    assert invalid.value.errors == {"to": ["沈清不在区政府办，不能接受委派。"]}


def test_only_a_reader_is_a_delegate_where_reading_is_restricted(
    office: Office, matter: Matter
) -> None:
    with office.engine.work() as work:
        matter.case(work).label = Label.WORK_SECRET
    with refused(InvalidAnswers) as invalid:
        office.zhou.lends(matter, "section_review", office.dai)
    assert invalid.value.errors == {"to": ["戴明不能查看这个事项，不能接受委派。"]}
    office.zhou.lends(matter, "section_review", office.liang)
    assert office.liang.in_hand == [("科室审核", date(2026, 3, 4))]  # Wednesday


def test_only_who_has_a_task_lends_it_and_only_once(
    office: Office, matter: Matter
) -> None:
    with refused(NotAllowed, match="不在您手上，不能委派"):
        office.qin.lends(matter, "section_review", office.dai)
    office.zhou.lends(matter, "section_review", office.dai)
    with refused(NotAllowed, match="已委派给戴明"):
        office.zhou.lends(matter, "section_review", office.gao)


def test_only_the_delegate_gives_back(office: Office, matter: Matter) -> None:
    with refused(NotAllowed, match="现在没有委派给您，不用交回"):
        office.dai.gives_back(matter, "section_review")
    with refused(NotAllowed, match="现在没有委派给别人"):
        office.zhou.takes_back(matter, "section_review")


def test_handing_a_task_over_ends_its_delegation(
    office: Office, matter: Matter
) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    office.qin.hands(matter, "section_review", office.hao)
    assert office.dai.in_hand == []
    office.hao.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]


def test_a_delegation_ends_when_its_owner_loses_the_role(
    office: Office, matter: Matter
) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    office.ends_role(office.zhou, Role.SECTION_HEAD, date(2026, 3, 2))  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    with office.engine.work() as work:
        vacancies.report_all(work)
    assert office.dai.in_hand == []
    office.hao.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]


def test_who_has_left_gets_nothing(office: Office, matter: Matter) -> None:
    with office.engine.work() as work:
        person_row(work, office.hao).valid_to = date(2026, 3, 2)  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    with refused(InvalidAnswers) as invalid:
        office.zhou.hands(matter, "section_review", office.hao)
    assert invalid.value.errors == {"to": ["从名单里选一个人。"]}
