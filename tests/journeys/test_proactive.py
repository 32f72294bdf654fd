"""Three ask for the same, and it is to be public to all (Art 44), in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from engine.work import Engine
from tests.journeys.acts import fills, submits
from tests.journeys.asking import CONTENT, applies, takes_step, tracks
from tests.journeys.conftest import People, Server
from tests.office import SetClock, build_office
from tests.proposing import asks, gives

PROPOSE = "研究是否转为主动公开"


@pytest.fixture(params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """What is clicked does not depend on the database."""
    return str(request.param)


@pytest.fixture
def server(
    tmp_path: Path, run_server: Callable[[Callable[[Engine], None], str], Server]
) -> Server:
    """An office at which two have asked; the server finds the files of that time."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "files").symlink_to(tmp_path / "files")
    return run_server(two_have_asked, "2026-03-02")


def two_have_asked(engine: Engine) -> None:
    """Let two people ask 区财政局 at the counter; the first is given the report."""
    clock = engine.clock
    assert isinstance(clock, SetClock)
    office = build_office(engine, clock)
    first = asks(office, "李成", content=f"{CONTENT}。")
    asks(office, "王芳", content=CONTENT)
    gives(office, first, "石桥镇高标准农田建设项目通过验收。\n")


def test_what_three_ask_for_becomes_a_draft(browser: Browser, server: Server) -> None:
    with People(browser, server) as people:
        receipt = applies(people.citizen, also="我建议把这条信息向大家公开")

        # The third applicant makes it many: the task is there by itself.
        takes_step(people.wen, PROPOSE)
        page = people.wen.page
        expect(page.get_by_text("3 件，3 个申请人")).to_be_visible()
        expect(page.get_by_text("申请内容一致")).to_have_count(2)
        people.wen.looks_right()
        fills(people.wen, {"怎样答复提建议的申请人": "查询页上告知"})
        submits(people.wen, "转为主动公开")
        people.wen.looks_right()

        # What was given stands in the form of the section that had prepared it.
        takes_step(people.shen, "拟稿")
        expect(people.shen.page.locator("#task-form")).to_contain_text("主动公开")
        origin = people.shen.page.get_by_text("转为主动公开（条例第44条）")
        expect(origin.first).to_be_visible()
        expect(people.shen.page.get_by_text("通过验收").first).to_be_visible()
        people.shen.looks_right()

        # Who suggested it reads what becomes of it.
        tracks(people.citizen, receipt)
        told = people.citizen.page.get_by_text("正在办理公开前的审查")
        expect(told).to_be_visible()
        people.citizen.looks_right()


def test_the_registers_and_the_archive_look_right(
    browser: Browser, server: Server
) -> None:
    with People(browser, server) as people:
        for path in ("corrections", "challenges", "archive"):
            people.wen.opens(f"/office/{path}")
            people.wen.looks_right()
        people.wen.page.get_by_role("button", name="造移交清单").click()
        expect(people.wen.page.get_by_text("登记移交").first).to_be_visible()
        people.wen.looks_right()
        people.wen.page.get_by_role("button", name="登记移交").click()
        expect(people.wen.page.get_by_text("写移交日期")).to_be_visible()
        people.wen.looks_right()
