"""Nobody is left for a step: an administrator above the agency appoints somebody."""

from datetime import date

from engine import vacancies
from engine.errors import InvalidAnswers
from models.people import Role
from models.workflow import Case
from tests.office import Matter, Office, refused


def test_a_step_that_nobody_can_take_asks_the_administrator_above_once(
    office: Office,
) -> None:
    lose_the_reviewer(office)
    waiting_for_the_reviewer(office)
    assert report(office) == 1
    assert report(office) == 0
    assert [name for name, _ in office.admin.to_claim] == ["任命"]


def test_several_waiting_tasks_ask_for_one_appointment(office: Office) -> None:
    lose_the_reviewer(office)
    waiting_for_the_reviewer(office)
    waiting_for_the_reviewer(office)
    assert report(office) == 1


def test_a_holding_that_ended_while_a_task_waited_is_noticed(office: Office) -> None:
    waiting_for_the_reviewer(office)
    office.ends_role(office.he, Role.SECRECY_REVIEWER, date(2026, 3, 2))  # Monday
    assert report(office) == 0
    office.clock.set("2026-03-03")  # Tuesday
    assert report(office) == 1


def test_a_task_in_somebodys_hands_asks_for_nobody(office: Office) -> None:
    matter = waiting_for_the_reviewer(office)
    office.he.claims(matter, "secrecy_second")
    assert report(office) == 0


def test_what_is_in_the_hands_of_one_who_left_comes_back(office: Office) -> None:
    matter = waiting_for_the_reviewer(office)
    office.he.claims(matter, "secrecy_second")
    lose_the_reviewer(office)
    assert report(office) == 1
    assert office.he.in_hand == []
    assert "何敏不再担任保密审查员，“保密复审”回到待领。" in matter.history


def test_a_task_goes_to_the_agency_when_its_section_has_nobody_left(
    office: Office,
) -> None:
    office.add_person("bi", "毕思远", "区财政局", (Role.SECTION_HEAD, "区财政局"))
    matter = office.shen.drafts()
    office.ends_role(office.ma, Role.SECTION_HEAD, date(2026, 3, 2))  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    assert report(office) == 0
    office.bi.agrees(matter, "section_review")
    assert matter.waits_at == ["签发"]


def test_the_administrator_sees_nothing_of_the_waiting_case(office: Office) -> None:
    lose_the_reviewer(office)
    matter = waiting_for_the_reviewer(office)
    request = requested(office)
    assert office.admin.sees(request)
    assert not office.admin.sees(matter)
    assert not office.admin.finds(matter, "secrecy_second")
    assert request.history == ["系统起办，编号补任500199001-2026-0001。"]


def test_who_was_appointed_takes_the_waiting_task(office: Office) -> None:
    lose_the_reviewer(office)
    matter = waiting_for_the_reviewer(office)
    request = requested(office)
    office.add_person("ning", "宁远", "办公室")
    office.admin.does(request, "appoint", outcome="appointed", login="ning")
    assert request.history[-2:] == [
        "区管理员任命宁远为云川区财政局保密审查员。",
        "补任500199001-2026-0001办结。",
    ]
    office.brings(matter, "content_review")
    assert "宁远保密复审通过。" in matter.history


def test_an_appointment_is_not_asked_for_again_while_the_task_still_waits(
    office: Office,
) -> None:
    lose_the_reviewer(office)
    waiting_for_the_reviewer(office)
    request = requested(office)
    office.add_person("ning", "宁远", "办公室")
    office.admin.does(request, "appoint", outcome="appointed", login="ning")
    assert report(office) == 0


def test_who_made_the_document_is_no_candidate_for_its_review(
    office: Office,
) -> None:
    lose_the_reviewer(office)
    office.gives_role(office.ma, Role.SECRECY_REVIEWER, "区财政局")
    waiting_for_the_reviewer(office)
    assert report(office) == 1


def test_only_people_of_the_agency_are_appointed(office: Office) -> None:
    lose_the_reviewer(office)
    waiting_for_the_reviewer(office)
    request = requested(office)
    with refused(InvalidAnswers) as invalid:
        office.admin.does(request, "appoint", outcome="appointed", login="gao")
    assert invalid.value.errors == {
        "login": ["云川区财政局没有这个账号；只能任命本单位的人"]
    }


def test_nobody_of_another_tree_is_appointed(office: Office) -> None:
    office.add_stranger()
    lose_the_reviewer(office)
    waiting_for_the_reviewer(office)
    request = requested(office)
    with refused(InvalidAnswers):
        office.admin.does(request, "appoint", outcome="appointed", login="wu")


def lose_the_reviewer(office: Office) -> None:
    """Leave the finance bureau without its reviewer from Tuesday, 3 March, on."""
    office.ends_role(office.he, Role.SECRECY_REVIEWER, date(2026, 3, 2))
    office.clock.set("2026-03-03")


def waiting_for_the_reviewer(office: Office) -> Matter:
    """Bring a document of the finance bureau to its second secrecy review."""
    matter = office.shen.drafts()
    office.brings(matter, "secrecy_second")
    return matter


def report(office: Office) -> int:
    """Let the job look for vacancies; return how many appointments it asked for."""
    with office.engine.work() as work:
        return vacancies.report_all(work)


def requested(office: Office) -> Matter:
    """Let the job look for vacancies; return the request for an appointment."""
    report(office)
    with office.engine.read() as work:
        found = work.session.query(Case).filter_by(process_key="role_appointment")
        return Matter(office, found.one().id)
