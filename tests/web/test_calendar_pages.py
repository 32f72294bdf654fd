"""The calendar on screen, and limits that rest, as pages show them."""

from datetime import date

from engine import deadlines
from models.workflow import Deadline
from tests.notices import NAME_2027, TEXT_2027, bring_in, year_2027
from tests.office import Matter, Office
from tests.web.conftest import Guest


def test_a_year_without_notice_is_shown_as_provisional(
    office: Office, guest: Guest
) -> None:
    guest.logs_in("lin")
    assert "暂定。" not in page(guest, "/office/calendar")
    unknown = page(guest, "/office/calendar?year=2027")
    assert "2027年的放假通知还没有录入" in unknown
    assert "按《全国年节及纪念日放假办法》第二条、第六条推算" in unknown
    assert unknown.count("<b>班</b>") == 0
    with office.engine.work() as work:
        bring_in(work, year_2027())
    known = page(guest, "/office/calendar?year=2027")
    assert "还没有录入" not in known
    assert (known.count("<b>休</b>"), known.count("<b>班</b>")) == (27, 4)
    assert NAME_2027 in known


def test_only_an_administrator_is_offered_the_import(guest: Guest) -> None:
    guest.logs_in("lin")
    assert "导入放假安排" not in page(guest, "/office/calendar")
    guest.logs_in("admin")
    assert "导入放假安排" in page(guest, "/office/calendar")


def test_a_year_beyond_all_calendars_is_not_found(guest: Guest) -> None:
    guest.logs_in("lin")
    assert guest.gets("/office/calendar?year=2200").status_code == 404


def test_both_people_see_the_days_the_sentences_and_what_moves(
    office: Office, guest: Guest
) -> None:
    office.clock.set("2027-02-01")  # Monday
    office.lin.begins()
    begin = office.engine.definitions.process("calendar_import").begin
    assert begin is not None
    with office.people["admin"].work() as work:
        matter = Matter(office, begin(work).id)
    filled = {"year": "2027", "source": NAME_2027, "text": TEXT_2027}
    for outcome in ("previewed", "submitted"):
        office.people["admin"].does(matter, "enter_notice", outcome=outcome, **filled)
    for login in ("admin", "lu"):
        guest.logs_in(login)
        shown = page(guest, f"/office/cases/{case_of(office, matter)}")
        assert "2027年 248 个工作日" in shown
        assert "端午节：6月9日（周三）放假1天，不调休。" in shown
        assert "2月12日 周五 暂定" in shown
        assert "2月15日 周一" in shown


def test_a_limit_that_rests_is_shown_as_paused(office: Office, guest: Guest) -> None:
    matter = office.lin.begins()
    with office.engine.work() as work:
        limit = work.session.get_one(Deadline, matter.limit("draft").id)
        deadlines.put(work, matter.case(work), limit, None, why="等候补正。")
    guest.logs_in("lin")
    inbox = page(guest, "/office/inbox")
    assert "时限暂停" in inbox
    assert "没有时限" not in inbox
    shown = page(guest, f"/office/cases/{case_of(office, matter)}")
    assert "已暂停" in shown
    assert "“拟稿”的期限暂停，原为3月9日。等候补正。" in shown
    with office.engine.work() as work:
        limit = work.session.get_one(Deadline, matter.limit("draft").id)
        deadlines.put(
            work, matter.case(work), limit, date(2026, 3, 12), why="补正收到。"
        )
    assert "3月12日 周四" in page(guest, f"/office/cases/{case_of(office, matter)}")


def case_of(office: Office, matter: Matter) -> str:
    with office.engine.read() as work:
        return matter.case(work).public_id


def page(guest: Guest, path: str) -> str:
    answer = guest.gets(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)
