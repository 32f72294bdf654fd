"""Compresses what is text on its way out: offices sit behind slow lines."""

import gzip
import secrets
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_TEXT = ("text/", "application/json", "application/xml", "image/svg+xml")
_SMALLEST = 1_000
#: Bytes that change the length of every answer, so that nobody can tell from it what a
#: page has in common with what they sent themselves (BREACH).
_MOST_PADDING = 100


class Compressed:
    """An application whose texts are compressed for those who can read them."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        accepted = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if environ["REQUEST_METHOD"] == "HEAD" or not accepted["gzip"]:
            return self._application(environ, start_response)
        begun: list[Any] = []

        def keep(*arguments: Any) -> Any:
            begun[:] = arguments
            return None

        body = self._application(environ, keep)
        status, headers = begun[0], Headers(begun[1])
        if not _is_text(status, headers):
            start_response(status, headers.to_wsgi_list())
            return body
        try:
            content = b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
        varies = [*headers.getlist("Vary"), "Accept-Encoding"]
        headers["Vary"] = ", ".join(varies)
        if len(content) >= _SMALLEST:
            content = _packed(content)
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(content))
        start_response(status, headers.to_wsgi_list())
        return [content]


def _is_text(status: str, headers: Headers) -> bool:
    whole = not status.startswith(("206", "304")) and "Content-Encoding" not in headers
    return whole and headers.get("Content-Type", "").startswith(_TEXT)


def _packed(content: bytes) -> bytes:
    padding = "x" * (1 + secrets.randbelow(_MOST_PADDING))
    packed = BytesIO()
    with gzip.GzipFile(padding, "wb", 6, packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()
