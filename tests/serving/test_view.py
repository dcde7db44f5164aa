"""What an app is told of its page."""

from __future__ import annotations

from concviz.serving.view import View, expected, taken


def test_a_view_is_taken_once_so_that_no_watched_program_inherits_it() -> None:
    view = View(120, 36, "/tmp/x y")
    environment = {"HOME": "/", **view.to_environment()}

    assert expected(environment)
    assert taken(environment) == view
    assert not expected(environment)
    assert taken(environment) is None
    assert environment == {"HOME": "/", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
