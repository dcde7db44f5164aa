"""Who may come in."""

from __future__ import annotations

import pytest

from concviz.serving.guard import TOKEN_BYTES, Guard, new_token

HERE, BEHIND = Guard(), Guard("secret")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST.:8000", "127.0.0.1:8000", "127.1.2.3", "[::1]:9000"])
def test_this_machines_names_are_meant_for_us_at_any_port_since_tunnels_have_their_own(host: str) -> None:
    assert HERE.meant(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "10.0.0.1", "localhost.evil.example", "", "[::1"]
)
def test_a_name_elsewhere_that_leads_to_us_is_not_ours(host: str) -> None:
    assert not HERE.meant(host)


def test_the_name_that_was_listened_at_is_ours() -> None:
    assert Guard(names=frozenset({"mybox"})).meant("mybox:8000")
    assert not HERE.meant("mybox:8000")


def test_with_a_token_any_name_will_do() -> None:
    assert BEHIND.meant("mybox:8000")


@pytest.mark.parametrize(("origin", "host"), [("http://localhost:8000", "localhost:8000"), ("https://Box.example", "box.example")])
def test_our_own_page_may_open_a_websocket(origin: str, host: str) -> None:
    assert HERE.ours(origin, host)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:9999", "https://localhost", "null", "", "file://", "ws://localhost:8000", "http://"]
)
def test_a_page_elsewhere_may_not(origin: str) -> None:
    assert not HERE.ours(origin, "localhost:8000")


def test_no_origin_is_not_the_same_as_no_host() -> None:
    assert not HERE.ours("", "")
    assert not HERE.ours("http://", "")


@pytest.mark.parametrize(
    ("path", "within"), [("/secret/", ""), ("/secret", ""), ("/secret/ws", "ws"), ("/secret/js/textual.js", "js/textual.js")]
)
def test_behind_the_token_lies_everything(path: str, within: str) -> None:
    assert BEHIND.within(path) == within


@pytest.mark.parametrize("path", ["/", "/ws", "/Secret/ws", "/secre/", "/secrets/", "//secret/", "/\udcff/", "/page.js"])
def test_without_the_token_there_is_nothing(path: str) -> None:
    assert BEHIND.within(path) is None


def test_where_no_token_is_asked_for_a_path_is_what_it_is() -> None:
    assert [HERE.within(path) for path in ("/", "/ws", "/js/textual.js")] == ["", "ws", "js/textual.js"]


def test_tokens_are_long_and_never_twice_the_same() -> None:
    made = {new_token() for _ in range(100)}

    assert len(made) == 100
    assert min(map(len, made)) >= TOKEN_BYTES * 8 // 6
