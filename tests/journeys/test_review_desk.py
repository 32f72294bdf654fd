"""The review desk in Chromium: keys, marks made by hand, and what is still missing."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from engine.content import public_copy
from engine.files import TEXT
from models.documents import PaperRole
from tests.journeys.conftest import ROOT, Server, Visitor, visiting
from tests.office import Office
from tests.reviewing import Desk, Sheet, at_the_desk
from tests.web.test_long_files import Held
from web.app import WebSettings, create_app

NOTICE = Sheet(
    "正文",
    "云川区人民政府办公室关于公布培训安排的通知\n云府办发〔2026〕12号\n\n"
    "报名手机13900001234，联系人赵小满，咨询电话023-60001234。\n"
    "云川区人民政府办公室\n2026年3月2日\n",
)
NAMES = Sheet(
    "附件1", "参训人员\n赵小满，手机13900005678。\n", "名单.txt", PaperRole.ATTACHMENT
)

ATTACHED = PaperRole.ATTACHMENT

#: Selects some characters of the paper that is shown, as a mouse would.
_SELECT = """(words) => {
  const lines = document.querySelectorAll('[data-view="original"] [data-address]');
  for (const line of lines) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent.indexOf(words);
      if (at < 0) continue;
      getSelection().setBaseAndExtent(node, at, node, at + words.length);
      return;
    }
  }
}"""


#: Writes down what is said when a button is pressed, and presses it again at once. A
#: browser that is on its way to another page answers nothing.
_PRESSES_AGAIN = """() => {
  const note = document.getElementById("sending-note");
  new MutationObserver(() => {
    const off = document.querySelectorAll("#task-form .btn.disabled").length;
    sessionStorage.setItem("seen", `${off}|${note.textContent}`);
    document.querySelector("#task-form .btn-primary").click();
  }).observe(note, { childList: true });
}"""


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    """A notice and its list of names, waiting for their public copies."""
    return at_the_desk(office, tmp_path, NOTICE, NAMES)


@pytest.fixture
def at_work(office: Office, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Seats people before the office's pages, served by this process."""
    settings = WebSettings(
        b"a key of this test", ROOT / ".assets", secure_cookies=False
    )
    server = make_server(
        "127.0.0.1", 0, create_app(office.engine, settings), threaded=True
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = Server(f"http://127.0.0.1:{server.server_port}", Path())
    seats = []

    def seat(login: str, width: int = 1440) -> Visitor:
        context = visiting(browser, address, width)
        seats.append(context)
        person = context.__enter__()
        person.logs_in(login)
        return person

    yield seat
    for context in seats:
        context.__exit__(None, None, None)
    server.shutdown()
    thread.join()
    server.server_close()


def opens(person: Visitor, desk: Desk, step: str) -> Page:
    """Open a step's page and claim it."""
    with desk.office.engine.read() as work:
        task = desk.matter.open_task(work, step).public_id
    person.opens(f"/office/tasks/{task}")
    claim = person.page.get_by_role("button", name="领取")
    if claim.count():
        claim.click()
    return person.page


def test_who_makes_the_copies_answers_with_keys_and_marks_by_hand(
    desk: Desk, at_work: Callable[..., Visitor]
) -> None:
    lin = at_work("lin")
    page = opens(lin, desk, "prepare_copy")
    lin.finds_nothing_serious()
    # N goes from card to card, a number answers, the place in the text is marked.
    page.keyboard.press("n")
    expect(page.locator(".gk-spot.gk-active")).to_have_text("13900001234")
    page.keyboard.press("1")
    expect(page.locator('[data-progress="findings"]')).to_have_text(
        "已填 1 项，共 3 项"
    )
    # What is not answered is said, and the focus is there.
    page.get_by_role("button", name="制作公开件并送审").click()
    expect(page.get_by_role("alert").last).to_have_text(
        "没有提交：还有 2 项没答，已转到第一项"
    )
    page.keyboard.press("2")
    page.keyboard.press("1")
    # A name that no check knows is selected, and found a second time.
    page.evaluate(_SELECT, "赵小满")
    expect(page.get_by_label("要遮盖的文字")).to_have_value("赵小满")
    page.get_by_label("理由", exact=True).last.select_option("privacy")
    page.locator("[data-mark-add]").click()
    expect(page.locator("[data-mark-status]")).to_have_text(
        "标了 1 处，同样的文字还有 1 处没有遮盖，再点一次都标上"
    )
    page.locator("[data-mark-add]").click()
    expect(page.locator("[data-mark-list] li")).to_have_count(2)
    for field in ("内容表述", "公开时机", "公开方式"):
        page.get_by_label(field).fill("合适。")
    page.get_by_role("button", name="制作公开件并送审").click()
    expect(page.get_by_text("已提交。")).to_be_visible()
    assert "报名手机139****1234，联系人×××，" in desk.public_text()
    assert "×××，手机139****5678。" in desk.public_text(1)


@pytest.mark.parametrize("width", [1440, 390])
def test_who_reviews_answers_with_keys_and_is_led_to_what_is_missing(
    desk: Desk, at_work: Callable[..., Visitor], width: int
) -> None:
    desk.passes(until="secrecy_first")
    zhou = at_work("zhou", width)
    page = opens(zhou, desk, "secrecy_first")
    zhou.finds_nothing_serious()
    zhou.scrolls_only_down()
    # The copy is read first; the original is one click away.
    expect(page.locator('[data-view="public"]').first).to_be_visible()
    expect(page.locator('[data-view="original"]').first).to_be_hidden()
    page.get_by_role("button", name="原件").first.click()
    expect(page.locator('[data-view="original"]').first).to_be_visible()
    page.get_by_role("tab", name="附件1").click()
    expect(page.locator("[data-paper]").first).to_be_hidden()
    page.locator(".gk-item input").first.focus()
    for key in "11111111111":
        page.keyboard.press(key)
    expect(page.locator('[data-progress="items"]')).to_have_text("已填 11 项，共 12 项")
    page.get_by_role("button", name="审查通过").click()
    expect(page.get_by_role("alert").last).to_have_text(
        "没有提交：还有 1 项没答，已转到第一项"
    )
    page.keyboard.press("1")
    page.get_by_role("button", name="审查通过").click()
    expect(page.get_by_text("已提交。")).to_be_visible()
    assert desk.waits_at == ["保密复审"]


def test_who_waits_for_a_long_file_is_told_and_cannot_press_twice(
    office: Office,
    tmp_path: Path,
    at_work: Callable[..., Visitor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = "云川区人民政府办公室关于公布培训安排的通知\n四月、九月各办一期。\n"
    desk = at_the_desk(office, tmp_path, Sheet("附件1", plain, "安排.txt", ATTACHED))
    lin = at_work("lin")
    page = opens(lin, desk, "prepare_copy")
    for name in ("wording", "timing", "way"):
        page.locator(f"#field-{name} textarea").fill("可以公开。")
    held = Held(public_copy._MAKERS[TEXT])
    monkeypatch.setitem(public_copy._MAKERS, TEXT, held)
    posted = []
    page.on("request", lambda asked: posted.append(asked.url))
    page.evaluate(_PRESSES_AGAIN)
    button = page.get_by_role("button", name="制作公开件并送审")
    button.click(no_wait_after=True)
    assert held.began.wait(60)
    held.goes_on()
    page.wait_for_url("**/office/cases/**")
    buttons, words = page.evaluate("sessionStorage.getItem('seen').split('|')")
    assert buttons == "3"
    assert words.startswith("正在办理。")
    assert len([url for url in posted if url.endswith("/complete")]) == 1
    assert desk.waits_at == ["保密初审"]
