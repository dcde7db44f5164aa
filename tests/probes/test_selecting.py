"""Selectors: a worker that waits for input or output says so, and one that only looks does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


@pytest.mark.parametrize("kind", ["DefaultSelector", "SelectSelector", "PollSelector"])
def test_only_a_wait_is_a_wait(tmp_path: Path, python: str, kind: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, selectors
        r, w = os.pipe()
        selector = selectors.KIND()
        selector.register(r, selectors.EVENT_READ)
        selector.select(0)
        selector.select(0.001)
        os.write(w, b"x")
        print(len(selector.select()))
        selector.close()
        """.replace("KIND", kind),
        python,
    )

    assert seen.stdout == b"1\n"
    assert [(event.kind, event.site) for event in seen.events if event.kind.startswith("IO_")] == [
        ("IO_WAIT", "program.py:7"),
        ("IO_DONE", "program.py:7"),
        ("IO_WAIT", "program.py:9"),
        ("IO_DONE", "program.py:9"),
    ]
