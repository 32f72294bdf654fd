"""岗位补任: the administrator above appoints somebody, and only that."""

from datetime import date

from engine import instances, vacancies
from engine.errors import InvalidAnswers, NotAllowed, NotFound
from models.people import Role
from models.workflow import Case
from tests.office import Actor, Matter, Office, holding, refused


def test_the_person_appointed_holds_the_role_from_today(office: Office) -> None:
    request = vacancy(office)
    ning = newcomer(office)
    appoint(office, request, "ning")
    with office.engine.read() as work:
        held = holding(work, ning, Role.SECRECY_REVIEWER)
        assert held.organisation_id == office.organisations["区财政局"]
        assert held.valid_from == date(2026, 3, 3)  # Tuesday
    assert request.waits_at == []


def test_the_history_says_who_appointed_whom_to_what(office: Office) -> None:
    request = vacancy(office)
    newcomer(office)
    appoint(office, request, "ning")
    assert request.history[-2:] == [
        "区管理员任命宁远为云川区财政局保密审查员。",
        "补任500199001-2026-0001办结。",
    ]


def test_a_login_is_named(office: Office) -> None:
    request = vacancy(office)
    with refused(InvalidAnswers) as invalid:
        appoint(office, request, "  ")
    assert invalid.value.errors == {"login": ["写明账号"]}


def test_a_login_that_does_not_exist_is_told(office: Office) -> None:
    request = vacancy(office)
    with refused(InvalidAnswers) as invalid:
        appoint(office, request, "nobody")
    assert invalid.value.errors == {
        "login": ["云川区财政局没有这个账号；只能任命本单位的人"]
    }


def test_somebody_of_another_agency_is_not_appointed(office: Office) -> None:
    request = vacancy(office)
    with refused(InvalidAnswers):
        appoint(office, request, "gao")


def test_an_administrator_is_not_appointed_to_a_business_role(office: Office) -> None:
    request = vacancy(office)
    place = "区财政局"
    office.add_person("an", "安平", place, (Role.SYSTEM_ADMINISTRATOR, place))
    with refused(InvalidAnswers) as invalid:
        appoint(office, request, "an")
    assert "三员分立" in invalid.value.errors["login"][0]


def test_only_the_administrator_appoints(office: Office) -> None:
    request = vacancy(office)
    newcomer(office)
    with refused(NotFound):
        office.luo.does(request, "appoint", outcome="appointed", login="ning")


def test_an_appointment_is_due_within_one_working_day(office: Office) -> None:
    vacancy(office)
    assert office.admin.to_claim == [("任命", date(2026, 3, 4))]  # Wednesday


def test_a_late_appointment_is_told_to_the_head_of_the_government(
    office: Office,
) -> None:
    office.add_person("fu", "傅恒", "区政府", (Role.UNIT_HEAD, "区政府"))
    request = vacancy(office)
    office.clock.set("2026-03-05", "00:00")  # Thursday
    office.fires()
    assert request.notices == [
        (
            "unit_head",
            "区政府 补任500199001-2026-0001 的“任命”应于3月4日办结，已经逾期。",
        )
    ]


def test_people_do_not_begin_an_appointment_elsewhere(office: Office) -> None:
    with refused(NotAllowed, match="只能在本单位起办"), office.lin.work() as work:
        instances.start(
            work,
            "role_appointment",
            title="补任",
            place=office.organisation(work, "区政府"),
            number_prefix="补任",
        )


def vacancy(office: Office) -> Matter:
    """Let a document wait for a reviewer whom the finance bureau has not any more."""
    office.brings(office.shen.drafts(), "secrecy_second")
    office.ends_role(office.he, Role.SECRECY_REVIEWER, date(2026, 3, 2))  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    with office.engine.work() as work:
        assert vacancies.report_all(work) == 1
    with office.engine.read() as work:
        found = work.session.query(Case).filter_by(process_key="role_appointment")
        return Matter(office, found.one().id)


def newcomer(office: Office) -> Actor:
    """Add somebody to the finance bureau who holds no role yet."""
    return office.add_person("ning", "宁远", "办公室")


def appoint(office: Office, request: Matter, login: str) -> None:
    """任命."""
    office.admin.does(request, "appoint", outcome="appointed", login=login)
