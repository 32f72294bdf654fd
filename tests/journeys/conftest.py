"""A real server in a process of its own, and real people in Chromium."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from config.bootstrap import find_browser
from engine import installation
from engine.clock import system_clock
from engine.database import Database
from engine.work import Engine
from tests.fixtures import MONDAY, Templates, make_engine
from tests.office import PASSWORD, SetClock

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / ".assets" / "test" / "axe.min.js"

#: What axe-core calls bad enough to stop a release.
_SERIOUS = {"serious", "critical"}


#: How long something on a page may take, in milliseconds.
_PATIENCE = 15_000

#: Asks for a page twice a second, as a person who waits would, for half a minute.
_POLL = """async ([path, text]) => {
  for (let round = 0; round < 60; round += 1) {
    const answer = await fetch(path);
    if ((await answer.text()).includes(text)) return true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return false;
}"""


@dataclass
class Server:
    """A running server, and the hands on its clock."""

    address: str
    clock_file: Path

    def set_clock(self, day: str, hour: str = "10:00") -> None:
        """Move the server's clock to an hour of a day in the office."""
        _write_offset(self.clock_file, _at(day, hour).instant - system_clock())


def _at(day: str, hour: str = "10:00") -> SetClock:
    clock = SetClock(MONDAY)
    clock.set(day, hour)
    return clock


def _write_offset(path: Path, offset: timedelta) -> None:
    partial = path.with_suffix(".part")
    partial.write_text(str(offset.total_seconds()))
    partial.rename(path)


@dataclass
class Visitor:
    """Somebody in front of a browser."""

    page: Page
    address: str

    def opens(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.address}{path}")

    def logs_in(self, login: str, password: str = PASSWORD) -> None:
        """登录."""
        self.opens("/office/login")
        self.page.get_by_label("账号").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()
        self.page.get_by_role("heading", name="待办").wait_for()

    def logs_out(self) -> None:
        """退出."""
        self.page.get_by_role("button", name="退出").click()
        self.page.get_by_label("密码").wait_for()

    def waits_until_shown(self, path: str, text: str) -> None:
        """Reload a page in the background until it shows a text."""
        shown = self.page.evaluate(_POLL, [path, text])
        assert shown, f"{path} never showed: {text}"

    def finds_nothing_serious(self) -> None:
        """Let axe-core read the page as it stands."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run()")["violations"]
        serious = [each for each in found if each["impact"] in _SERIOUS]
        assert [(each["id"], each["nodes"][0]["html"]) for each in serious] == []

    def scrolls_only_down(self) -> None:
        """The page is no wider than the screen."""
        wider = "document.documentElement.scrollWidth > window.innerWidth"
        assert self.page.evaluate(wider) is False

    def looks_right(self) -> None:
        """One heading, nothing serious, nothing beside either screen."""
        before = self.page.viewport_size
        assert before is not None
        # After a click the next page may still be on its way.
        expect(self.page.locator("h1")).to_have_count(1)
        for width in (390, 1440):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.finds_nothing_serious()
            self.scrolls_only_down()
        self.page.set_viewport_size(before)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that is already on the machine."""
    path = os.environ.get("GONGKAI_CHROMIUM") or find_browser()
    if not path:
        pytest.skip("no Chromium on this machine: the journeys cannot run")
    chromium = playwright.chromium.launch(
        executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
    )
    yield chromium
    chromium.close()


@pytest.fixture
def served(
    database_kind: str,
    templates: Templates,
    tmp_path: Path,
) -> Iterator[Server]:
    """The test office, served by a process of its own on Monday, 2 March 2026."""
    template = templates(database_kind, True)
    url = template.copy(tmp_path)
    with _running(url, tmp_path, lambda _engine: None, SetClock(MONDAY)) as server:
        yield server
    template.drop(url)


@contextmanager
def _running(
    url: str,
    folder: Path,
    prepare: Callable[[Engine], None],
    clock: SetClock,
) -> Iterator[Server]:
    database = Database(url)
    engine = make_engine(database, folder, clock)
    with engine.work() as work:
        installation.mark(work, "demonstration", "测试单位")
    prepare(engine)
    database.dispose()
    clock_file = folder / "clock"
    _write_offset(clock_file, clock.instant - system_clock())
    command = [
        *(sys.executable, "-c", "from config.commands import main; main()", "serve"),
        *("--port", "0", "--database", url, "--test-clock", str(clock_file)),
    ]
    environment = {
        **os.environ,
        "GONGKAI_VAR": str(folder / "var"),
        "GONGKAI_DATA_KEY": str(folder / "data.key"),
    }
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(  # noqa: S603 (our own server)
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield Server(_address(process, folder), clock_file)
        finally:
            process.terminate()
            process.wait(timeout=20)
    said = (folder / "server.log").read_text()
    assert " fault " not in said, said


def _address(process: "subprocess.Popen[str]", folder: Path) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"已启动：(http://[\d.:]+)/office/", line)
        if found:
            return found[1]
    raise RuntimeError((folder / "server.log").read_text())


@pytest.fixture
def run_server(
    database_kind: str,
    templates: Templates,
    tmp_path: Path,
) -> Iterator[Callable[[Callable[[Engine], None], str], Server]]:
    """Serves an empty database from a day on, after a test has filled it."""
    template = templates(database_kind, False)
    url = template.copy(tmp_path)
    running = []

    def start(prepare: Callable[[Engine], None], day: str) -> Server:
        context = _running(url, tmp_path, prepare, _at(day))
        running.append(context)
        return context.__enter__()

    yield start
    for context in running:
        context.__exit__(None, None, None)
    template.drop(url)


@pytest.fixture
def visitor(browser: Browser, served: Server) -> Iterator[Visitor]:
    """One person at a desk, whose page asks nothing of anybody else."""
    with visiting(browser, served) as person:
        yield person


@pytest.fixture
def phone(browser: Browser, served: Server) -> Iterator[Visitor]:
    """Somebody with a telephone of 390 pixels."""
    with visiting(browser, served, 390) as person:
        yield person


@contextmanager
def visiting(browser: Browser, server: Server, width: int = 1440) -> Iterator[Visitor]:
    """Open a browser of somebody's own; fail if a page errs or calls elsewhere."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    context.set_default_timeout(_PATIENCE)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((server.address, "data:"))
            else troubles.append(request.url)
        ),
    )
    yield Visitor(page, server.address)
    context.close()
    assert troubles == []


class People:
    """The people of an office, each at a desk of their own: one browser, one login.

    They are called by login, or as `names` calls them.
    """

    def __init__(
        self, browser: Browser, server: Server, names: Mapping[str, str] | None = None
    ) -> None:
        self._browser = browser
        self._server = server
        self._names = names or {}
        self._desks = ExitStack()
        self._here: dict[str, Visitor] = {}

    def __enter__(self) -> Self:
        self._desks.__enter__()
        return self

    def __exit__(self, *why: object) -> None:
        self._desks.__exit__(*why)  # type: ignore[arg-type] # as the caller got it

    def __getattr__(self, name: str) -> Visitor:
        login = self._names.get(name, name)
        if login not in self._here:
            person = self._desks.enter_context(visiting(self._browser, self._server))
            person.logs_in(login)
            self._here[login] = person
        return self._here[login]

    @property
    def citizen(self) -> Visitor:
        """Somebody who reads the public pages and has no login."""
        if "" not in self._here:
            desk = visiting(self._browser, self._server)
            self._here[""] = self._desks.enter_context(desk)
        return self._here[""]

    @property
    def who_came(self) -> set[str]:
        """The logins of all who have done something."""
        return {login for login in self._here if login}


#: What the people of the test office do.
_OFFICE = {
    "drafter": "lin",
    "section": "zhou",
    "head": "qin",
    "documents": "han",
    "secrecy": "gao",
    "lawyer": "peng",
    "disclosure": "liang",
}


@pytest.fixture
def staff(browser: Browser, served: Server) -> Iterator[People]:
    """The people of the test office."""
    with People(browser, served, _OFFICE) as people:
        yield people


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """Lays a file where a person would pick it, under a name of its own."""

    def copy(source: Path) -> Path:
        target = tmp_path / f"正文{source.suffix}"
        shutil.copy(source, target)
        return target

    return copy
