"""Sockets: a blocking call is a wait for the other side; a call that never blocks is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_a_blocking_call_is_a_wait(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import socket, threading, time
        a, b = socket.socketpair()
        thread = threading.Thread(target=lambda: (time.sleep(0.05), b.sendall(b"x")), name="peer")
        thread.start()
        print(a.recv(1))
        thread.join()
        """,
        python,
    )

    assert seen.stdout == b"b'x'\n"
    waits = [event for event in seen.events if event.worker == "main" and event.kind.startswith("IO_")]
    assert [(event.kind, event.site) for event in waits] == [("IO_WAIT", "program.py:6"), ("IO_DONE", "program.py:6")]
    assert waits[1].time_ns - waits[0].time_ns > 20_000_000
    assert seen.by("peer", "IO_WAIT", "IO_DONE") == [("IO_WAIT", "", 0), ("IO_DONE", "", 0)]


def test_a_call_that_never_blocks_is_none(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import socket
        a, b = socket.socketpair()
        a.setblocking(False)
        try:
            a.recv(1)
        except BlockingIOError:
            print("nothing there")
        """,
        python,
    )

    assert seen.stdout == b"nothing there\n"
    assert seen.kinds("IO_WAIT", "IO_DONE") == []


def test_a_download_waits_for_its_server(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import http.server, threading, time, urllib.request

        class Slow(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                time.sleep(0.05)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"hello")

            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
        threading.Thread(target=server.serve_forever, name="server").start()
        print(urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}").read())
        server.shutdown()
        server.server_close()
        """,
        python,
    )

    assert seen.stdout == b"b'hello'\n"
    waits = [event for event in seen.events if event.worker == "main" and event.kind.startswith("IO_")]
    lengths = [done.time_ns - begun.time_ns for begun, done in zip(waits[::2], waits[1::2], strict=True)]
    assert max(lengths) > 30_000_000
    assert [event.site for event in waits[:2]] == ["program.py:14"] * 2  # the server asks for its own name
    assert {event.site for event in waits[2:]} == {"program.py:16"}
