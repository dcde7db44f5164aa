"""Files for a browser, from a server of this machine: a folder, and beside it what stands at some addresses."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class _Handler(SimpleHTTPRequestHandler):
    """One request."""

    def __init__(self, *address: Any, beside: Mapping[str, bytes], folder: Path) -> None:
        self._beside = beside
        super().__init__(*address, directory=str(folder))

    def do_GET(self) -> None:
        data = self._beside.get(self.path.partition("?")[0])
        if data is None:
            super().do_GET()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words: Any) -> None:
        """Nobody reads it."""


@contextmanager
def served(folder: Path, beside: Mapping[str, bytes]) -> Iterator[str]:
    """Its address, "http://127.0.0.1:40123/". `beside`: by path ("/here.json"), what stands there."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, beside=beside, folder=folder))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
