"""A calendar or a rule changes: every limit that runs follows, once, and says so."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text

from engine import deadlines, incidents, recomputation
from engine.calendar import Dated
from engine.calendars import load_calendar, with_year
from engine.work import Work
from models.workflow import Case, Deadline, DeadlineState, Timer
from tests.notices import NAME_2027, TEXT_2027, bring_in, year_2027
from tests.office import Matter, Office
from tests.processes.test_killed import dies

DRAFT = "limit.document_review.draft"


@pytest.fixture
def february(office: Office) -> Office:
    """The office on Monday, 1 February 2027, before anybody knows the notice.

    By statute alone Friday 5 to Wednesday 10 February are free; the invented notice
    adds Thursday 11, and Saturday 20 is worked for it.
    """
    office.clock.set("2027-02-01")
    return office


def test_a_preview_says_what_would_move_from_when_to_when(february: Office) -> None:
    matter = february.lin.begins()
    with february.engine.read() as work:
        (change,) = preview(work)
        assert change.case.number == number(february, matter)
        assert change.title == "拟稿"
        # Friday the 12th, not certain yet; by the notice Monday the 15th.
        assert (change.old.due_on, change.old.provisional) == (date(2027, 2, 12), True)
        assert (change.new.due_on, change.new.provisional) == (date(2027, 2, 15), False)


def test_a_preview_changes_nothing(february: Office) -> None:
    matter = february.lin.begins()
    with february.engine.read() as work:
        preview(work)
        assert not load_calendar(work.session).is_known(2027)
    assert matter.limit("draft").due_on == date(2027, 2, 12)
    assert february.lin.in_hand == [("拟稿", date(2027, 2, 12))]


def test_a_new_calendar_moves_what_runs_and_what_was_provisional_is_final(
    february: Office,
) -> None:
    matter = february.lin.begins()
    knows_the_notice(february)
    assert recomputation.apply(february.engine) == 1
    limit = matter.limit("draft")
    assert (limit.due_on, limit.provisional) == (date(2027, 2, 15), False)
    assert limit.due_at == datetime(2027, 2, 15, 16, 0, tzinfo=UTC)
    assert february.lin.in_hand == [("拟稿", date(2027, 2, 15))]
    assert matter.history[-1] == (
        f"“拟稿”的期限从2月12日（暂定）改为2月15日。按“{NAME_2027}”重新计算。"
    )


def test_its_rungs_move_with_it(february: Office) -> None:
    matter = february.lin.begins()
    knows_the_notice(february)
    recomputation.apply(february.engine)
    assert first_rung(february, matter) == datetime(2027, 2, 14, 16, 0, tzinfo=UTC)


def test_a_day_that_stays_becomes_certain_and_says_so(office: Office) -> None:
    office.clock.set("2026-12-31")  # Thursday
    matter = office.lin.drafts(formed_on="2026-12-31")
    knows_the_notice(office)
    recomputation.apply(office.engine)
    limit = matter.limit("section_review")
    assert (limit.due_on, limit.provisional) == (date(2027, 1, 5), False)
    assert any(
        sentence.startswith("“科室审核”的期限从2027年1月5日（暂定）改为2027年1月5日。")
        for sentence in matter.history
    )


def test_what_does_not_reach_the_year_stays_silent(office: Office) -> None:
    matter = office.lin.begins()
    before = matter.history
    knows_the_notice(office)
    assert recomputation.apply(office.engine) == 1
    assert matter.history == before
    assert matter.limit("draft").calendar_version.endswith("#1")


def test_nothing_is_computed_twice(february: Office) -> None:
    matter = february.lin.begins()
    knows_the_notice(february)
    recomputation.apply(february.engine)
    told = matter.history
    assert recomputation.apply(february.engine) == 0
    assert matter.history == told


def test_an_open_limit_of_each_case_is_found_whatever_their_number(
    february: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recomputation, "_CASES", 2)
    matters = [february.lin.begins() for _ in range(5)]
    knows_the_notice(february)
    assert recomputation.apply(february.engine) == 5
    assert {matter.limit("draft").due_on for matter in matters} == {date(2027, 2, 15)}


def test_a_limit_that_has_ended_stays_as_it_was(february: Office) -> None:
    matter = february.lin.drafts(formed_on="2027-02-01")
    knows_the_notice(february)
    recomputation.apply(february.engine)
    ended = matter.limit("draft")
    assert (ended.state, ended.due_on) == (DeadlineState.MET, date(2027, 2, 12))


def test_a_day_that_people_have_set_stays(february: Office) -> None:
    matter = february.lin.begins()
    with february.engine.work() as work:
        put(work, matter, date(2027, 2, 11))  # Thursday, free by the notice
    knows_the_notice(february)
    recomputation.apply(february.engine)
    assert matter.limit("draft").due_on == date(2027, 2, 11)


def test_a_paused_limit_stays_paused_and_knows_the_calendar(february: Office) -> None:
    matter = february.lin.begins()
    with february.engine.work() as work:
        put(work, matter, None)
    knows_the_notice(february)
    assert recomputation.apply(february.engine) == 1
    limit = matter.limit("draft")
    assert (limit.state, limit.due_on) == (DeadlineState.PAUSED, None)
    assert recomputation.apply(february.engine) == 0


def test_a_process_may_say_itself_how_its_limit_is_computed(
    february: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = february.lin.begins()

    def two_days_after(work: Work, case: Case, deadline: Deadline) -> Dated:
        calendar = deadlines.calendar_of(work, case.agency)
        return calendar.add_working_days(deadline.starts_on, 2 + 5)

    ways = february.engine.definitions.process("document_review").recompute
    monkeypatch.setitem(ways, "draft", two_days_after)
    with february.engine.work() as work:
        put(work, matter, date(2027, 2, 26))  # Friday: set, but computed by its own way
    with february.engine.read() as work:
        (change,) = preview(work)
        # The 2nd to 4th, 12th, 15th to 17th.
        assert change.new.due_on == date(2027, 2, 17)  # Wednesday
    knows_the_notice(february)
    recomputation.apply(february.engine)
    assert matter.limit("draft").due_on == date(2027, 2, 17)


def test_a_process_may_say_that_its_limit_rests(
    february: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = february.lin.begins()
    ways = february.engine.definitions.process("document_review").recompute
    monkeypatch.setitem(ways, "draft", lambda *_: None)
    knows_the_notice(february)
    recomputation.apply(february.engine)
    assert matter.limit("draft").state == DeadlineState.PAUSED


def test_one_broken_case_does_not_hold_up_the_others(february: Office) -> None:
    broken, sound = february.lin.begins(), february.lin.begins()
    with february.engine.work() as work:
        row = work.session.get_one(Deadline, broken.limit("draft").id)
        row.unit = "fortnights"
    knows_the_notice(february)
    assert recomputation.apply(february.engine) == 1
    assert sound.limit("draft").due_on == date(2027, 2, 15)
    assert recomputation.apply(february.engine) == 0
    with february.engine.read() as work:
        (incident,) = incidents.open_about(work, "recomputation:")
        assert incident.message == (
            f"{number(february, broken)}的期限没有按新的日历或者规则重算。"
        )


def test_a_case_that_is_mended_is_computed_and_its_incident_closed(
    february: Office,
) -> None:
    matter = february.lin.begins()
    breaks(february, matter, "fortnights")
    knows_the_notice(february)
    recomputation.apply(february.engine)
    breaks(february, matter, "working_days")
    assert recomputation.apply(february.engine) == 1
    assert matter.limit("draft").due_on == date(2027, 2, 15)
    with february.engine.read() as work:
        assert incidents.open_about(work, "recomputation:") == []


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
@pytest.mark.parametrize("statements", [3, 12, 20, 28, 40])
def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_done_twice(
    february: Office, statements: int
) -> None:
    matters = [february.lin.begins() for _ in range(3)]
    knows_the_notice(february)
    dies(february, statements, lambda: recomputation.apply(february.engine))
    recomputation.apply(february.engine)
    for matter in matters:
        assert matter.limit("draft").due_on == date(2027, 2, 15)
        told = [line for line in matter.history if line.startswith("“拟稿”的期限")]
        assert len(told) == 1


def test_a_second_notice_for_the_year_moves_them_again(february: Office) -> None:
    matter = february.lin.begins()
    knows_the_notice(february)
    recomputation.apply(february.engine)
    amended = TEXT_2027.replace("至11日（农历正月初六、周四）", "至8日（周一）")
    amended = amended.replace("共7天。2月20日（周六）上班", "共4天")
    with february.engine.work() as work:
        bring_in(work, year_2027(amended))
    recomputation.apply(february.engine)
    # The 2nd to 4th, 9th, 10th.
    assert matter.limit("draft").due_on == date(2027, 2, 10)


# PostgreSQL plans by statistics, and here there is next to nothing to count.
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_look_for_what_is_behind_uses_the_index(february: Office) -> None:
    with february.engine.read() as work:
        plan = work.session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT calendar_version FROM deadline"
                " WHERE deadline.state IN ('running', 'paused')"
                " AND deadline.calendar_code = 'CN'"
                " ORDER BY deadline.calendar_version LIMIT 1"
            )
        ).all()
        assert "ix_deadline_open" in str(plan)


# Another length


def test_another_length_of_a_limit_is_shown_before_it_holds(office: Office) -> None:
    matter = office.lin.begins()
    seven = {"length": 7, "unit": "working_days"}
    with office.engine.read() as work:
        (change,) = recomputation.preview_rule(
            work, DRAFT, seven, root_id=office.root_id
        )
        # Monday the 2nd: five days to Monday the 9th, seven to Wednesday the 11th.
        assert change.old.due_on == date(2026, 3, 9)
        assert change.new.due_on == date(2026, 3, 11)
    assert matter.limit("draft").due_on == date(2026, 3, 9)


def test_another_length_is_counted_for_what_runs_when_it_is_asked_for(
    office: Office,
) -> None:
    matter = office.lin.begins()
    office.sets(
        DRAFT, {"length": 7, "unit": "working_days"}, valid_from=date(2026, 3, 2)
    )
    assert matter.limit("draft").due_on == date(2026, 3, 9)
    assert recomputation.apply_rule(office.engine, DRAFT) == 1
    limit = matter.limit("draft")
    assert (limit.length, limit.due_on) == (7, date(2026, 3, 11))
    assert limit.rule_version.startswith(f"{DRAFT}#")
    assert limit.rule_version != f"{DRAFT}#default"
    assert matter.history[-1] == (
        "“拟稿”的期限从3月9日改为3月11日。时限由5个工作日改为7个工作日，重新计算。"
    )
    assert recomputation.apply_rule(office.engine, DRAFT) == 0


def test_another_length_of_one_agency_leaves_the_others_alone(office: Office) -> None:
    theirs, ours = office.shen.begins(), office.lin.begins()
    seven = {"length": 7, "unit": "working_days"}
    office.sets(DRAFT, seven, valid_from=date(2026, 3, 2), place="区财政局")
    with office.engine.read() as work:
        changes = recomputation.preview_rule(
            work,
            DRAFT,
            seven,
            root_id=office.root_id,
            agency_id=office.organisations["区财政局"],
        )
        assert [change.case.id for change in changes] == [theirs.id]
    recomputation.apply_rule(office.engine, DRAFT)
    assert theirs.limit("draft").due_on == date(2026, 3, 11)
    assert ours.limit("draft").due_on == date(2026, 3, 9)


def preview(work: Work) -> list[recomputation.Change]:
    calendar = with_year(work.session, "CN", year_2027())
    return recomputation.preview(work, calendar, year=2027)


def knows_the_notice(office: Office) -> None:
    with office.engine.work() as work:
        bring_in(work, year_2027())


def put(work: Work, matter: Matter, due_on: date | None) -> None:
    case = matter.case(work)
    limit = work.session.get_one(Deadline, matter.limit("draft").id)
    deadlines.put(work, case, limit, due_on, why="负责人批准。")


def breaks(office: Office, matter: Matter, unit: str) -> None:
    with office.engine.work() as work:
        work.session.get_one(Deadline, matter.limit("draft").id).unit = unit


def number(office: Office, matter: Matter) -> str:
    with office.engine.read() as work:
        return matter.case(work).number


def first_rung(office: Office, matter: Matter) -> datetime | None:
    with office.engine.read() as work:
        return work.session.scalars(
            select(Timer.due_at)
            .where(Timer.deadline_id == matter.limit("draft").id)
            .order_by(Timer.rung)
        ).first()
