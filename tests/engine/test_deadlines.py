"""Limits of cases and steps: begun, moved, met; their timers and lists follow."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from engine import deadlines, history
from engine.work import Work
from models.workflow import Deadline, DeadlineState, Timer
from tests.office import NOT_PUBLIC, Matter, Office, refused

LENGTH = "limit.document_review.section_review"
LADDER = "ladder.document_review.section_review"


def test_a_step_has_its_limit_from_the_day_it_began(office: Office) -> None:
    matter = office.lin.drafts()
    limit = matter.limit("section_review")
    assert (limit.length, limit.unit) == (2, "working_days")
    assert limit.starts_on == date(2026, 3, 2)  # Monday
    assert limit.due_on == date(2026, 3, 4)  # Wednesday
    assert limit.due_at == datetime(2026, 3, 4, 16, 0, tzinfo=UTC)
    assert not limit.provisional


def test_a_limit_says_what_it_was_computed_from(office: Office) -> None:
    limit = office.lin.drafts().limit("section_review")
    assert limit.calendar_code == "CN"
    assert limit.calendar_version == "chinesecalendar-1.11.0"
    assert limit.rule_version == "limit.document_review.section_review#default"


def test_a_setting_gives_another_length_and_is_named_as_the_rule(
    office: Office,
) -> None:
    three = {"length": 3, "unit": "working_days"}
    office.sets(LENGTH, three, valid_from=date(2026, 3, 1))  # Sunday
    limit = office.lin.drafts().limit("section_review")
    assert limit.due_on == date(2026, 3, 5)  # Thursday
    assert limit.rule_version.startswith("limit.document_review.section_review#")
    assert limit.rule_version != "limit.document_review.section_review#default"


def test_a_setting_holds_from_its_day_on_and_not_before(office: Office) -> None:
    four_hours = {"length": 4, "unit": "hours"}
    office.sets(LENGTH, four_hours, valid_from=date(2026, 3, 3))  # Tuesday
    before = office.lin.drafts()
    office.clock.set("2026-03-03", "10:00")
    after = office.lin.drafts()
    assert before.limit("section_review").due_on == date(2026, 3, 4)  # Wednesday
    assert after.limit("section_review").due_at == datetime(
        2026, 3, 3, 6, 0, tzinfo=UTC
    )


def test_a_setting_of_one_agency_leaves_the_others_alone(office: Office) -> None:
    ten = {"length": 10, "unit": "days"}
    office.sets(LENGTH, ten, valid_from=date(2026, 3, 1), place="区财政局")
    assert office.shen.drafts().limit("section_review").due_on == date(
        2026, 3, 12
    )  # Thursday
    assert office.lin.drafts().limit("section_review").due_on == date(
        2026, 3, 4
    )  # Wednesday


def test_a_changed_setting_does_not_touch_limits_that_run(office: Office) -> None:
    matter = office.lin.drafts()
    nine = {"length": 9, "unit": "days"}
    office.sets(LENGTH, nine, valid_from=date(2026, 3, 2))  # Monday
    assert matter.limit("section_review").due_on == date(2026, 3, 4)  # Wednesday


def test_a_setting_gives_another_ladder(office: Office) -> None:
    office.sets(LADDER, [{"offset": 1, "to": "unit_head"}], valid_from=date(2026, 3, 1))
    matter = office.lin.drafts()
    # Thursday, 5 March, is over.
    assert rungs(office, matter, "section_review") == [
        (1, "unit_head", datetime(2026, 3, 5, 16, 0, tzinfo=UTC))
    ]


def test_a_limit_of_one_day_is_reminded_of_as_that_day_begins(office: Office) -> None:
    one = {"length": 1, "unit": "working_days"}
    office.sets(LENGTH, one, valid_from=date(2026, 3, 1))
    matter = office.lin.drafts()
    assert rungs(office, matter, "section_review")[0] == (
        -1,
        "handler",
        datetime(2026, 3, 2, 16, 0, tzinfo=UTC),  # Tuesday begins
    )


def test_a_moved_limit_moves_its_timers_and_lists_at_once(office: Office) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        move(work, matter, date(2026, 3, 10))  # Tuesday
    assert office.zhou.to_claim == [("科室审核", date(2026, 3, 10))]
    assert rungs(office, matter, "section_review") == [
        (-1, "handler", datetime(2026, 3, 9, 16, 0, tzinfo=UTC)),  # Tuesday begins
        (0, "unit_head", datetime(2026, 3, 10, 16, 0, tzinfo=UTC)),
        (2, "superior_office", datetime(2026, 3, 12, 16, 0, tzinfo=UTC)),
    ]


def test_a_moved_limit_says_so_with_the_reason(office: Office) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        move(work, matter, date(2026, 3, 10))  # Tuesday
    assert matter.history[-1] == "“科室审核”的期限从3月4日改为3月10日。负责人批准延期。"


def test_a_paused_limit_waits_for_no_day_and_reminds_nobody(office: Office) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        move(work, matter, None)
    limit = matter.limit("section_review")
    assert (limit.state, limit.due_on, limit.due_at) == ("paused", None, None)
    assert office.zhou.to_claim == [("科室审核", deadlines.NEVER)]
    office.clock.set("2026-03-20", "10:00")  # Friday, long after the last day
    assert office.fires() == 0
    assert matter.history[-1] == "“科室审核”的期限暂停，原为3月4日。负责人批准延期。"


def test_a_paused_limit_runs_again_on_the_day_it_is_given(office: Office) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        move(work, matter, None)
        move(work, matter, date(2026, 3, 10))  # Tuesday
    assert matter.limit("section_review").state == DeadlineState.RUNNING
    assert office.zhou.to_claim == [("科室审核", date(2026, 3, 10))]
    assert [at for _, _, at in rungs(office, matter, "section_review")] == [
        datetime(2026, 3, 9, 16, 0, tzinfo=UTC),
        datetime(2026, 3, 10, 16, 0, tzinfo=UTC),
        datetime(2026, 3, 12, 16, 0, tzinfo=UTC),
    ]
    assert matter.history[-1] == ("“科室审核”的期限从暂停改为3月10日。负责人批准延期。")


def test_rungs_that_have_passed_fire_once_stamped_with_their_instant(
    office: Office,
) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        move(work, matter, None)
    office.clock.set("2026-03-10", "10:00")  # Tuesday
    with office.engine.work() as work:
        move(work, matter, date(2026, 3, 9))  # Monday
    # The reminder as Monday began, and the expiry as it ended.
    assert office.fires() == 2
    assert office.fires() == 0
    assert [
        at for at, event in told(office, matter) if event == "deadline_escalated"
    ] == [
        datetime(2026, 3, 8, 16, 0, tzinfo=UTC),
        datetime(2026, 3, 9, 16, 0, tzinfo=UTC),
    ]


def test_a_limit_that_stays_where_it_is_says_nothing(office: Office) -> None:
    matter = office.lin.drafts()
    before = matter.history
    with office.engine.work() as work:
        move(work, matter, date(2026, 3, 4))  # Wednesday, as before
    assert matter.history == before


def test_a_provisional_day_that_becomes_certain_says_so(office: Office) -> None:
    office.clock.set("2026-12-31")  # Thursday
    matter = office.lin.drafts(formed_on="2026-12-31")
    day = matter.limit("section_review").due_on
    assert day == date(2027, 1, 5)  # Tuesday
    with office.engine.work() as work:
        move(work, matter, day)
    assert matter.history[-1] == (
        "“科室审核”的期限从2027年1月5日（暂定）改为2027年1月5日。负责人批准延期。"
    )


def test_a_case_that_ends_while_a_limit_is_paused_leaves_nothing(
    office: Office,
) -> None:
    matter = office.lin.drafts()
    with office.engine.work() as work:
        move(work, matter, None)
    office.zhou.agrees(matter, "section_review")
    assert matter.limit("section_review").state == DeadlineState.MET
    office.clock.set("2026-03-20", "10:00")  # Friday
    assert rungs(office, matter, "section_review") == []


def test_a_limit_that_has_ended_is_not_put_anywhere(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.agrees(matter, "section_review")
    with refused(ValueError), office.engine.work() as work:
        case = matter.case(work)
        ended = work.session.get_one(Deadline, matter.limit("section_review").id)
        deadlines.put(work, case, ended, date(2026, 3, 10), why="")


def test_a_move_that_is_not_committed_moves_nothing(office: Office) -> None:
    matter = office.lin.drafts()
    planned = rungs(office, matter, "section_review")
    with refused(InterruptedError), office.engine.work() as work:
        move(work, matter, date(2026, 3, 10))  # Tuesday
        raise InterruptedError
    assert rungs(office, matter, "section_review") == planned
    assert office.zhou.to_claim == [("科室审核", date(2026, 3, 4))]  # Wednesday


def test_a_rung_that_was_reached_is_not_reached_again_after_a_move(
    office: Office,
) -> None:
    matter = office.lin.drafts()
    office.clock.set("2026-03-04", "00:00")  # Wednesday: the reminder
    assert office.fires() == 1
    with office.engine.work() as work:
        move(work, matter, date(2026, 3, 10))  # Tuesday
    office.clock.set("2026-03-10", "12:00")  # Tuesday
    assert office.fires() == 0


def test_a_limit_set_to_a_day_of_a_year_without_notice_is_not_provisional(
    office: Office,
) -> None:
    office.clock.set("2026-12-31")  # Thursday
    matter = office.lin.drafts(formed_on="2026-12-31")
    assert matter.limit("section_review").provisional
    with office.engine.work() as work:
        move(work, matter, date(2027, 1, 8))  # Friday
    assert not matter.limit("section_review").provisional


def test_a_limit_that_was_met_never_fires(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.agrees(matter, "section_review")
    assert matter.limit("section_review").state == DeadlineState.MET
    assert rungs(office, matter, "section_review") == []


def test_the_first_list_date_is_the_nearest_of_step_and_case(office: Office) -> None:
    # Formed on Monday 2 February: to be public by Friday 6 March.
    office.clock.set("2026-03-05")  # Thursday
    office.lin.drafts(formed_on="2026-02-02")
    assert office.zhou.to_claim == [("科室审核", date(2026, 3, 6))]


def test_a_returned_step_begins_a_new_round_of_its_limit(office: Office) -> None:
    matter = office.lin.drafts()
    office.zhou.returns(matter, "section_review")
    office.clock.set("2026-03-03")  # Tuesday
    office.lin.submits(matter)
    limit = matter.limit("section_review")
    assert limit.round == 2
    assert limit.due_on == date(2026, 3, 5)  # Thursday


def test_publication_is_due_twenty_working_days_after_formation(
    office: Office,
) -> None:
    # 《政府信息公开条例》Art 26; Monday 2 March to Monday 30 March.
    limit = office.brought_to("seal").limit("publication")
    assert limit.starts_on == date(2026, 3, 2)
    assert limit.due_on == date(2026, 3, 30)


def test_another_day_of_formation_replaces_the_limit_of_publication(
    office: Office,
) -> None:
    matter = office.lin.drafts(formed_on="2026-03-02")
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, formed_on="2026-02-27")  # Friday
    limit = matter.limit("publication")
    assert (limit.round, limit.starts_on) == (2, date(2026, 2, 27))
    # Saturday 28 February is worked: Thursday 26 March.
    assert limit.due_on == date(2026, 3, 26)
    assert states(office, matter, "publication") == ["void", "running"]


def test_a_document_that_is_not_public_has_no_limit_of_publication(
    office: Office,
) -> None:
    matter = office.lin.drafts(formed_on="2026-03-02")
    office.zhou.returns(matter, "section_review")
    office.lin.submits(matter, **NOT_PUBLIC, formed_on="2026-03-02")
    assert states(office, matter, "publication") == ["void"]


def move(work: Work, matter: Matter, due_on: date | None) -> None:
    """Put the limit of the section's review on another day, or let it rest."""
    case = matter.case(work)
    task = matter.open_task(work, "section_review")
    running = deadlines.running(work, case, "document_review", "section_review", task)
    assert running is not None
    deadlines.put(work, case, running, due_on, why="负责人批准延期。")


def rungs(office: Office, matter: Matter, name: str) -> list[tuple[int, str, datetime]]:
    """Return the rungs that still wait, of the newest limit of a name."""
    with office.engine.read() as work:
        rows = work.session.scalars(
            select(Timer)
            .where(Timer.deadline_id == matter.limit(name).id)
            .where(Timer.fired_at.is_(None), Timer.cancelled_at.is_(None))
            .order_by(Timer.rung)
        )
        return [
            (row.plan["offset"], row.plan["to"], row.due_at)
            for row in rows
            if row.due_at
        ]


def told(office: Office, matter: Matter) -> list[tuple[datetime, str]]:
    """Return when and what the history of a case tells, oldest first."""
    with office.engine.read() as work:
        entries = history.entries(
            work.session, history.case_stream(matter.case(work).id)
        )
        return [(entry.at, entry.event) for entry in reversed(entries)]


def states(office: Office, matter: Matter, name: str) -> list[str]:
    """Return how the limits of a name stand, in the order they began."""
    with office.engine.read() as work:
        rows = deadlines.of_case(work, matter.case(work))
        return [row.state for row in rows if row.name == name]
