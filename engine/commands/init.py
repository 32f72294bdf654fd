"""The command `init`: an empty real office, by questions or options."""

import click

from engine import people
from engine.commands.deploy import OpenEngine, database_option
from engine.commands.output import JsonCommand, json_option, write_json
from engine.installation import FirstOffice, found_office
from models.migrations import upgrade
from models.people import Level


def init(open_engine: OpenEngine) -> click.Command:
    """Return the command that begins a real office instead of a demonstration."""

    @click.command(
        "init",
        cls=JsonCommand,
        help="建一个空的真实单位（不是演示），可以问答也可以用选项。",
    )
    @click.option("--organisation", "name", prompt="单位全称", help="单位全称。")
    @click.option("--short-name", prompt="单位简称", help="列表里显示的简称。")
    @click.option("--region", prompt="行政区划代码", help="如 640302。")
    @click.option("--code", prompt="单位代码", help="用在索引号里，如 640302001。")
    @click.option(
        "--level",
        prompt="层级（province 省、city 市、county 县区、town 乡镇）",
        type=click.Choice([level.value for level in Level]),
        default=Level.COUNTY.value,
    )
    @click.option("--administrator", prompt="系统管理员姓名", help="系统管理员姓名。")
    @click.option("--login", prompt="系统管理员账号", help="系统管理员账号。")
    @database_option
    @json_option
    def command(
        name: str,
        short_name: str,
        region: str,
        code: str,
        level: str,
        administrator: str,
        login: str,
        database: str | None,
        as_json: bool,
    ) -> None:
        engine = open_engine(database)
        upgrade(engine.database.engine)
        password = people.random_password()
        office = FirstOffice(
            name, short_name, region, code, Level(level), administrator, login
        )
        with engine.work() as work:
            found_office(work, office, password)
        with engine.work() as work:
            engine.definitions.deploy(work)
        if as_json:
            write_json({"organisation": name, "login": login, "password": password})
            return
        click.echo(f"{name}已建好。系统管理员 {login}，密码 {password}（只显示这一次）")
        click.echo("启动：python3 run.py serve")

    return command
