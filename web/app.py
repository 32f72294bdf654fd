"""Puts the pages together: the office's and the public's, together or apart."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from engine.work import Engine
from web import clock, errors, formatting, security
from web.compression import Compressed
from web.office import blueprint as office
from web.public import blueprint as public

_HERE = Path(__file__).parent

#: A year: a static file's address carries the hash of all of them.
_FOREVER = 31_536_000


@dataclass(frozen=True)
class WebSettings:
    """What the pages need to know before the database opens."""

    secret_key: bytes
    #: The folder with the front-end libraries, made at set-up.
    assets: Path
    #: Cookies are sent over TLS only; off on a loopback address without TLS.
    secure_cookies: bool = True
    idle_minutes: int = 30


def create_app(
    engine: Engine,
    settings: WebSettings,
    pages: Collection[str] = ("office", "public"),
) -> Flask:
    """Return the WSGI application with the chosen pages."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="gongkai",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=settings.idle_minutes),
        # A form is open for as long as the session; the session bounds it.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=64_000_000,
        MAX_FORM_MEMORY_SIZE=4_000_000,
    )
    app.extensions["gongkai"] = engine
    security.set_up(app)
    errors.set_up(app)
    formatting.set_up(app)
    clock.set_up(app)
    if "public" in pages:
        app.register_blueprint(public)
    if "office" in pages:
        app.register_blueprint(office)
    _serve_static(app, settings.assets)
    return app


def _serve_static(app: Flask, assets: Path) -> None:
    version = _version(_HERE / "static", assets / "vendor")
    prefix = f"static/{version}/"
    noise = WhiteNoise(app.wsgi_app, max_age=_FOREVER)
    noise.add_files(str(_HERE / "static"), prefix=prefix)
    if (assets / "vendor").is_dir():
        noise.add_files(str(assets / "vendor"), prefix=f"{prefix}vendor/")
    app.wsgi_app = Compressed(noise)  # type: ignore[method-assign] # the way Flask documents
    app.jinja_env.globals["static"] = lambda name: f"/{prefix}{name}"


def _version(*folders: Path) -> str:
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
