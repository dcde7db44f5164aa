"""A real server, asked by something that is no browser, and says what it likes."""

from __future__ import annotations

import http.client
import signal
import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.serving.served import Served, needs_serve, serving
from tests.waiting import until

pytestmark = [pytest.mark.browser, needs_serve]

SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
"""What a websocket begins with (RFC 6455, section 1.3)."""


def asked(served: Served, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of the answer; `Host` and `Origin` as they are given."""
    host, _, port = served.netloc.partition(":")
    with closing(http.client.HTTPConnection(host, int(port), timeout=20)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): words for name, words in headers.items()})
        answer = connection.getresponse()
        body = "" if answer.status == 101 else answer.read().decode(errors="replace")
        return answer.status, body, dict(answer.getheaders())


def opened(served: Served, path: str, origin: str | None, host: str | None = None) -> int:
    """The status that a websocket is answered with: 101 when it may talk."""
    named = {"Host": host or served.netloc} | ({"Origin": origin} if origin is not None else {})
    return asked(served, path, **SOCKET, **named)[0]


def test_what_is_asked_for_by_no_name_of_ours_is_refused() -> None:
    with serving() as served:
        port = urlsplit(served.address).port
        answers = {
            host: asked(served, "/", Host=host)[0] for host in (served.netloc, f"localhost:{port}", "evil.example", f"evil.example:{port}")
        }

        assert answers == {served.netloc: 200, f"localhost:{port}": 200, "evil.example": 403, f"evil.example:{port}": 403}
        assert "not the address" in asked(served, "/page.js", Host="evil.example")[1]


def test_a_websocket_of_another_page_is_refused_and_starts_nothing() -> None:
    with serving() as served:
        own = f"http://{served.netloc}"
        origins = ("http://evil.example", "null", "http://127.0.0.1:1", "file://", None)

        assert [opened(served, "/ws", origin) for origin in origins] == [403] * 5
        assert opened(served, "/ws", "http://evil.example", "evil.example") == 403
        assert served.apps == []
        assert opened(served, "/ws", own) == 101
        until(lambda: served.apps == [], "the end of who hung up")


def test_without_the_token_nothing_can_be_had() -> None:
    with serving("--token") as served:
        token = urlsplit(served.address).path
        names = ("", "page.js", "js/textual.js", "css/xterm.css", "fonts/RobotoMono-VariableFont_wght.ttf", "kept/x/y", "nothing")

        assert [asked(served, f"/{name}")[0] for name in names] == [403] * len(names)
        assert [asked(served, f"{token[:-2]}x/{name}")[0] for name in names] == [403] * len(names)
        assert [asked(served, f"{token}{name}")[0] for name in names] == [200] * 5 + [404] * 2
        assert opened(served, "/ws", f"http://{served.netloc}") == 403
        assert served.apps == []
        assert asked(served, token.rstrip("/"))[2]["Location"] == token


@pytest.mark.parametrize(
    "path",
    ["/../pyproject.toml", "/js/../../server.py", "/%2e%2e/%2e%2e/server.py", "/js/%2e%2e%2fserver.py", "//etc/passwd", "/kept/../x"],
)
def test_only_files_of_the_page_can_be_had(path: str) -> None:
    with serving() as served:
        assert asked(served, path)[0] == 404


def test_every_answer_forbids_to_load_from_elsewhere_to_be_framed_and_to_tell_the_address() -> None:
    with serving() as served:
        answers = [asked(served, path)[2] for path in ("/", "/page.js", "/js/textual.js", "/nothing")]

        for headers in answers:
            assert "default-src 'none'" in headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_well(number: signal.Signals) -> None:
    with serving() as served:
        served.ran.send_signal(number)
        _, complaints = served.ran.communicate(timeout=20)

        assert (served.ran.returncode, complaints) == (0, "")


def test_what_is_no_http_is_no_trouble() -> None:
    with serving() as served:
        host, _, port = served.netloc.partition(":")
        for nonsense in (
            b"\x16\x03\x01\x02\x00",
            b"GET / HTTP/9.9\r\n\r\n",
            b"\0" * 100 + b"\r\n\r\n",
            b"POST /ws HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ):
            with socket.create_connection((host, int(port))) as connection:
                connection.sendall(nonsense)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(4096):
                    pass

        assert asked(served, "/")[0] == 200
