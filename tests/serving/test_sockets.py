"""Where a server listens."""

from __future__ import annotations

import socket

import pytest

from concviz.errors import UsageError
from concviz.serving import sockets
from concviz.serving.sockets import bound


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_alone_is_near(host: str) -> None:
    listening = bound(host, 0)
    listening.close()

    assert listening.near
    assert listening.netloc == f"{host}:{listening.port}"
    assert listening.port > 0


def test_all_addresses_are_not_near_and_are_called_by_one_that_others_know() -> None:
    listening = bound("0.0.0.0", 0)
    listening.close()

    assert not listening.near
    assert listening.netloc.endswith(f":{listening.port}")
    assert not listening.netloc.startswith("0.0.0.0")


def test_who_comes_is_heard() -> None:
    listening = bound("127.0.0.1", 0)

    with socket.create_connection(("127.0.0.1", listening.port)):
        accepted, _ = listening.sockets[0].accept()
        accepted.close()
    listening.close()


def test_a_taken_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    first = bound("127.0.0.1", 0)

    with pytest.raises(UsageError, match=f"port {first.port} of 127.0.0.1 is taken .--port N"):
        bound("127.0.0.1", first.port)
    first.close()


@pytest.mark.parametrize("host", ["", "no such host", "nowhere.invalid", "x" * 300, "300.1.1.1"])
def test_a_host_that_is_none_is_said(host: str) -> None:
    with pytest.raises(UsageError, match="there is no host of this name"):
        bound(host, 0)


def test_an_address_of_another_machine_is_said() -> None:
    with pytest.raises(UsageError, match="this machine has no such address"):
        bound("192.0.2.1", 0)


def test_a_port_that_is_not_for_everyone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> list[socket.socket]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sockets, "_one", refused)

    with pytest.raises(UsageError, match=r"port 80 is not for everyone .choose one above 1023"):
        bound("127.0.0.1", 80)
