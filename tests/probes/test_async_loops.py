"""Loops: several at once, in debug mode, with pools and other threads, with sockets, and across a fork."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch
from tests.probes.steps_of import tasks

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_two_loops_in_two_threads_do_not_mix(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio, threading
        async def work():
            await asyncio.sleep(0)
            await asyncio.sleep(0.001)
        def run(name):
            async def main():
                await asyncio.create_task(work(), name="work " + name)
            asyncio.run(main())
        threads = [threading.Thread(target=run, args=(name,), name=name) for name in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        """,
        python,
    )

    for name in "ab":
        assert [(kind, arg) for kind, _, arg in seen.by(f"work {name}")] == [
            ("READY", seen.by(f"work {name}")[0][2]),
            ("RESUMED", name),
            ("SUSPENDED", 0),
            ("READY", f"work {name}"),
            ("RESUMED", name),
            ("SLEEP", 1_000_000),
            ("SUSPENDED", 0),
            ("READY", name),
            ("RESUMED", name),
            ("SLEPT", 0),
            ("ENDED", 0),
        ]


def test_a_job_in_a_thread_is_what_the_task_awaits_and_its_thread_wakes_the_task(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio, threading
        go = threading.Event()
        def job():
            go.wait()
            return 7
        async def main():
            asyncio.get_running_loop().call_later(0.001, go.set)
            print(await asyncio.to_thread(job))
        asyncio.run(main())
        """,
        python,
    )

    assert seen.stdout == b"7\n"
    pool = next(worker for kind, worker, *_ in seen.kinds("JOB"))
    assert seen.by("Task-1 main", "SUSPENDED", "READY")[-2:] == [("SUSPENDED", "job #1", 0), ("READY", "", pool)]


def test_debug_mode_shows_the_same(tmp_path: Path, python: str) -> None:
    program = """
        import asyncio
        async def work():
            await asyncio.sleep(0)
        async def main():
            await asyncio.gather(work(), work())
        asyncio.run(main(), debug=DEBUG)
        """

    plain, debug = (tasks(watch(tmp_path, program.replace("DEBUG", word), python)) for word in ("False", "True"))

    assert plain == debug


def test_where_a_callback_was_handed_in_is_told_as_without_us(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def main():
            loop = asyncio.get_running_loop()
            loop.call_soon(lambda: 1 / 0)
            await asyncio.sleep(0)
        asyncio.run(main(), debug=True)
        """,
        python,
    )

    told = seen.stderr.decode()
    assert "ZeroDivisionError" in told
    assert "line 5, in main" in told.partition("Object created at")[2].partition("Traceback")[0]
    assert "concviz" not in told.replace(str(tmp_path), "")


def test_a_connection_shows_as_waiting_for_the_other_side(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def serve(reader, writer):
            line = await reader.readline()
            await asyncio.sleep(0.001)
            writer.write(line)
            writer.close()
        async def main():
            server = await asyncio.start_server(serve, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"hello\\n")
            print(await reader.readline(), port)
            writer.close()
            server.close()
        asyncio.run(main())
        """,
        python,
    )

    line, port = seen.stdout.rsplit(b" ", 1)
    assert line == b"b'hello\\n'"
    other = f"127.0.0.1:{int(port)}"
    assert seen.by("Task-1 main", "IO_WAIT", "IO_DONE") == [("IO_WAIT", other, 0), ("IO_DONE", other, 0)] * 2
    assert [event.site for event in seen.events if event.kind == "IO_WAIT" and event.resource == other] == [
        "program.py:11",
        "program.py:13",
    ]


def test_a_forked_child_runs_a_loop_of_its_own(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio, os
        async def child():
            await asyncio.sleep(0)
        async def main():
            pid = os.fork()
            if pid == 0:
                asyncio.run(child())
                os._exit(0)
            await asyncio.to_thread(os.waitpid, pid, 0)
        asyncio.run(main())
        """,
        python,
    )

    parent, forked = sorted(seen.processes)
    assert [event.kind for event in seen.events if event.pid == forked and event.worker.endswith(" child")] == [
        "READY",
        "RESUMED",
        "SUSPENDED",
        "READY",
        "RESUMED",
        "ENDED",
    ]
    assert [event.kind for event in seen.events if event.pid == parent and event.worker == "Task-1 main"][-1] == "ENDED"


def test_ctrl_c_in_a_step_ends_the_program_as_without_us(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio, signal
        async def main():
            try:
                signal.raise_signal(signal.SIGINT)
                await asyncio.sleep(9)
            finally:
                print("finally")
        try:
            asyncio.run(main())
        except KeyboardInterrupt:
            print("interrupted")
        """,
        python,
    )

    assert seen.stdout == b"finally\ninterrupted\n"
    assert seen.kinds("CANCELLED") == [("CANCELLED", "Task-1 main", "", 0)]


def test_a_program_that_exits_in_a_step(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio, sys
        async def main():
            sys.exit(3)
        asyncio.run(main())
        """,
        python,
        fails=True,
    )

    assert seen.code == 3
    assert seen.kinds("FAILED") == [("FAILED", "Task-1 main", "", "SystemExit: 3")]
    assert seen.events[-1].worker == "main"
