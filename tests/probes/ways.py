"""Ways to start processes, each claim for every interpreter and every method; and how two programs meet without sleeping."""

from __future__ import annotations

from itertools import product
from textwrap import dedent

import pytest

from tests.probes.harness import pythons

METHODS = ("fork", "spawn", "forkserver")

EVERY_WAY = pytest.mark.parametrize(("python", "method"), list(product(pythons(), METHODS)))
"""Each interpreter with each method: for what depends on both."""

SOME_WAYS = pytest.mark.parametrize(
    ("python", "method"), [(python, METHODS[(at + shift) % 3]) for shift in (0, 1) for at, python in enumerate(pythons())]
)
"""Each interpreter with two methods, so that each method is there twice."""

EVERY_PYTHON = pytest.mark.parametrize("python", pythons())

MEETING = dedent(
    """
    import multiprocessing, os, sys

    def until_asleep(pid):
        "Until that process's main thread waits in the kernel."
        state = "R"
        while state != "S":
            with open(f"/proc/{pid}/stat") as file:
                state = file.read().rpartition(")")[2].split()[0]

    context = multiprocessing.get_context(METHOD)
    """
)


def meeting(body: str, method: str) -> str:
    """A program that begins with `until_asleep` and `context`, then this.

    A child that was sent word from a worker about to wait, and then finds it asleep, knows that it waits.
    """
    return MEETING.replace("METHOD", repr(method)) + dedent(body)
