"""The command `user`: people and their roles, for the one who runs the machine."""

from datetime import date

import click
from sqlalchemy import select

from engine import people
from engine.actors import in_force
from engine.commands.deploy import OpenEngine, database_option
from engine.commands.output import IsoDate, JsonGroup, json_option, write_json
from engine.errors import Refusal
from engine.work import Work
from models.people import ROLE_NAMES, Organisation, Person, Role, RoleHolding

_ROLES = click.Choice([role.value for role in Role])


def user(open_engine: OpenEngine) -> click.Group:
    """Return the commands over people."""
    group = JsonGroup("user", help="人员、密码、角色。")

    @group.command("list", help="列出人员和角色。")
    @database_option
    @json_option
    def list_people(database: str | None, as_json: bool) -> None:
        with open_engine(database).read() as work:
            rows = [_row(work, person) for person in _everybody(work)]
        if as_json:
            write_json(rows)
            return
        for row in rows:
            click.echo(f"{row['login']}\t{row['name']}\t{row['roles']}")

    @group.command("add", help="增加一个人，给岗位和角色；密码随机，只显示一次。")
    @click.argument("login")
    @click.option("--name", required=True, help="姓名。")
    @click.option("--title", required=True, help="职务。")
    @click.option("--organisation", "code", required=True, help="单位或科室的代码。")
    @click.option("--role", "roles", multiple=True, type=_ROLES, help="角色，可多个。")
    @database_option
    @json_option
    def add(
        login: str,
        name: str,
        title: str,
        code: str,
        roles: tuple[str, ...],
        database: str | None,
        as_json: bool,
    ) -> None:
        password = people.random_password()
        with open_engine(database).work() as work:
            place = _organisation(work, code)
            people.make_person(
                work,
                place,
                name=name,
                login=login,
                title=title,
                password=password,
                roles=[(Role(role), place) for role in roles],
            )
        _tell_password(login, password, as_json=as_json)

    @group.command("password", help="重设密码；新密码随机，只显示一次。")
    @click.argument("login")
    @database_option
    @json_option
    def password(login: str, database: str | None, as_json: bool) -> None:
        new = people.random_password()
        with open_engine(database).work() as work:
            people.set_password(work, _person(work, login), new)
        _tell_password(login, new, as_json=as_json)

    @group.command("give", help="给一个角色。")
    @click.argument("login")
    @click.argument("role", type=_ROLES)
    @click.option("--organisation", "code", required=True, help="单位或科室的代码。")
    @click.option("--from", "valid_from", type=IsoDate(), help="从哪天起，默认今天。")
    @database_option
    @json_option
    def give(
        login: str,
        role: str,
        code: str,
        valid_from: date | None,
        database: str | None,
        as_json: bool,
    ) -> None:
        with open_engine(database).work() as work:
            person, place = _person(work, login), _organisation(work, code)
            people.give_role(work, person, Role(role), place, valid_from=valid_from)
        _done(f"{login} 任 {ROLE_NAMES[Role(role)]}。", as_json=as_json)

    @group.command("end", help="结束一个角色；记录保留。")
    @click.argument("login")
    @click.argument("role", type=_ROLES)
    @click.option("--last-day", type=IsoDate(), required=True, help="最后一天。")
    @click.option("--successor", help="接任人的账号。")
    @database_option
    @json_option
    def end(
        login: str,
        role: str,
        last_day: date,
        successor: str | None,
        database: str | None,
        as_json: bool,
    ) -> None:
        with open_engine(database).work() as work:
            follows = _person(work, successor) if successor else None
            for holding in _holdings(work, _person(work, login), role):
                people.end_role(work, holding, last_day=last_day, successor=follows)
        _done(f"{login} 的角色到 {last_day} 为止。", as_json=as_json)

    return group


def _everybody(work: Work) -> list[Person]:
    return list(work.session.scalars(select(Person).order_by(Person.id)))


def _row(work: Work, person: Person) -> dict[str, str]:
    held = work.session.execute(
        select(RoleHolding.role, Organisation.short_name)
        .join(Organisation, RoleHolding.organisation_id == Organisation.id)
        .where(RoleHolding.person_id == person.id, *in_force(RoleHolding, work.today))
    )
    return {
        "login": person.login,
        "name": person.name,
        "roles": "、".join(f"{place}{ROLE_NAMES[Role(role)]}" for role, place in held),
    }


def _person(work: Work, login: str) -> Person:
    found = work.session.scalars(
        select(Person).where(Person.login == login)
    ).one_or_none()
    if found is None:
        msg = f"没有账号“{login}”。"
        raise Refusal(msg)
    return found


def _organisation(work: Work, code: str) -> Organisation:
    found = work.session.scalars(
        select(Organisation).where(Organisation.code == code)
    ).all()
    if len(found) != 1:
        msg = f"代码“{code}”对应 {len(found)} 个单位，应当正好一个。"
        raise Refusal(msg)
    return found[0]


def _holdings(work: Work, person: Person, role: str) -> list[RoleHolding]:
    found = work.session.scalars(
        select(RoleHolding).where(
            RoleHolding.person_id == person.id,
            RoleHolding.role == role,
            *in_force(RoleHolding, work.today),
        )
    ).all()
    if not found:
        msg = f"{person.name}现在不担任{ROLE_NAMES[Role(role)]}。"
        raise Refusal(msg)
    return list(found)


def _tell_password(login: str, password: str, *, as_json: bool) -> None:
    if as_json:
        write_json({"login": login, "password": password})
    else:
        click.echo(f"{login} 的密码：{password}（只显示这一次）")


def _done(sentence: str, *, as_json: bool) -> None:
    if as_json:
        write_json({"done": sentence})
    else:
        click.echo(sentence)
