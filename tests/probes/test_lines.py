"""Current lines: of each worker, in the person's own files, at next to no cost, and never in the program's way."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import Seen, has_gil, pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def lines(seen: Seen, worker: str) -> list[int]:
    return [int(event.site.split(":")[1]) for event in seen.events if event.worker == worker and event.kind == "LINE"]


def version(python: str) -> tuple[int, int]:
    told = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True).stdout
    major, minor = map(int, told.split())
    return major, minor


def test_a_short_program_is_seen_whole_also_where_threads_share_code(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """\
        import threading
        def work(n):
            total = 0
            for i in range(2):
                total += n

        threads = [threading.Thread(target=work, args=(n,), name=f"t{n}") for n in range(2)]
        for thread in threads:
            thread.start()
            thread.join()
        """,
        python,
        lines=True,
    )

    assert lines(seen, "t0") == [3, 4, 5, 4, 5, 4]
    assert lines(seen, "t1") == [3, 4, 5, 4, 5, 4]
    assert [line for line in lines(seen, "main") if line != 7] == [1, 2, 8, 9, 10, 8, 9, 10, 8]


def test_only_the_person_s_own_files_are_seen(tmp_path: Path, python: str) -> None:
    seen = (
        watch(
            tmp_path,
            """
        import json, helper
        json.loads(json.dumps({"a": [1, 2]}))
        helper.help()
        """,
            python,
            lines=True,
        )
        if (tmp_path / "helper.py").write_text("def help():\n    return 1\n")
        else None
    )

    assert seen is not None
    files = [event.site.split(":")[0] for event in seen.events if event.kind == "LINE"]
    assert list(dict.fromkeys(files)) == ["program.py", "helper.py"]


def test_a_long_loop_reports_now_and_then_and_is_swept(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """\
        import threading, time
        def spin(seconds):
            end = time.monotonic() + seconds
            n = 0
            while time.monotonic() < end:
                n += 1
            print(n)

        threads = [threading.Thread(target=spin, args=(0.3,), name=f"t{n}") for n in range(2)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """,
        python,
        lines=True,
    )

    turns = sum(map(int, seen.stdout.split()))
    noted = [event for event in seen.events if event.kind in {"LINE", "SWEPT"}]
    assert turns > 4 * len(noted)
    swept = {event.worker for event in noted if event.kind == "SWEPT"}
    assert swept >= {"t0", "t1", "main"} if has_gil(python) else not swept  # without it, frames run on while one reads
    assert {event.site for event in noted if event.kind == "SWEPT" and event.worker != "main"} <= {f"program.py:{n}" for n in range(3, 8)}
    assert seen.dropped == 0


def test_off_nothing_of_it_exists(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, sys
        print(sys.gettrace(), len(os.listdir("/proc/self/task")))
        print([sys.monitoring.get_tool(i) for i in range(6)] if hasattr(sys, "monitoring") else [None] * 6)
        """,
        python,
    )

    assert seen.stdout == b"None 1\n[None, None, None, None, None, None]\n"
    assert seen.kinds("LINE", "SWEPT") == []


def test_the_ticking_thread_is_no_thread_of_the_program(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading, time
        time.sleep(0.1)
        print(threading.active_count(), len(threading.enumerate()))
        """,
        python,
        lines=True,
    )

    assert seen.stdout == b"1 1\n"
    assert [name for _, name in seen.workers] == ["main"]


def test_a_fork_finds_one_thread_and_ticking_goes_on_after_it(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """\
        import os, time, warnings
        warnings.simplefilter("error")

        def spin(seconds):
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                pass

        for _ in range(3):
            pid = os.fork()
            if pid == 0:
                os._exit(0)
            os.waitpid(pid, 0)
        spin(0.3)
        print(len(os.listdir("/proc/self/task")))
        """,
        python,
        lines=True,
    )

    assert seen.stdout == b"2\n"
    assert seen.stderr == b""
    main = seen.events[0].pid
    assert has_gil(python) == any(event.kind == "SWEPT" and event.pid == main for event in seen.events)


def test_a_program_with_its_own_trace_function_keeps_it(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import sys
        seen = []

        def trace(frame, event, arg):
            seen.append(event)
            return trace

        def work():
            a = 1
            return a

        sys.settrace(trace)
        work()
        mine = sys.gettrace() is trace
        sys.settrace(None)
        print(mine, seen)
        """,
        python,
        lines=True,
    )

    assert seen.stdout == b"True ['call', 'line', 'line', 'return']\n"


def test_a_program_with_its_own_monitoring_tool_is_left_alone(tmp_path: Path, python: str) -> None:
    if version(python) < (3, 12):
        pytest.skip("sys.monitoring came with 3.12")
    seen = watch(
        tmp_path,
        """
        import sys, time
        monitoring = sys.monitoring
        monitoring.use_tool_id(monitoring.COVERAGE_ID, "mine")
        calls = []

        def line(code, number):
            calls.append(number)
            return monitoring.DISABLE

        monitoring.register_callback(1, monitoring.events.LINE, line)
        end = time.monotonic() + 5
        while any(monitoring.get_tool(i) for i in (3, 4, 5)) and time.monotonic() < end:
            time.sleep(0.01)
        print([monitoring.get_tool(i) for i in range(6)])
        """,
        python,
        lines=True,
    )

    assert seen.stdout == b"[None, 'mine', None, None, None, None]\n"
