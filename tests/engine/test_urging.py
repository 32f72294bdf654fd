"""催办: who may ask for a step, whom it reaches, how often."""

from datetime import date

import pytest

from engine import tasks, urging
from engine.errors import InvalidAnswers, NotAllowed, TaskAlreadyDone, UrgedAlready
from models.people import Role
from tests.office import Matter, Office, refused


@pytest.fixture
def matter(office: Office) -> Matter:
    """A document that Zhou Yan has at 科室审核."""
    found = office.lin.drafts()
    office.zhou.claims(found, "section_review")
    return found


def test_who_began_the_case_urges_who_has_the_task(
    office: Office, matter: Matter
) -> None:
    office.lin.urges(matter, "section_review", "周五要发。")
    (_, told) = matter.notices[0]
    assert told == f"林晓雯催办 {number(matter)} 的“科室审核”：周五要发。"
    assert [name for name, _ in office.zhou.in_hand] == ["科室审核", "科室审核"]
    assert matter.history[-1] == "林晓雯催办“科室审核”，提醒周砚。"


def test_what_nobody_has_claimed_reaches_the_group(office: Office) -> None:
    matter = office.lin.drafts()
    office.lin.urges(matter, "section_review")
    assert [name for name, _ in office.zhou.to_claim] == ["科室审核", "科室审核"]
    assert matter.history[-1] == "林晓雯催办“科室审核”，提醒信息公开科的科室负责人。"


def test_a_step_is_urged_once_a_working_day(office: Office, matter: Matter) -> None:
    office.clock.set("2026-03-06", "16:30")  # Friday
    office.lin.urges(matter, "section_review")
    office.clock.set("2026-03-08")  # Sunday
    with refused(
        UrgedAlready, match="林晓雯已于 3月6日 16:30 催办过，3月9日起可以再催"
    ):
        office.qin.urges(matter, "section_review")
    office.clock.set("2026-03-09")  # Monday
    office.qin.urges(matter, "section_review")
    assert counted(office, matter) == 2


def test_the_office_sets_how_long_nobody_urges_again(
    office: Office, matter: Matter
) -> None:
    office.sets("inbox.urge_again_days", 3, valid_from=date(2026, 3, 1))
    office.lin.urges(matter, "section_review")
    office.clock.set("2026-03-04")  # Wednesday
    with refused(UrgedAlready, match="3月5日起可以再催"):
        office.lin.urges(matter, "section_review")


def test_what_was_not_read_yet_is_told_once_in_the_newest_words(
    office: Office, matter: Matter
) -> None:
    office.lin.urges(matter, "section_review", "周五要发。")
    office.clock.set("2026-03-03")  # Tuesday
    office.qin.urges(matter, "section_review", "今天办。")
    ((_, told),) = matter.notices
    assert told == f"秦主任催办 {number(matter)} 的“科室审核”：今天办。"


def test_the_notice_is_read_and_the_task_stays(office: Office, matter: Matter) -> None:
    office.lin.urges(matter, "section_review")
    with office.zhou.work() as work:
        (notice,) = matter.open_notices(work)
        tasks.acknowledge(work, tasks.require_task(work, notice.public_id))
    assert office.zhou.in_hand == [("科室审核", date(2026, 3, 4))]  # Wednesday


def test_the_notice_goes_when_the_step_is_done(office: Office, matter: Matter) -> None:
    office.lin.urges(matter, "section_review")
    office.zhou.agrees(matter, "section_review")
    assert matter.notices == []
    with refused(TaskAlreadyDone):
        office.lin.urges(matter, "section_review")


def test_the_notice_goes_with_the_task_to_somebody_else(
    office: Office, matter: Matter
) -> None:
    office.add_person("hao", "郝平", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    office.lin.urges(matter, "section_review")
    office.zhou.hands(matter, "section_review", office.hao)
    assert office.zhou.in_hand == []
    assert matter.notices == []


@pytest.mark.parametrize("who", ["gao", "luo", "peng", "admin"])
def test_who_does_not_wait_for_a_step_does_not_urge(
    office: Office, matter: Matter, who: str
) -> None:
    with refused(NotAllowed, match="由起办人、上一步办理人和负责人催办"):
        office.people[who].urges(matter, "section_review")


def test_nobody_urges_what_is_their_own_to_do(office: Office, matter: Matter) -> None:
    with refused(NotAllowed, match="您自己就可以办"):
        office.zhou.urges(matter, "section_review")
    unclaimed = office.lin.drafts()
    with refused(NotAllowed, match="您自己就可以办"):
        office.zhou.urges(unclaimed, "section_review")


def test_the_owner_urges_the_delegate_and_others_the_owner(
    office: Office, matter: Matter
) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    office.zhou.urges(matter, "section_review")
    assert matter.history[-1] == "周砚催办“科室审核”，提醒戴明。"
    office.clock.set("2026-03-03")  # Tuesday
    office.lin.urges(matter, "section_review")
    assert matter.history[-1] == "林晓雯催办“科室审核”，提醒周砚。"


def test_what_is_given_back_is_not_waited_for_any_more(
    office: Office, matter: Matter
) -> None:
    office.zhou.lends(matter, "section_review", office.dai)
    office.zhou.urges(matter, "section_review")
    office.dai.gives_back(matter, "section_review")
    assert office.dai.in_hand == []


def test_no_limit_is_moved(office: Office, matter: Matter) -> None:
    office.lin.urges(matter, "section_review")
    assert matter.limit("section_review").due_on == date(2026, 3, 4)  # Wednesday


def test_too_many_words_are_not_sent(office: Office, matter: Matter) -> None:
    with refused(InvalidAnswers) as invalid:
        office.lin.urges(matter, "section_review", "急" * 201)
    assert invalid.value.errors == {"words": ["最多写200个字，现在太长了。"]}
    assert matter.notices == []


def number(matter: Matter) -> str:
    """Return the number of a case."""
    with matter.office.engine.read() as work:
        return matter.case(work).number


def counted(office: Office, matter: Matter) -> int:
    """Return how often the section's review was urged."""
    with office.engine.read() as work:
        task = matter.open_task(work, "section_review")
        return urging.counts(work, [task])[task.id]
