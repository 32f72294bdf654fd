"""Serves the application with waitress until it is told to stop."""

import signal
from collections.abc import Callable
from types import FrameType

from flask import Flask
from waitress.server import create_server

#: One thread per person who clicks at the same moment; a click takes milliseconds.
THREADS = 8


def serve(app: Flask, host: str, port: int, *, ready: Callable[[int], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `ready` hears the port once it is open."""
    server = create_server(app, host=host, port=port, threads=THREADS, ident=None)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    ready(int(server.effective_port))
    try:
        server.run()
    finally:
        server.close()
