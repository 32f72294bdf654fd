"""Serves the application with waitress until it is told to stop."""

import signal
from collections.abc import Callable
from types import FrameType

from flask import Flask
from waitress.server import create_server

#: One thread per person who clicks at the same moment; a click takes milliseconds.
THREADS = 8

#: Where a visitor comes from, and whether by TLS.
_SAID_BY_PROXY = {"x-forwarded-for", "x-forwarded-proto"}


def serve(
    app: Flask,
    host: str,
    port: int,
    *,
    ready: Callable[[int], None],
    proxy: str | None = None,
) -> None:
    """Serve until SIGTERM or Ctrl-C; `ready` hears the port once it is open.

    What a request says of its way here is believed of the `proxy` alone.
    """
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        trusted_proxy=proxy,
        trusted_proxy_headers=_SAID_BY_PROXY if proxy else set(),
        clear_untrusted_proxy_headers=True,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    ready(int(server.effective_port))
    try:
        server.run()
    finally:
        server.close()
