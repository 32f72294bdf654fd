"""导入放假安排: typed by one person, confirmed by another, and every limit follows."""

from datetime import date

import pytest
from sqlalchemy import select

from engine import recomputation
from engine.calendars import load_calendar
from engine.errors import InvalidAnswers, MakerIsChecker, NotAllowed
from models.calendar import CalendarImport, CalendarVersion
from models.people import Role
from models.workflow import Case
from processes.calendar_import.record import begin
from processes.registers import calendar_imports
from tests.notices import NAME_2027, TEXT_2027
from tests.office import Actor, Matter, Office, refused
from tests.processes.test_killed import dies

CSV = """date,kind,name
2027-01-01,off,元旦
2027-02-05,off,春节
2027-02-06,off,春节
2027-02-07,off,春节
2027-02-08,off,春节
2027-04-05,off,清明节
2027/5/1,off,劳动节
2027/5/2,off,劳动节
2027-06-09,off,端午节
2027-09-15,off,中秋节
2027-10-01,off,国庆节
2027-10-02,off,国庆节
2027-10-03,off,国庆节
2027-10-04,off,国庆节
2027-10-09,make_up,
"""


def test_a_notice_counts_once_two_people_have_looked_at_it(office: Office) -> None:
    matter = begins(office)
    types(matter, "previewed")
    assert matter.waits_at == ["录入放假通知"]
    types(matter, "submitted")
    assert matter.waits_at == ["复核放假安排"]
    assert not knows(office, 2027)
    lu(office).does(matter, "confirm_calendar", outcome="confirmed")
    assert knows(office, 2027)
    assert matter.waits_at == []
    with office.engine.read() as work:
        calendar = load_calendar(work.session)
        assert calendar.year(2027).working_days == 248
        assert calendar.day_name(date(2027, 2, 20)) == "调休上班"  # Saturday
        (version,) = work.session.scalars(select(CalendarVersion))
        assert (version.source, version.imported_by) == (NAME_2027, lu(office).id)


def test_the_history_says_what_was_read_and_by_whom(office: Office) -> None:
    matter = begins(office)
    types(matter, "previewed")
    types(matter, "submitted")
    lu(office).does(matter, "confirm_calendar", outcome="confirmed")
    told = [line for line in matter.history if "领取" not in line][1:-1]
    assert told == [
        f"区管理员录入“{NAME_2027}”，读出放假27天、调休上班4天。",
        "区管理员提交放假安排复核。",
        "陆副区长复核放假安排，确认存入。",
        "2027年的放假安排存入日历，0项在办时限会改变。",
    ]


def test_who_typed_it_does_not_confirm_it(office: Office) -> None:
    matter = begins(office)
    types(matter, "previewed")
    types(matter, "submitted")
    with office.engine.work() as work:
        task = matter.open_task(work, "confirm_calendar")
        assert task.role == Role.DISCLOSURE_HEAD
        task.role, task.organisation_id = (
            Role.SYSTEM_ADMINISTRATOR,
            office.organisations["区政府"],
        )
    with refused(MakerIsChecker):
        admin(office).does(matter, "confirm_calendar", outcome="confirmed")
    assert not knows(office, 2027)


def test_what_was_not_looked_at_is_not_handed_on(office: Office) -> None:
    matter = begins(office)
    with refused(InvalidAnswers) as caught:
        types(matter, "submitted")
    assert "先点“预览”" in str(caught.value.errors)
    types(matter, "previewed")
    other = TEXT_2027.replace("2月20日（周六）上班", "2月21日（周日）上班")
    with refused(InvalidAnswers) as caught:
        types(matter, "submitted", text=other)
    assert "先点“预览”" in str(caught.value.errors)


def test_a_sentence_that_is_not_certain_is_named(office: Office) -> None:
    matter = begins(office)
    wrong = TEXT_2027.replace("共7天。2月20日", "共8天。2月20日")
    with refused(InvalidAnswers) as caught:
        types(matter, "previewed", text=wrong)
    (sentence,) = caught.value.errors["text"]
    assert sentence == (
        "“春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，"
        "共8天”：写的是8天，列出的是7天。没有导入。核对原文，或者改用 CSV 列出日期。"
    )
    assert matter.waits_at == ["录入放假通知"]


def test_a_notice_that_lacks_a_statutory_day_is_refused(office: Office) -> None:
    matter = begins(office)
    short = TEXT_2027.replace("五、端午节：6月9日（周三）放假1天，不调休。\n", "")
    with refused(InvalidAnswers) as caught:
        types(matter, "previewed", text=short)
    assert "2027年6月9日 周三（端午节）依法放假，却没有列出" in str(caught.value.errors)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"year": ""}, "year"),
        ({"year": "27"}, "year"),
        ({"source": ""}, "source"),
        ({"text": ""}, "text"),
    ],
)
def test_year_source_and_text_are_all_needed(
    office: Office, answers: dict[str, str], field: str
) -> None:
    matter = begins(office)
    with refused(InvalidAnswers) as caught:
        types(matter, "previewed", **answers)
    assert list(caught.value.errors) == [field]


def test_rows_of_csv_are_taken_as_well(office: Office) -> None:
    matter = begins(office)
    types(matter, "previewed", text=CSV)
    types(matter, "submitted", text=CSV)
    lu(office).does(matter, "confirm_calendar", outcome="confirmed")
    with office.engine.read() as work:
        assert load_calendar(work.session).year(2027).make_up == (date(2027, 10, 9),)


def test_the_second_person_sees_the_days_and_what_they_would_move(
    office: Office,
) -> None:
    office.clock.set("2027-02-01")  # Monday
    drafting = office.lin.begins()
    matter = begins(office)
    types(matter, "previewed")
    with office.engine.read(lu(office).id) as work:
        found = calendar_imports.import_of(work, matter.case(work))
        effect = calendar_imports.effect(work, found)
        # Thursday 11 February, two days after 劳动节, four after 国庆节.
        assert date(2027, 2, 11) in effect.freed
        assert effect.worked == [
            date(2027, 2, 20),
            date(2027, 5, 8),
            date(2027, 9, 26),
            date(2027, 10, 9),
        ]
        assert (effect.working_days, effect.expected) == (248, 248)
        moved = {change.title: change.new.due_on for change in effect.changes}
        assert moved["拟稿"] == date(2027, 2, 15)  # Monday
        assert effect.elsewhere == 0
    assert drafting.limit("draft").due_on == date(2027, 2, 12)


def test_the_job_then_moves_every_limit_and_the_case_says_how_many(
    office: Office,
) -> None:
    office.clock.set("2027-02-01")  # Monday
    drafting = office.lin.begins()
    matter = begins(office)
    types(matter, "previewed")
    types(matter, "submitted")
    # 林晓雯's draft, and the second person's own two days.
    lu(office).does(matter, "confirm_calendar", outcome="confirmed")
    assert recomputation.apply(office.engine) == 1
    assert drafting.limit("draft").due_on == date(2027, 2, 15)
    assert drafting.history[-1] == (
        f"“拟稿”的期限从2月12日（暂定）改为2月15日。按“{NAME_2027}”重新计算。"
    )


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
@pytest.mark.parametrize(
    ("moment", "stored"),
    [(10, False), (30, False), ("before_commit", False), ("after_commit", True)],
)
def test_killed_while_it_is_stored_it_is_stored_whole_or_not_at_all(
    office: Office, moment: int | str, stored: bool
) -> None:
    office.clock.set("2027-02-01")  # Monday
    drafting = office.lin.begins()
    matter = begins(office)
    types(matter, "previewed")
    types(matter, "submitted")
    person = lu(office)
    dies(
        office,
        moment,
        lambda: person.does(matter, "confirm_calendar", outcome="confirmed"),
    )
    assert knows(office, 2027) is stored
    assert matter.waits_at == ([] if stored else ["复核放假安排"])
    if not stored:
        person.does(matter, "confirm_calendar", outcome="confirmed")
    recomputation.apply(office.engine)
    assert drafting.limit("draft").due_on == date(2027, 2, 15)


def test_another_tree_with_the_same_calendar_is_only_counted(office: Office) -> None:
    office.clock.set("2027-02-01")  # Monday
    stranger = office.add_stranger()
    stranger.begins()
    matter = begins(office)
    types(matter, "previewed")
    with office.engine.read() as work:
        found = calendar_imports.import_of(work, matter.case(work))
        effect = calendar_imports.effect(work, found)
        own = office.root_id
        assert {change.case.root_id for change in effect.changes} <= {own}
        assert effect.elsewhere == 1


def test_what_is_sent_back_comes_back_with_the_reason(office: Office) -> None:
    matter = begins(office)
    types(matter, "previewed")
    types(matter, "submitted")
    with refused(InvalidAnswers) as caught:
        lu(office).does(matter, "confirm_calendar", outcome="returned")
    assert "退回要写明哪里不对" in str(caught.value.errors)
    lu(office).does(
        matter, "confirm_calendar", outcome="returned", opinion="春节少一天。"
    )
    assert matter.waits_at == ["录入放假通知"]
    assert matter.assignee == "区管理员"
    assert not knows(office, 2027)


def test_an_import_that_is_not_needed_ends_without_a_trace_in_the_calendar(
    office: Office,
) -> None:
    matter = begins(office)
    admin(office).does(matter, "enter_notice", outcome="stopped")
    assert matter.waits_at == []
    assert not knows(office, 2027)


def test_only_an_administrator_begins_one(office: Office) -> None:
    with refused(NotAllowed), office.lin.work() as work:
        begin(work)


def test_it_begins_with_the_first_year_that_nobody_knows(office: Office) -> None:
    matter = begins(office)
    with office.engine.read() as work:
        assert calendar_imports.import_of(work, matter.case(work)).year == 2027
        assert matter.case(work).title == "2027年放假安排（全国）"


def test_from_november_on_the_administrator_is_asked_once(office: Office) -> None:
    office.clock.set("2026-10-31", "23:59")  # Saturday
    calendar_imports.remind(office.engine)
    assert asked(office) == []
    office.clock.set("2026-11-01", "00:00")  # Sunday
    calendar_imports.remind(office.engine)
    calendar_imports.remind(office.engine)
    assert asked(office) == [2027]
    # Thirty working days: Friday 11 December.
    assert admin(office).to_claim == [("录入放假通知", date(2026, 12, 11))]


def test_each_tree_is_asked_by_itself(office: Office) -> None:
    office.add_stranger()
    office.add_person(
        "wuadmin", "雾山管理员", "雾山区政府", (Role.SYSTEM_ADMINISTRATOR, "雾山区政府")
    )
    office.clock.set("2026-11-02")  # Monday
    calendar_imports.remind(office.engine)
    assert asked(office) == [2027, 2027]


def test_who_has_brought_the_notice_in_is_not_asked(office: Office) -> None:
    matter = begins(office)
    types(matter, "previewed")
    types(matter, "submitted")
    lu(office).does(matter, "confirm_calendar", outcome="confirmed")
    office.clock.set("2026-11-02")  # Monday
    calendar_imports.remind(office.engine)
    assert len(asked(office)) == 1


def test_who_is_at_it_is_not_asked(office: Office) -> None:
    begins(office)
    office.clock.set("2026-11-02")  # Monday
    calendar_imports.remind(office.engine)
    assert asked(office) == [2027]


def admin(office: Office) -> Actor:
    return office.people["admin"]


def lu(office: Office) -> Actor:
    return office.people["lu"]


def begins(office: Office) -> Matter:
    with admin(office).work() as work:
        return Matter(office, begin(work).id)


def types(matter: Matter, outcome: str, **answers: str) -> None:
    filled = {"year": "2027", "source": NAME_2027, "text": TEXT_2027, **answers}
    admin(matter.office).does(matter, "enter_notice", outcome=outcome, **filled)


def knows(office: Office, year: int) -> bool:
    with office.engine.read() as work:
        return load_calendar(work.session).is_known(year)


def asked(office: Office) -> list[int]:
    with office.engine.read() as work:
        return list(
            work.session.scalars(
                select(CalendarImport.year)
                .join(Case, Case.id == CalendarImport.case_id)
                .order_by(Case.id)
            )
        )
