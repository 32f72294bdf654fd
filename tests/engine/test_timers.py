"""Time runs out: each rung tells the next one, once, and no failure stops the rest."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine import incidents
from engine.errors import NotAllowed, NotFound
from engine.history import case_stream, entries
from models.workflow import Incident, ProcessInstance, Timer
from tests.office import Matter, Office, refused


def test_the_handler_is_reminded_as_the_last_day_begins(
    office: Office,
) -> None:
    matter = office.lin.drafts()  # due on Wednesday, 4 March
    office.clock.set("2026-03-03", "23:59")  # Tuesday
    assert office.fires() == 0
    office.clock.set("2026-03-04", "00:00")  # Wednesday
    assert office.fires() == 1
    assert matter.history[-1] == "系统提醒待领的人：“科室审核”3月4日到期。"
    assert reminders(office, matter) == 1


def test_the_assignee_is_named_in_the_reminder(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.claims(matter, "section_review")
    office.clock.set("2026-03-04")  # Wednesday
    office.fires()
    assert matter.history[-1] == "系统提醒周砚：“科室审核”3月4日到期。"


def test_the_head_is_told_when_the_limit_has_expired(office: Office) -> None:
    matter = office.shen.drafts()
    office.clock.set("2026-03-05", "00:00")  # Thursday begins
    assert office.fires() == 2
    assert matter.notices == [
        (
            "unit_head",
            "区财政局 拟稿500199003-2026-0001 的“科室审核”应于3月4日办结，已经逾期。",
        )
    ]
    assert [name for name, _ in office.luo.to_claim] == ["科室审核"]


def test_a_notice_stands_under_the_limit_that_it_tells_of(office: Office) -> None:
    office.shen.drafts(formed_on="2026-03-02")
    office.clock.set("2026-03-05")  # Thursday
    office.fires()
    # Wednesday, 4 March, and not the limit of publication of Monday, 30 March.
    assert office.luo.to_claim == [("科室审核", date(2026, 3, 4))]


def test_the_superiors_office_is_told_two_working_days_later(office: Office) -> None:
    matter = office.shen.drafts()
    office.clock.set("2026-03-06", "23:59")  # Friday
    assert office.fires() == 2
    office.clock.set("2026-03-07", "00:00")  # Saturday begins
    assert office.fires() == 1
    assert matter.notices[-1] == (
        "disclosure_head",
        "区财政局 拟稿500199003-2026-0001 的“科室审核”应于3月4日办结，已经逾期。",
    )
    assert [name for name, _ in office.liang.to_claim] == ["科室审核"]


def test_each_rung_is_reached_once_even_when_the_runner_slept_for_weeks(
    office: Office,
) -> None:
    matter = office.shen.drafts()
    office.clock.set("2026-03-20")  # Friday
    assert office.fires() == 3
    assert office.fires() == 0
    assert [role for role, _ in matter.notices] == ["unit_head", "disclosure_head"]


def test_the_history_says_when_it_was_due_and_not_when_it_was_noticed(
    office: Office,
) -> None:
    matter = office.shen.drafts()
    office.clock.set("2026-03-20")  # Friday
    office.fires()
    assert told_at(office, matter) == [
        datetime(2026, 3, 3, 16, 0, tzinfo=UTC),  # Wednesday begins
        datetime(2026, 3, 4, 16, 0, tzinfo=UTC),  # Wednesday is over
        datetime(2026, 3, 6, 16, 0, tzinfo=UTC),  # Friday is over
    ]


def test_nothing_is_told_of_a_step_that_is_done(office: Office) -> None:
    matter = published(office)
    office.clock.set("2026-06-01")  # Monday
    assert office.fires() == 0
    assert matter.notices == []


def test_notices_of_a_step_go_with_the_step(office: Office) -> None:
    matter = office.shen.drafts()
    office.clock.set("2026-03-05")  # Thursday
    office.fires()
    office.ma.agrees(matter, "section_review")
    assert matter.notices == []
    # Only the document itself, which the head signs by Monday.
    assert office.luo.to_claim == [("签发", date(2026, 3, 9))]


def test_a_step_done_in_time_leaves_the_next_one_its_own_ladder(
    office: Office,
) -> None:
    matter = office.shen.drafts()
    office.clock.set("2026-03-04", "17:00")  # Wednesday
    office.fires()
    office.ma.agrees(matter, "section_review")  # two days from now: Friday, 6 March
    office.clock.set("2026-03-06", "23:59")
    assert office.fires() == 1
    assert matter.history[-1] == "系统提醒待领的人：“签发”3月6日到期。"


def test_publication_climbs_all_its_rungs(office: Office) -> None:
    # 《政府信息公开条例》Art 26: due on Monday, 30 March.
    matter = office.shen.drafts()
    office.brings(matter, "seal")
    reached = []
    for day in ("2026-03-24", "2026-03-30", "2026-03-31", "2026-04-02"):
        office.clock.set(day, "00:00")
        office.fires()
        reached.append(told_of_publication(matter))
    assert reached == [1, 2, 3, 4]


def test_publication_tells_section_disclosure_head_and_unit_head_in_turn(
    office: Office,
) -> None:
    matter = office.shen.drafts(formed_on="2026-03-02")
    office.clock.set("2026-04-20")  # Monday, long after
    office.fires()
    assert [line for line in matter.history if "“主动公开”" in line] == [
        "系统提醒马科长：“主动公开”3月30日到期。",
        "系统提醒唐晓：“主动公开”3月30日到期。",
        "系统提醒罗局长：“主动公开”应于3月30日办结，已经逾期。",
        "系统提醒梁敬之：“主动公开”应于3月30日办结，已经逾期。",
    ]


def test_publication_is_no_more_asked_for_once_it_has_happened(
    office: Office,
) -> None:
    matter = office.shen.drafts(formed_on="2026-03-02")
    office.clock.set("2026-04-20")  # Monday
    office.fires()
    office.brings(matter, "approve_publication")
    office.tang.lets_out(matter, "2026-04-20")
    office.fires()
    assert matter.waits_at == []
    assert matter.notices == []


def test_a_document_formed_before_the_offices_start_has_no_limit_of_publication(
    office: Office,
) -> None:
    office.sets("organisation.starts_on", "2026-03-01", valid_from=date(2026, 1, 1))
    matter = office.shen.drafts(formed_on="2026-02-27")  # Friday
    office.clock.set("2026-06-01")  # Monday
    office.fires()
    assert told_of_publication(matter) == 0


def test_a_document_formed_on_the_offices_first_day_has_its_limit(
    office: Office,
) -> None:
    office.sets("organisation.starts_on", "2026-03-02", valid_from=date(2026, 1, 1))
    matter = office.shen.drafts(formed_on="2026-03-02")
    assert matter.limit("publication").due_on == date(2026, 3, 30)


def test_a_superiors_notice_tells_no_title(office: Office) -> None:
    matter = office.shen.drafts(title="关于某某补贴的通知", formed_on="2026-03-02")
    office.clock.set("2026-04-20")  # Monday
    office.fires()
    with office.engine.read() as work:
        told = [(row.name, row.message) for row in matter.open_notices(work)]
    assert "某某补贴" not in str(told)
    assert [name for name, _ in office.liang.to_claim] == ["科室审核", "主动公开"]


def test_a_superiors_notice_gives_no_sight_of_the_case(office: Office) -> None:
    matter = office.shen.drafts()
    office.clock.set("2026-04-20")  # Monday
    office.fires()
    assert not office.liang.sees(matter)
    office.liang.acknowledges(matter)
    assert not office.liang.sees(matter)


def test_a_title_longer_than_a_step_s_name_can_be_escalated(office: Office) -> None:
    title = "关于" + "进一步" * 60 + "的通知"
    office.shen.drafts(title=title, formed_on="2026-03-02")
    office.clock.set("2026-04-20")  # Monday
    assert office.fires() == 7


def test_one_broken_case_does_not_stop_the_others(office: Office) -> None:
    broken = office.lin.drafts()
    sound = office.shen.drafts()
    break_case(office, broken)
    office.clock.set("2026-03-04")  # Wednesday
    assert office.fires() == 1
    assert reminders(office, sound) == 1
    assert reminders(office, broken) == 0


def test_a_failed_rung_is_tried_again_after_one_five_and_thirty_minutes(
    office: Office,
) -> None:
    matter = office.lin.drafts()
    break_case(office, matter)
    tried = []
    for hour in ("00:00", "00:01", "00:05", "00:06", "00:35", "00:36"):
        office.clock.set("2026-03-04", hour)  # Wednesday
        office.fires()
        tried.append(attempts(office, matter))
    assert tried == [1, 2, 2, 3, 3, 4]


def test_what_keeps_failing_becomes_an_incident_for_the_administrator(
    office: Office,
) -> None:
    matter = failed_for_good(office)
    with office.engine.read(office.admin.id) as work:
        (incident,) = incidents.open_for(work)
    assert incident.message == (
        "拟稿500199002-2026-0001的定时提醒没有执行，原定2026-03-04 00:00。"
    )
    assert incident.detail.startswith("JSONDecodeError load:")
    assert matter.history[-1] == f"{incident.message}已转系统管理员处理。"
    assert office.fires() == 0


def test_an_incident_that_was_repaired_is_retried_by_the_administrator(
    office: Office,
) -> None:
    matter = office.lin.drafts()
    state = break_case(office, matter)
    let_fail(office)
    with office.engine.work() as work:
        put_state(work.session, matter, state)
    retry(office, "admin")
    assert office.fires() == 1
    assert matter.history[-2:] == [
        (
            "区管理员重试：拟稿500199002-2026-0001的定时提醒没有执行，"
            "原定2026-03-04 00:00。"
        ),
        "系统提醒待领的人：“科室审核”3月4日到期。",
    ]


def test_only_an_administrator_retries(office: Office) -> None:
    failed_for_good(office)
    with refused(NotAllowed):
        retry(office, "liang")


def test_an_incident_is_retried_once(office: Office) -> None:
    failed_for_good(office)
    retry(office, "admin")
    with refused(NotFound):
        retry(office, "admin")


def test_an_incident_retried_after_its_limit_was_moved_waits_for_the_new_day(
    office: Office,
) -> None:
    # The sweep looked at it again and again without an end.
    matter = failed_for_good(office)
    with office.engine.work() as work:
        later = datetime(2026, 3, 20, tzinfo=UTC)  # Friday
        mine = Timer.case_id == matter.id
        work.session.execute(update(Timer).where(mine).values(due_at=later))
    retry(office, "admin")
    assert office.fires() == 0


def test_two_runners_at_once_reach_each_rung_once(office: Office) -> None:
    matter = office.shen.drafts(formed_on="2026-03-02")
    office.clock.set("2026-04-20")  # Monday
    with ThreadPoolExecutor(2) as pool:
        runners = [pool.submit(office.fires) for _ in range(2)]
    assert sum(runner.result() for runner in runners) == 7
    assert len(told_at(office, matter)) == 7


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-04"])
def test_a_person_who_is_faster_than_the_runner_wins(office: Office, day: str) -> None:
    matter = office.shen.drafts()
    office.clock.set(day)  # Tuesday, Wednesday
    office.ma.agrees(matter, "section_review")
    assert office.fires() == 0


def published(office: Office) -> Matter:
    """Return a document of the finance bureau that is published today."""
    matter = office.shen.drafts()
    office.brings(matter, "approve_publication")
    office.tang.lets_out(matter, "2026-03-02")
    office.fires()
    return matter


def reminders(office: Office, matter: Matter) -> int:
    """Return how often the open step was reminded of."""
    with office.engine.read() as work:
        return matter.open_task(work, "section_review").reminders


def told_at(office: Office, matter: Matter) -> list[datetime]:
    """Return the instants of all escalations in the history, oldest first."""
    with office.engine.read() as work:
        found = entries(work.session, case_stream(matter.id))
        told = [entry for entry in found if entry.event == "deadline_escalated"]
        return [entry.at for entry in reversed(told)]


def told_of_publication(matter: Matter) -> int:
    """Return how often somebody was told of the limit of publication."""
    return len([line for line in matter.history if "“主动公开”" in line])


def break_case(office: Office, matter: Matter) -> bytes:
    """Spoil the stored state of a case; return the sound one."""
    with office.engine.work() as work:
        mine = ProcessInstance.case_id == matter.id
        sound = work.session.scalars(select(ProcessInstance.state).where(mine)).one()
        put_state(work.session, matter, b"spoilt")
        return sound


def put_state(session: Session, matter: Matter, state: bytes) -> None:
    """Store a state for a case."""
    mine = ProcessInstance.case_id == matter.id
    session.execute(update(ProcessInstance).where(mine).values(state=state))


def attempts(office: Office, matter: Matter) -> int:
    """Return how often the first rung of a case was tried."""
    with office.engine.read() as work:
        return work.session.scalars(
            select(Timer.attempts)
            .where(Timer.case_id == matter.id, Timer.element.like("section%"))
            .order_by(Timer.rung)
        ).all()[0]


def let_fail(office: Office) -> None:
    """Let the runner try as often as it does."""
    for hour in ("00:00", "00:01", "00:06", "00:36"):
        office.clock.set("2026-03-04", hour)  # Wednesday
        office.fires()


def failed_for_good(office: Office) -> Matter:
    """Return a matter whose first rung has become an incident."""
    matter = office.lin.drafts()
    break_case(office, matter)
    let_fail(office)
    return matter


def retry(office: Office, login: str) -> None:
    """Let somebody retry the only incident there ever was."""
    with office.people[login].work() as work:
        public_id = work.session.scalars(select(Incident.public_id)).one()
        incidents.retry(work, public_id)
