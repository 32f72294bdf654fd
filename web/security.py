"""Sessions, the content security policy, and protection against forged requests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import flask_login
from flask import (
    Flask,
    Response,
    abort,
    current_app,
    redirect,
    request,
    session,
    url_for,
)
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from engine.work import Engine
from models.people import Person

#: One policy for all pages: everything from here, no inline script or style.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

View = TypeVar("View", bound=Callable[..., object])

_csrf = CSRFProtect()


@dataclass(frozen=True)
class User(UserMixin):  # type: ignore[misc] # flask-login has no types
    """Who is logged in, as the cookie says."""

    person_id: int
    name: str

    def get_id(self) -> str:
        """Return what the session keeps."""
        return str(self.person_id)


def set_up(app: Flask) -> None:
    """Protect an application."""
    _csrf.init_app(app)
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load_user)
    manager.unauthorized_handler(_to_login)
    app.before_request(_refuse_nul)
    app.after_request(_set_headers)


def login_required(view: View) -> View:
    """Let only people who are logged in reach a view; others go to the login."""
    guarded: View = flask_login.login_required(view)
    return guarded


def gongkai() -> Engine:
    """Return the engine that this application serves."""
    engine: Engine = current_app.extensions["gongkai"]
    return engine


def actor_id() -> int:
    """Return the key of the person who is logged in."""
    return int(current_user.person_id)


def begin_session(person: Person) -> User:
    """Start a fresh session for somebody who has just logged in."""
    session.clear()
    session.permanent = True
    session["round"] = person.password_round
    return User(person.id, person.name)


def _load_user(kept: str) -> User | None:
    with gongkai().read() as work:
        person = work.session.get(Person, int(kept))
        if person is None or person.password_round != session.get("round"):
            return None
        if person.valid_to is not None and person.valid_to < work.today:
            return None
        return User(person.id, person.name)


def _to_login() -> AnyResponse:
    if request.method != "GET":
        return redirect(url_for("office.login"))
    return redirect(url_for("office.login", next=request.full_path))


def _refuse_nul() -> None:
    """Refuse NUL characters, which no keyboard types and PostgreSQL cannot store."""
    typed = [*request.args.values(), *request.form.values(), request.path]
    if any("\0" in value for value in typed):
        abort(400)


def _set_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "same-origin")
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.blueprint == "office":
        headers.setdefault("Cache-Control", "no-store")
    return response
