"""Tracebacks: without our frames, in a chain too."""

from __future__ import annotations

import traceback

import pytest

from concviz.probes import tracebacks


def through_ours(path: str) -> Exception:
    """An error that passed through a function of ours and two of others."""
    namespace: dict[str, object] = {}
    exec(compile("def ours(call):\n    call()\n", path, "exec"), namespace)

    def fail() -> None:
        raise KeyError("inner")

    try:
        namespace["ours"](fail)  # type: ignore[operator]
    except KeyError as error:
        return error
    raise AssertionError("it must fail")


def frames(error: BaseException) -> list[str]:
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


def test_frames_of_the_probes_are_left_out_and_others_stay() -> None:
    ours = through_ours(tracebacks.__file__)
    theirs = through_ours("/elsewhere/module.py")

    tracebacks.clean(ours)
    tracebacks.clean(theirs)

    assert frames(ours) == ["through_ours", "fail"]
    assert frames(theirs) == ["through_ours", "ours", "fail"]


def test_what_an_error_came_from_is_cleaned_too() -> None:
    inner = through_ours(tracebacks.__file__)
    with pytest.raises(ValueError, match="outer") as caught:
        raise ValueError("outer") from inner
    group = ExceptionGroup("several", [through_ours(tracebacks.__file__)])

    tracebacks.clean(caught.value)
    tracebacks.clean(group)

    assert frames(inner) == ["through_ours", "fail"]
    assert frames(group.exceptions[0]) == ["through_ours", "fail"]


def test_nothing_left_is_none() -> None:
    assert tracebacks.strip(None) is None
