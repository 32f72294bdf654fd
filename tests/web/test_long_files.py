"""A long file is read and made anew while everybody else goes on."""

import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from engine.content import public_copy, reading
from engine.files import TEXT
from models.documents import PaperVersion
from tests.office import NOTICE, Office
from tests.reviewing import Desk, Sheet, at_the_desk
from tests.web.conftest import Guest

LogIn = Callable[[str], Guest]


class Held:
    """Work on a file that goes on only when it is let; as a long file would take."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real = real
        self.began, self._goes_on = threading.Event(), threading.Event()
        self.times = 0

    def __call__(self, *arguments: Any) -> Any:
        self.times += 1
        self.began.set()
        assert self._goes_on.wait(60), "somebody else had to wait for the file"
        return self._real(*arguments)

    def goes_on(self) -> None:
        self._goes_on.set()


class Pressing:
    """Somebody's browser that waits for the answer to a button."""

    def __init__(self, guest: Guest, path: str, **form: Any) -> None:
        self._token = guest.token()
        self._posts = guest.posts, path, form
        self._status = 0
        self._thread = threading.Thread(target=self._press)
        self._thread.start()

    def _press(self) -> None:
        posts, path, form = self._posts
        self._status = posts(path, self._token, **form).status_code

    @property
    def status(self) -> int:
        self._thread.join(60)
        return self._status


def at_work(office: Office, home: Path, lin: Guest) -> tuple[Desk, str]:
    """Let lin have a document at 制作公开件; return the task's address as well."""
    desk = at_the_desk(office, home, Sheet("正文"))
    with office.engine.read() as work:
        task = desk.matter.open_task(work, "prepare_copy")
        path = f"/office/tasks/{task.public_id}"
    lin.posts(f"{path}/claim")
    return desk, path


def copies_of(office: Office) -> int:
    """Return how many public copies there are."""
    with office.engine.read() as work:
        return work.session.query(PaperVersion).filter_by(kind="public").count()


def test_while_a_copy_is_made_others_act_on_the_same_case(
    office: Office, tmp_path: Path, logged_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    lin = logged_in("lin")
    desk, path = at_work(office, tmp_path, lin)
    held = Held(public_copy._MAKERS[TEXT])
    monkeypatch.setitem(public_copy._MAKERS, TEXT, held)
    pressing = Pressing(
        lin, f"{path}/complete", revision=revision(desk), **desk.usual("prepare_copy")
    )
    assert held.began.wait(60)
    # Both write, the first one on this very case.
    assert lin.posts(f"{path}/draft", wording="措辞得当。").status_code == 200
    assert logged_in("shen").gets("/office/inbox").status_code == 200
    assert copies_of(office) == 0
    held.goes_on()
    assert pressing.status == 302
    assert desk.waits_at == ["保密初审"]


def test_pressed_twice_it_is_done_once(
    office: Office,
    tmp_path: Path,
    logged_in: LogIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lin, again = logged_in("lin"), logged_in("lin")
    desk, path = at_work(office, tmp_path, lin)
    held = Held(public_copy._MAKERS[TEXT])
    monkeypatch.setitem(public_copy._MAKERS, TEXT, held)
    form = {"revision": revision(desk), **desk.usual("prepare_copy")}
    first = Pressing(lin, f"{path}/complete", **form)
    assert held.began.wait(60)
    second = Pressing(again, f"{path}/complete", **form)
    held.goes_on()
    assert sorted([first.status, second.status]) == [302, 409]
    assert held.times == 1
    assert copies_of(office) == 1
    assert desk.waits_at == ["保密初审"]


def test_while_an_upload_is_read_others_act(
    logged_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    lin = logged_in("lin")
    path = lin.posts("/office/new/document_review").headers["Location"]
    held = Held(reading._READERS[TEXT])
    monkeypatch.setitem(reading._READERS, TEXT, held)
    pressing = Pressing(
        lin,
        f"{path}/complete",
        revision="2",
        secrecy="none",
        title="关于公布培训安排的通知",
        kind="general",
        attribute="public",
        signed_before="no",
        is_sensitive="no",
        outcome="submitted",
        **{"file-upload": (BytesIO(NOTICE.encode()), "正文.txt")},
    )
    assert held.began.wait(60)
    other = logged_in("shen").posts("/office/new/document_review")
    assert other.status_code == 302
    held.goes_on()
    assert pressing.status == 302
    # What was read before the file was kept is not read again when it is registered.
    assert held.times == 1


def revision(desk: Desk) -> str:
    """Return the revision of the open task."""
    with desk.office.engine.read() as work:
        return str(desk.matter.open_task(work, "prepare_copy").revision)
