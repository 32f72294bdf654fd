"""What people without a login bring along: the token of a form, the session of one
who has shown query code and secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import TypeVar

from flask import current_app, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from engine.errors import Refusal
from engine.work import Work
from models.requests import InformationRequest

AnswerOf = TypeVar("AnswerOf", bound=AnyResponse)

#: Nobody reads and fills a form faster; programs do.
_FASTEST = timedelta(seconds=3)

#: After this a form begins anew: what came of it is not known any longer.
_LONGEST = timedelta(hours=23)

#: A field that no person sees; programs fill it.
TRAP = "website"

#: For how long nothing needs to be typed again on the pages of one's own request.
_SESSION_FOR = timedelta(minutes=20)
_SESSION = "gongkai_track"

_AGAIN = "没有提交，写的内容都还在。核对一遍，再按一次提交就行。"


@dataclass(frozen=True)
class FormToken:
    """What tells one form that was opened from all others; it is told to nobody."""

    value: str
    opened_at: datetime

    @classmethod
    def new(cls, work: Work) -> "FormToken":
        """Return the token of a form that is opened now."""
        return cls(token_hex(16), work.now)

    @classmethod
    def read(cls, signed: str) -> "FormToken | None":
        """Return the token that a form brings back; None if we did not make it."""
        try:
            value, opened_at = signer("form").loads(signed)
            return cls(value, datetime.fromisoformat(opened_at))
        except (BadSignature, ValueError, TypeError):
            return None

    @property
    def signed(self) -> str:
        """The token as it stands in the form."""
        content = [self.value, self.opened_at.isoformat()]
        text: str = signer("form").dumps(content)
        return text


def signer(purpose: str) -> URLSafeSerializer:
    """Return what signs small things that a browser keeps for us."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"public {purpose}")


def token_of(work: Work, signed: str) -> FormToken:
    """Return the token of the form that was sent in, or of a fresh one."""
    token = FormToken.read(signed)
    if token is None or work.now - token.opened_at > _LONGEST:
        return FormToken.new(work)
    return token


def refuse_programs(work: Work, token: FormToken) -> None:
    """Refuse a form that no person has filled; a person sends it once more.

    Raises:
        Refusal: it is too fast, too old, not ours, or fills what nobody sees.
    """
    if token.opened_at + _FASTEST > work.now or request.form.get(TRAP):
        raise Refusal(_AGAIN)


def address() -> str:
    """Return where the visitor comes from; it is only ever kept as a keyed digest."""
    return request.remote_addr or "unknown"


def uploads() -> list[tuple[str, bytes]]:
    """Return the files that were chosen: name and content."""
    return [
        (each.filename, each.read())
        for each in request.files.getlist("files")
        if each.filename
    ]


def give_cookie(
    answer: AnyResponse, name: str, purpose: str, content: object, *, path: str
) -> None:
    """Let the browser keep something signed for this session, under one path."""
    answer.set_cookie(
        name,
        signer(purpose).dumps(content),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
        path=path,
    )


def cookie(name: str, purpose: str) -> object:
    """Return what the browser has kept; None if we did not sign it."""
    try:
        content: object = signer(purpose).loads(request.cookies.get(name, ""))
    except BadSignature:
        return None
    return content


def begin_tracking(
    answer: AnyResponse, found: InformationRequest, now: datetime
) -> None:
    """Let somebody who has shown query code and secret see this request for a while.

    A new secret ends what was begun with the old one.
    """
    content = [found.public_id, found.secret_digest[:16], now.isoformat()]
    give_cookie(answer, _SESSION, "track", content, path=url_for("public.track"))


def end_tracking(answer: AnyResponse) -> None:
    """Forget who has looked."""
    answer.delete_cookie(_SESSION, path=url_for("public.track"))


def tracked(work: Work) -> InformationRequest | None:
    """Return the request that this browser may see now."""
    content = cookie(_SESSION, "track")
    if not isinstance(content, list):
        return None
    public_id, digest, seen_at = content
    if datetime.fromisoformat(seen_at) + _SESSION_FOR < work.now:
        return None
    return work.session.scalars(
        select(InformationRequest).where(
            InformationRequest.public_id == public_id,
            InformationRequest.secret_digest.startswith(digest, autoescape=True),
        )
    ).one_or_none()


def not_kept(answer: AnswerOf) -> AnswerOf:
    """Let no cache, search engine or other site learn anything of a page."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
