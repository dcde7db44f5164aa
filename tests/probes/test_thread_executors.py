"""ThreadPoolExecutor: which thread did which job, who waited for a result, which had nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON, meeting

if TYPE_CHECKING:
    from pathlib import Path

JOBS = ("JOB", "JOB_DONE")


@EVERY_PYTHON
def test_two_workers_share_five_jobs(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        from concurrent.futures import ThreadPoolExecutor

        both = threading.Barrier(2)

        def square(n):
            if n < 2:
                both.wait()
            return n * n

        with ThreadPoolExecutor(2, thread_name_prefix="worker") as pool:
            print(sum(future.result() for future in [pool.submit(square, n) for n in range(5)]))
        """,
        python,
    )
    jobs = [f"square #{n}" for n in range(1, 6)]

    assert seen.stdout == b"30\n"
    assert seen.by("main", "SUBMITTED") == [("SUBMITTED", job, 0) for job in jobs]
    assert sorted(resource for _, _, resource, _ in seen.kinds("JOB")) == jobs
    for job in jobs:
        _, (begin, worker, _), (end, same, raised), (told, also, _) = (event for event in seen.of(job) if event[0] not in {"WAIT", "WOKE"})
        assert (begin, end, told, raised) == ("JOB", "JOB_DONE", "NOTIFIED", 0)
        assert worker == same == also
    assert {worker for _, worker, _, _ in seen.kinds("JOB")} == {"worker_0", "worker_1"}
    assert seen.resources["pool"] == ("Pool", "", "program.py:12")
    assert {event.site for event in seen.events if event.kind == "JOB"} == {"program.py:7"}
    for worker in ("worker_0", "worker_1"):
        kinds = [kind for kind, _, _ in seen.by(worker, "JOB", "JOB_DONE")]
        assert kinds == [*JOBS] * (len(kinds) // 2)


@EVERY_PYTHON
def test_who_asks_for_a_result_waits_for_the_job_and_is_woken_by_its_worker(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            from concurrent.futures import ThreadPoolExecutor

            def wait_for_main():
                until_asleep(os.getpid())
                raise ValueError("no")

            with ThreadPoolExecutor(1) as pool:
                try:
                    pool.submit(wait_for_main).result()
                except ValueError as error:
                    print(error)
            """,
            "fork",
        ),
        python,
    )
    worker = "ThreadPoolExecutor-0_0"

    assert seen.stdout == b"no\n"
    assert sorted(seen.of("wait_for_main #1")[:3]) == [("JOB", worker, 0), ("SUBMITTED", "main", 0), ("WAIT", "main", 1)]
    assert seen.of("wait_for_main #1")[3:] == [("JOB_DONE", worker, 1), ("NOTIFIED", worker, 1), ("WOKE", "main", worker)]


@EVERY_PYTHON
def test_an_idle_worker_waits_for_its_pool_and_the_pool_tells_how_many_jobs_wait(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        from concurrent.futures import ThreadPoolExecutor

        go, started = threading.Event(), threading.Event()

        def first():
            started.set()
            go.wait()

        def other():
            pass

        pool = ThreadPoolExecutor(1)
        pool.submit(first)
        started.wait()
        futures = [pool.submit(other), pool.submit(other)]
        go.set()
        futures[1].result()
        pool.shutdown()
        """,
        python,
    )

    assert [arg for kind, _, arg in seen.of("pool") if kind == "PUT"] == [1, 1, 2]
    assert [arg for kind, _, arg in seen.of("pool") if kind == "GOT"] == [0, 1, 0]
    assert [kind for kind, _, _ in seen.by("ThreadPoolExecutor-0_0", "GET_WAIT", "QUEUE_REFUSED", "ENDED")][-2:] == [
        "QUEUE_REFUSED",
        "ENDED",
    ]
    assert [event[0] for event in seen.of("pool") if event[1] == "main"][-2:] == ["WAIT", "WOKE"]


@EVERY_PYTHON
def test_who_waits_for_several_is_woken_by_the_one_that_was_done(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            import threading
            from concurrent.futures import ThreadPoolExecutor, as_completed, wait, FIRST_COMPLETED

            go = threading.Event()

            def now():
                until_asleep(os.getpid())

            def later():
                go.wait()

            with ThreadPoolExecutor(2) as pool:
                futures = [pool.submit(later), pool.submit(now)]
                print(len(wait(futures, return_when=FIRST_COMPLETED).done))
                go.set()
                print(len(list(as_completed(futures))))
            """,
            "fork",
        ),
        python,
    )
    quick = seen.of("now #2")[1][1] if seen.of("now #2")[1][0] == "JOB" else ""

    assert seen.stdout == b"1\n2\n"
    assert seen.of("2 futures") == [("WAIT", "main", 1), ("WOKE", "main", quick)]


@EVERY_PYTHON
def test_a_cancelled_job_is_never_begun_and_a_late_one_times_out(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        from concurrent.futures import ThreadPoolExecutor

        go, started = threading.Event(), threading.Event()

        def first():
            started.set()
            go.wait()

        def never():
            pass

        with ThreadPoolExecutor(1) as pool:
            running, waiting = pool.submit(first), pool.submit(never)
            started.wait()
            try:
                running.result(0.001)
            except TimeoutError as error:
                print("late")
            print(waiting.cancel())
            go.set()
        """,
        python,
    )

    assert seen.stdout == b"late\nTrue\n"
    assert [event[0] for event in seen.of("first #1") if event[1] == "main"] == ["SUBMITTED", "WAIT", "TIMED_OUT"]
    assert [event[0] for event in seen.of("never #2")] == ["SUBMITTED", "NOTIFIED"]


@EVERY_PYTHON
def test_jobs_of_asyncio_are_called_by_the_programs_own_function(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio

        def work():
            return 1

        async def main():
            print(await asyncio.to_thread(work))
            print(await asyncio.get_running_loop().run_in_executor(None, work))

        asyncio.run(main())
        """,
        python,
    )

    assert [resource for _, _, resource, _ in seen.kinds("JOB")] == ["work #1", "work #2"]
    assert {worker for _, worker, _, _ in seen.kinds("JOB")} <= {"asyncio_0", "asyncio_1"}
