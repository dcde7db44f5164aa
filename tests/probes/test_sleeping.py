"""time.sleep: the sleeper says for how long, and that it is up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_a_sleep_is_noted_with_what_was_wanted(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import time
        time.sleep(0.001)
        time.sleep(0)
        """,
        python,
    )

    assert seen.by("main", "SLEEP", "SLEPT") == [("SLEEP", "", 1_000_000), ("SLEPT", "", 0), ("SLEEP", "", 0), ("SLEPT", "", 0)]
    assert [event.site for event in seen.events if event.kind == "SLEEP"] == ["program.py:3", "program.py:4"]


def test_what_sleep_refuses_is_no_sleep(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import time
        for wrong in (-1, "long"):
            try:
                time.sleep(wrong)
            except (TypeError, ValueError) as error:
                print(type(error).__name__)
        """,
        python,
    )

    assert seen.stdout == b"ValueError\nTypeError\n"
    assert seen.by("main", "SLEEP", "SLEPT") == []
