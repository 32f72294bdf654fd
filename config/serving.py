"""The server of an installation: pages, background jobs, and a demonstration first."""

import hmac
from collections.abc import Callable, Collection
from hashlib import sha256
from pathlib import Path

import click

from config.assembly import assemble
from config.demonstrating import fill_demonstration, tell_accounts
from config.settings import Settings, is_loopback
from engine import installation
from engine.channels import bundle_folder, folder_channel, webhook_channel
from engine.clock import Clock, movable_clock, system_clock
from engine.commands.deploy import in_words
from engine.jobs import Job, JobRunner, Jobs, jobs
from engine.jobs.scheduler import ScheduledJobs
from engine.outbox import Deliver, webhook_kind
from engine.work import Engine
from models.migrations import upgrade
from processes.registers import calendar_imports, leaders
from processes.registers.channels import CHANNELS
from processes.registers.daily_check import check_published
from web.app import WebSettings, create_app
from web.server import serve


def run(
    settings: Settings,
    host: str,
    port: int,
    pages: Collection[str],
    test_clock: Path | None,
) -> None:
    """Bring the database up to date and serve it; returns when stopped.

    Raises:
        click.ClickException: a demonstration would be reachable from elsewhere, or
            a real office would run on a test clock.
    """
    clock = movable_clock(test_clock) if test_clock else system_clock
    kind = _kind(settings, clock)
    if kind in (None, "demonstration") and not is_loopback(host):
        msg = "演示单位只能在本机（127.0.0.1）上服务。真实单位用 run.py init 建立。"
        raise click.ClickException(msg)
    if kind == "office" and test_clock is not None:
        msg = "真实单位不能用 --test-clock。"
        raise click.ClickException(msg)
    if kind is None:
        fill_demonstration(settings, clock, _password_of(settings))
    engine = assemble(settings, clock)
    with engine.work() as work:
        for line in in_words(engine.definitions.deploy(work)):
            click.echo(line, err=True)
    runner: JobRunner = ScheduledJobs(_jobs(settings, engine))
    engine.wake = runner.wake
    web = WebSettings(
        secret_key=settings.session_key(),
        assets=settings.assets,
        secure_cookies=not is_loopback(host),
    )
    app = create_app(engine, web, pages)

    def ready(open_port: int) -> None:
        if kind != "office":
            tell_accounts(_password_of(settings))
        address = f"http://{host}:{open_port}"
        click.echo(f"\n已启动：{address}/office/（公众页面 {address}/）")
        click.echo("按 Ctrl-C 停止。")
        runner.start()

    try:
        serve(app, host, port, ready=ready, proxy=settings.proxy)
    finally:
        runner.stop()
        engine.database.dispose()
        click.echo("已停止。", err=True)


def _kind(settings: Settings, clock: Clock) -> str | None:
    """Bring the database to the newest shape and return what it is."""
    engine = assemble(settings, clock)
    upgrade(engine.database.engine)
    with engine.read() as work:
        kind = installation.kind_of(work)
        filled = installation.has_offices(work)
    engine.database.dispose()
    if kind is None and filled:
        msg = "数据库里有单位，但没写明是演示还是真实单位，请换一个 --database。"
        raise click.ClickException(msg)
    return kind


def _jobs(settings: Settings, engine: Engine) -> Jobs:
    """Return the engine's jobs, and those that the office's registers bring."""

    def folder(channel: str, key: str) -> Path:
        return bundle_folder(settings.channels / channel, key)

    return {
        **jobs(engine, channels(settings, engine)),
        "remind_of_calendar": Job(
            lambda: calendar_imports.remind(engine), every=3600, wakes=False
        ),
        "remind_leaders": Job(lambda: leaders.remind(engine), every=3600, wakes=False),
        "check_published": Job(
            lambda: check_published(engine, folder), every=_A_DAY, wakes=False
        ),
    }


_A_DAY = 86_400


def channels(settings: Settings, engine: Engine) -> dict[str, Deliver]:
    """Return the ways out: a folder for each channel, and a call where one is set."""
    folders = {
        name: folder_channel(settings.channels / name, engine.files)
        for name in CHANNELS
    }
    calls = {webhook_kind(name): webhook_channel(engine, name) for name in CHANNELS}
    return {**folders, **calls}


def _password_of(settings: Settings) -> Callable[[str], str]:
    """Return the demonstration people's passwords: random to this installation.

    Derived from its session key, so that each start can print them and none is kept.
    """
    key = settings.session_key()

    def password(login: str) -> str:
        letters = hmac.new(key, f"demonstration {login}".encode(), sha256).digest()
        text = "".join(_READABLE[byte % len(_READABLE)] for byte in letters[:12])
        return "-".join((text[:4], text[4:8], text[8:]))

    return password


#: Letters and digits that cannot be mistaken for one another.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
