"""Who may log in, what one may hold together, and what ends with a day."""

from datetime import date

import pytest
from sqlalchemy import select

from engine import people
from engine.errors import AlreadyExists, NotAllowed, Refusal
from models.people import Person, Role, RoleHolding
from models.records import HistoryEntry
from tests.office import PASSWORD, Actor, Office, holding, person_row, refused

NOT_LET_IN = (
    "没有登录：账号或密码不对，或者账号已锁定。"
    "连续输错 5 次锁定 15 分钟，也可以请系统管理员解锁。"
)


def test_the_right_password_lets_in_and_is_recorded(office: Office) -> None:
    assert log_in(office, "lin", PASSWORD) == ("林晓雯", "")
    assert access(office)[-1] == "林晓雯登录。"


def test_a_wrong_password_does_not_let_in(office: Office) -> None:
    assert log_in(office, "lin", "wrong horse battery") == (None, NOT_LET_IN)


def test_a_login_that_does_not_exist_is_answered_like_one_that_does(
    office: Office,
) -> None:
    assert log_in(office, "nobody", PASSWORD) == (None, NOT_LET_IN)


def test_a_locked_account_is_answered_like_a_wrong_password(office: Office) -> None:
    fail(office, "lin", times=5)
    assert log_in(office, "lin", PASSWORD) == (None, NOT_LET_IN)


def test_four_wrong_passwords_do_not_lock(office: Office) -> None:
    fail(office, "lin", times=4)
    assert log_in(office, "lin", PASSWORD) == ("林晓雯", "")


def test_the_fifth_wrong_password_locks_and_is_recorded(office: Office) -> None:
    # GB/T 22239-2019 L3-CES1-02.
    fail(office, "lin", times=5)
    assert access(office)[-1] == "林晓雯的账号因连续输错密码锁定15分钟。"


def test_only_wrong_passwords_in_a_row_are_counted(office: Office) -> None:
    fail(office, "lin", times=4)
    log_in(office, "lin", PASSWORD)
    fail(office, "lin", times=4)
    assert log_in(office, "lin", PASSWORD) == ("林晓雯", "")


@pytest.mark.parametrize(("hour", "name"), [("10:14", None), ("10:15", "林晓雯")])
def test_a_locked_account_opens_after_fifteen_minutes(
    office: Office, hour: str, name: str | None
) -> None:
    fail(office, "lin", times=5)  # Monday, 10:00
    office.clock.set("2026-03-02", hour)
    assert log_in(office, "lin", PASSWORD)[0] == name


def test_a_new_password_unlocks_and_ends_the_sessions_begun_before(
    office: Office,
) -> None:
    fail(office, "lin", times=5)
    with office.admin.work() as work:
        people.set_password(work, person_row(work, office.lin), "another long one")
    assert log_in(office, "lin", "another long one")[0] == "林晓雯"
    assert log_in(office, "lin", PASSWORD)[0] is None
    with office.engine.read() as work:
        assert person_row(work, office.lin).password_round == 2


def test_a_password_has_ten_characters() -> None:
    assert people.hash_password("十个字的密码也是可以").startswith("$argon2id$")
    with refused(Refusal, match="密码至少要有 10 个字符"):
        people.hash_password("ninechars")


def test_a_given_password_can_be_read_out() -> None:
    password = people.random_password()
    assert [len(part) for part in password.split("-")] == [4, 4, 4]
    assert not set(password) & set("0O1Il")


def test_a_password_is_not_stored(office: Office) -> None:
    with office.engine.read() as work:
        assert PASSWORD not in str(person_row(work, office.lin).__dict__)


def test_who_has_left_cannot_log_in(office: Office) -> None:
    leave(office, office.lin, date(2026, 3, 2))  # Monday
    assert log_in(office, "lin", PASSWORD)[0] == "林晓雯"
    office.clock.set("2026-03-03")  # Tuesday
    assert log_in(office, "lin", PASSWORD) == (None, NOT_LET_IN)


def test_who_has_left_cannot_act(office: Office) -> None:
    leave(office, office.lin, date(2026, 3, 2))  # Monday
    office.clock.set("2026-03-03")  # Tuesday
    with refused(NotAllowed, match="这个账号已经停用"):
        office.lin.begins()


def test_a_login_belongs_to_one_person(office: Office) -> None:
    with refused(AlreadyExists, match="账号“lin”已经有人用了"):
        office.add_person("lin", "林立", "预算科")


def test_a_role_is_held_to_the_end_of_its_last_day(office: Office) -> None:
    office.ends_role(office.lin, Role.HANDLER, date(2026, 3, 3))  # Tuesday
    office.clock.set("2026-03-03", "23:59")
    office.lin.begins()
    office.clock.set("2026-03-04", "00:00")  # Wednesday
    with refused(NotAllowed, match="您不担任这个角色"):
        office.lin.begins()


def test_a_role_does_not_end_before_it_has_begun(office: Office) -> None:
    with refused(Refusal, match="最后一天不能早于任职的第一天（2026-03-02）"):
        office.ends_role(office.lin, Role.HANDLER, date(2026, 3, 1))  # Sunday


def test_a_role_is_held_from_its_first_day(office: Office) -> None:
    with office.engine.work() as work:
        section = office.organisation(work, "信息公开科")
        zhou, tomorrow = person_row(work, office.zhou), date(2026, 3, 3)  # Tuesday
        people.give_role(work, zhou, Role.HANDLER, section, valid_from=tomorrow)
    with refused(NotAllowed):
        office.zhou.begins()
    office.clock.set("2026-03-03", "00:00")
    office.zhou.begins()


def test_an_ended_role_names_its_successor_and_stays(office: Office) -> None:
    with office.engine.work() as work:
        lin, zhou = person_row(work, office.lin), person_row(work, office.zhou)
        held = holding(work, office.lin, Role.HANDLER)
        people.end_role(work, held, last_day=date(2026, 3, 31), successor=zhou)
        assert (held.person_id, held.successor_id) == (lin.id, zhou.id)
    with office.engine.read() as work:
        sentence = work.session.scalars(
            select(HistoryEntry.sentence).filter_by(event="role_ended")
        ).one()
    assert sentence == ("林晓雯的云川信息公开科经办人到2026-03-31为止，由周砚接任。")


@pytest.mark.parametrize(
    "role",
    [
        Role.HANDLER,
        Role.DISCLOSURE_HEAD,
        Role.SECURITY_ADMINISTRATOR,
        Role.SECURITY_AUDITOR,
    ],
)
def test_an_administrator_holds_nothing_else(office: Office, role: Role) -> None:
    # 三员分立, GB/T 22239-2019 8.1.5.
    with refused(Refusal, match="三员分立"):
        office.gives_role(office.admin, role, "区政府")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_AUDITOR])
def test_who_holds_a_business_role_administers_nothing(
    office: Office, role: Role
) -> None:
    with refused(Refusal, match="三员分立"):
        office.gives_role(office.lin, role, "区政府")


def test_roles_that_will_meet_later_are_refused_as_well(office: Office) -> None:
    xue = office.add_person("xue", "薛宁", "区政府")
    with office.engine.work() as work:
        government = office.organisation(work, "区政府")
        row, april = person_row(work, xue), date(2026, 4, 1)  # Wednesday
        admin = Role.SYSTEM_ADMINISTRATOR
        people.give_role(work, row, admin, government, valid_from=april)
    with refused(Refusal, match="三员分立"):
        office.gives_role(xue, Role.HANDLER, "区政府")


def test_an_administrator_whose_role_has_ended_may_hold_another(
    office: Office,
) -> None:
    office.ends_role(office.admin, Role.SYSTEM_ADMINISTRATOR, date(2026, 3, 2))
    office.clock.set("2026-03-03")  # Tuesday
    office.gives_role(office.admin, Role.HANDLER, "信息公开科")
    assert held_today(office, office.admin) == ["handler"]


def test_nobody_holds_a_role_in_another_tree(office: Office) -> None:
    stranger = office.add_stranger()
    with refused(Refusal, match="吴远不属于"):
        office.gives_role(stranger, Role.HANDLER, "信息公开科")


def test_giving_a_role_is_recorded(office: Office) -> None:
    office.gives_role(office.lin, Role.LEGAL_REVIEWER, "区政府办")
    with office.engine.read() as work:
        told = select(HistoryEntry.sentence).filter_by(event="role_given")
        newest = work.session.scalars(told.order_by(HistoryEntry.id.desc())).first()
    assert newest == "系统任命林晓雯为云川区政府办法制审核员。"


def log_in(office: Office, login: str, password: str) -> tuple[str | None, str]:
    """Try to log in; return the name of who was let in, and what is shown."""
    with office.engine.work() as work:
        person, sentence = people.log_in(
            work, login, right=people.is_right(work, login, password)
        )
        return (person.name if person else None), sentence


def fail(office: Office, login: str, *, times: int) -> None:
    """Log in with a wrong password some times in a row."""
    for _ in range(times):
        log_in(office, login, "wrong horse battery")


def access(office: Office) -> list[str]:
    """Return what is recorded about access, oldest first."""
    with office.engine.read() as work:
        told = select(HistoryEntry.sentence).where(HistoryEntry.stream == "access:1")
        return list(work.session.scalars(told.order_by(HistoryEntry.number)))


def leave(office: Office, actor: Actor, last_day: date) -> None:
    """Let a person's time in the office end with a day."""
    with office.engine.work() as work:
        work.session.get_one(Person, actor.id).valid_to = last_day


def held_today(office: Office, actor: Actor) -> list[str]:
    """Return the roles that a person's rows say are held now."""
    with office.engine.read(actor.id) as work:
        assert work.session.query(RoleHolding).count() > 1
        return [held.role for held in work.actor.roles]
