"""The pages without a browser: a client for each person."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.journeys.conftest import ROOT
from tests.office import PASSWORD, Office
from web.app import WebSettings, create_app


@dataclass
class Guest:
    """Somebody who asks for pages; may log in."""

    client: FlaskClient

    def gets(self, path: str) -> TestResponse:
        """GET a page."""
        return self.client.get(path)

    def posts(self, path: str, _token: str | None = None, **form: Any) -> TestResponse:
        """POST a form with the token that a page of this client carries."""
        token = self.token() if _token is None else _token
        return self.client.post(path, data={"csrf_token": token, **form})

    def token(self) -> str:
        """Return the token of a page that every session may see."""
        for path in ("/office/inbox", "/office/login"):
            page = self.client.get(path).get_data(as_text=True)
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            if found:
                return found[1]
        return ""

    def logs_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        """登录."""
        return self.posts("/office/login", login=login, password=password)


@pytest.fixture
def app(office: Office) -> Flask:
    """The application as it is served."""
    settings = WebSettings(
        b"a key of this test", ROOT / ".assets", secure_cookies=False
    )
    return create_app(office.engine, settings)


@pytest.fixture
def guest(app: Flask) -> Guest:
    """Somebody who has not logged in."""
    return Guest(app.test_client())


@pytest.fixture
def logged_in(app: Flask) -> Callable[[str], Guest]:
    """Returns a guest who has logged in."""

    def log_in(login: str) -> Guest:
        person = Guest(app.test_client())
        assert person.logs_in(login).status_code == 302
        return person

    return log_in


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    seen: list[str] = []

    def note(*call: object) -> None:
        seen.append(str(call[2]))

    engine = office.engine.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
