"""Logging in and out."""

from urllib.parse import urlsplit

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from engine import people
from web.office import blueprint
from web.security import begin_session, gongkai, login_required


@blueprint.get("/login")
def login() -> str | Response:
    """Show the login page."""
    if current_user.is_authenticated:
        return redirect(url_for("office.inbox"))
    return render_template("office/login.html", login="", refused="")


@blueprint.post("/login")
def log_in() -> tuple[str, int] | Response:
    """Check the login; wrong ones are counted."""
    name = request.form.get("login", "").strip()[:60]
    password = request.form.get("password", "")[:200]
    with gongkai().read() as work:
        right = people.is_right(work, name, password)
    with gongkai().work() as work:
        person, refused = people.log_in(work, name, right=right)
        user = begin_session(person) if person else None
    if user is None:
        page = render_template("office/login.html", login=name, refused=refused)
        return page, 401
    login_user(user)
    return redirect(_safe_target(request.form.get("next", "")))


@blueprint.post("/logout")
@login_required
def log_out() -> Response:
    """End the session."""
    logout_user()
    session.clear()
    return redirect(url_for("office.login"))


def _safe_target(target: str) -> str:
    """Return a path of ours; never an address elsewhere that a link brought along."""
    parts = urlsplit(target)
    ours = not parts.scheme and not parts.netloc and target.startswith("/office/")
    return target if ours else url_for("office.inbox")
