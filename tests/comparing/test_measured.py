"""What stands beside the scripts: equal values have equal digests, others have not."""

from __future__ import annotations

import queue
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from concviz.comparing import measured
from concviz.comparing.measured import cpu_seconds, digest, handed_over, load, memory_bytes


@dataclass
class Point:
    x: int


class Plain:
    def __init__(self, x: int) -> None:
        self.x = x


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a", "b", "c"}, {"c", "b", "a"}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([1.5, "x", None, b"y"], [1.5, "x", None, b"y"]),
        (Point(1), Point(1)),
        (Plain(1), Plain(1)),
        (float("nan"), float("nan")),
        ([Plain(1)], [Plain(1)]),
    ],
)
def test_equal_values_have_one_digest(one: Any, other: Any) -> None:
    assert digest(one) == digest(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [([1, 2], [2, 1]), ([1, 2], (1, 2)), (1, 1.0), (Point(1), Point(2)), (Plain(1), Plain(2)), ({"a"}, {"b"}), (Counter("a"), {"a": 1})],
)
def test_other_values_have_another(one: Any, other: Any) -> None:
    assert digest(one) != digest(other)


def test_what_does_not_tell_its_value_has_none() -> None:
    assert digest(object()) == digest([object()]) == ""


def test_a_value_that_holds_itself_has_none() -> None:
    value: list[Any] = []
    value.append({"again": value, "object": object()})

    assert digest(value) == ""


def test_handing_over_counts_inputs_and_results() -> None:
    told = handed_over([b"x" * 1000], [b"y" * 500])

    assert 1500 < told["pickled_bytes"] < 1600
    assert told["pickled_s"] > 0


def test_what_cannot_be_pickled_has_no_cost() -> None:
    assert handed_over([lambda: 1], []) == {"pickled_bytes": None, "pickled_s": None}


def test_cpu_seconds_and_memory_of_living_children_count() -> None:
    code = (
        "import multiprocessing, time\n"
        f"import sys; sys.path.insert(0, {str(measured.__file__).rpartition('/')[0]!r})\n"
        "import measured\n"
        "def spin(end):\n"
        "    while time.process_time() < 0.1: pass\n"
        "    end.set(); time.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    end, alone = multiprocessing.Event(), (measured.cpu_seconds(), measured.memory_bytes())\n"
        "    child = multiprocessing.Process(target=spin, args=(end,)); child.start(); end.wait(20)\n"
        "    print(measured.cpu_seconds() - alone[0] > 0.09, measured.memory_bytes() > alone[1] * 1.3)\n"
        "    child.kill(); child.join()\n"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "True True\n"


def test_this_process_has_both() -> None:
    assert (cpu_seconds() or 0) > 0
    assert (memory_bytes() or 0) > 1 << 20


def test_a_file_called_like_a_module_of_the_standard_library_does_not_take_its_place(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "queue.py").write_text("class A:\n    f = len\n")
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "modules", {**sys.modules})

    assert load(str(tmp_path / "queue.py"), "A.f") is len
    assert sys.modules["queue"] is queue
