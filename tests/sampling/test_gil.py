"""The GIL's holder as read from outside, against what the watched threads themselves stamped."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from bisect import bisect_right
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from concviz.probes import gil
from concviz.runs.launch import PACKAGE
from concviz.sampling.gil import GilReader
from tests.probes.harness import with_gil

if TYPE_CHECKING:
    from collections.abc import Iterator

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a parent read the memory of a child")

SPINNERS = """
import sys, threading, time
from concviz.probes import gil
print(gil.place(), flush=True)
sys.stdin.readline()
stamps, states, clock, until = {}, {}, time.monotonic_ns, time.monotonic() + float(sys.argv[2])
def spin(index):
    states[index] = gil.thread_state()
    mine = stamps[index] = []
    while time.monotonic() < until:
        mine.append(clock())
threads = [threading.Thread(target=spin, args=(index,)) for index in range(int(sys.argv[1]))]
for thread in threads: thread.start()
for thread in threads: thread.join()
merged = sorted((at, index) for index, mine in stamps.items() for at in mine)
switches = [pair for pair in zip(merged, merged[1:]) if pair[0][1] != pair[1][1]]
print(len(switches))
print(merged[0][0], states[merged[0][1]])
for _, (at, index) in switches:
    print(at, states[index])
"""


@contextmanager
def spinning(threads: int, seconds: float, python: str = sys.executable) -> Iterator[subprocess.Popen[str]]:
    command = [python, "-c", SPINNERS, str(threads), str(seconds)]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True) as child:
        yield child
        child.kill()


def started(child: subprocess.Popen[str]) -> GilReader:
    assert child.stdin is not None
    assert child.stdout is not None
    address = child.stdout.readline().strip()
    assert address.startswith("0x"), address
    reader = GilReader(child.pid, int(address.split()[0], 16))
    child.stdin.write("\n")
    child.stdin.flush()
    return reader


@linux_only
@pytest.mark.parametrize("python", with_gil())
@pytest.mark.parametrize("threads", [2, 4, 8])
def test_the_holder_read_from_outside_is_the_thread_that_stamped_last(threads: int, python: str) -> None:
    looks: list[tuple[int, int]] = []
    with spinning(threads, 0.8, python) as child:
        reader = started(child)
        before = reader.look()
        assert before is not None
        while (held := reader.look()) is not None and child.poll() is None:
            if held.locked:
                looks.append((time.monotonic_ns(), held.thread_state))
            time.sleep(0.0005)
            if len(looks) > 100 and looks[-1][0] - looks[0][0] > 0.8e9:
                break
        assert child.stdout is not None
        child.stdout.readline()
        truth = [(int(at), int(state)) for at, state in (line.split() for line in child.stdout)]

    times = [at for at, _ in truth]
    inside = [(at, state) for at, state in looks if times[1] < at < times[-1]]
    # On a busy machine one who was handed it may get no core to stamp for a while: it is the next to stamp then.
    right = sum(state in {which for _, which in truth[place - 1 : place + 1]} for state, place in _places(times, inside))
    assert len(inside) > 40
    assert right >= 0.95 * len(inside), f"{right} of {len(inside)}"


def _places(times: list[int], looks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(state, bisect_right(times, at)) for at, state in looks]


@linux_only
def test_the_interpreters_count_of_switches_agrees_with_the_stamps() -> None:
    with spinning(4, 0.6) as child:
        reader = started(child)
        first = reader.look()
        assert child.stdout is not None
        counted = int(child.stdout.readline())
        last = reader.look()

    assert first is not None
    assert last is not None
    assert last.switches - first.switches == pytest.approx(counted, rel=0.1, abs=12)


@linux_only
def test_a_process_that_is_gone_is_no_error() -> None:
    with spinning(2, 5) as child:
        reader = started(child)
        child.kill()
        child.wait()

        assert reader.look() is None


@linux_only
def test_memory_that_may_not_be_read_is_an_error_at_once() -> None:
    with pytest.raises(OSError, match="refused"):
        GilReader(os.getpid(), 0)


@linux_only
def test_memory_that_holds_no_gil_is_an_error_at_once() -> None:
    page = ctypes.create_string_buffer(b"\xff" * 4096)

    with pytest.raises(OSError, match="no GIL"):
        GilReader(os.getpid(), ctypes.addressof(page))


def test_a_layout_that_is_not_known_is_refused_without_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    interval = sys.getswitchinterval()
    monkeypatch.setattr(gil, "thread_state", lambda: 1)

    assert "not found" in gil.find() or sys.platform != "linux"
    assert sys.getswitchinterval() == interval
