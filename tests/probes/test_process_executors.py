"""ProcessPoolExecutor and multiprocessing.Pool: which worker did which job, in all processes by the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON, EVERY_WAY, SOME_WAYS, meeting

if TYPE_CHECKING:
    from pathlib import Path


@EVERY_WAY
def test_the_processes_of_an_executor_do_its_jobs(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            from concurrent.futures import ProcessPoolExecutor

            def square(n):
                return n * n

            def fail(parent):
                until_asleep(parent)
                raise ValueError("no")

            if __name__ == "__main__":
                with ProcessPoolExecutor(2, mp_context=context) as pool:
                    print(list(pool.map(square, range(4))))
                    try:
                        pool.submit(fail, os.getpid()).result()
                    except ValueError as error:
                        print(error)
            """,
            method,
        ),
        python,
    )
    workers = {worker for _, worker, _, _ in seen.kinds("JOB")}

    assert seen.stdout == b"[0, 1, 4, 9]\nno\n"
    assert seen.by("main", "SUBMITTED") == [("SUBMITTED", job, 0) for job in [*(f"square #{n}" for n in range(1, 5)), "fail #5"]]
    for n in range(1, 5):
        (begin, worker, _), (end, same, raised) = (event for event in seen.of(f"square #{n}") if event[0] in {"JOB", "JOB_DONE"})
        assert (begin, end, raised, worker) == ("JOB", "JOB_DONE", 0, same)
    assert workers <= {name for (_, name), fields in seen.workers.items() if fields[1] == "process"} - {"main"}
    assert [event[0] for event in seen.of("fail #5") if event[0] in {"WAIT", "JOB_DONE", "NOTIFIED", "WOKE"}] == [
        "WAIT",
        "JOB_DONE",
        "NOTIFIED",
        "WOKE",
    ]
    assert ("JOB_DONE", 1) in [(kind, arg) for kind, _, arg in seen.of("fail #5")]
    assert [event[:2] for event in seen.of("pool") if event[1] == "main"] == [("WAIT", "main"), ("WOKE", "main")]
    assert seen.resources["pool"][0] == "Pool"
    assert {event.site for event in seen.events if event.kind == "JOB"} == {"program.py:15", "program.py:18"}


@SOME_WAYS
def test_an_idle_process_waits_for_its_pool(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            from concurrent.futures import ProcessPoolExecutor

            def work():
                pass

            if __name__ == "__main__":
                with ProcessPoolExecutor(1, mp_context=context) as pool:
                    pool.submit(work).result()
                    until_asleep(next(iter(pool._processes)))
                    pool.submit(work).result()
            """,
            method,
        ),
        python,
    )
    (worker,) = {worker for _, worker, _, _ in seen.kinds("JOB")}

    life = [event[:2] for event in seen.by(worker, "JOB", "JOB_DONE", "GET_WAIT", "GOT")]
    at = life.index(("JOB_DONE", "work #1"))
    assert life[at + 1 : at + 5] == [("GET_WAIT", "pool"), ("GOT", "pool"), ("JOB", "work #2"), ("JOB_DONE", "work #2")]


@EVERY_PYTHON
def test_a_job_whose_process_dies_is_begun_and_never_done(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            import signal
            from concurrent.futures import ProcessPoolExecutor
            from concurrent.futures.process import BrokenProcessPool

            def die():
                os.kill(os.getpid(), signal.SIGKILL)

            if __name__ == "__main__":
                with ProcessPoolExecutor(1, mp_context=context) as pool:
                    try:
                        pool.submit(die).result()
                    except BrokenProcessPool:
                        print("broken")
            """,
            "fork",
        ),
        python,
    )

    assert seen.stdout == b"broken\n"
    assert [event[0] for event in seen.of("die #1") if event[0] != "WAIT"] == ["SUBMITTED", "JOB", "NOTIFIED", "WOKE"]


@EVERY_WAY
def test_a_pool_maps_in_pieces_that_its_workers_do(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def square(n):
                return n * n

            if __name__ == "__main__":
                with context.Pool(2) as pool:
                    print(pool.map(square, range(4), chunksize=2))
                    print(pool.apply(square, (5,)))
                    print(list(pool.imap(square, range(2))))
                    pool.close()
                    pool.join()
            """,
            method,
        ),
        python,
    )

    assert seen.stdout == b"[0, 1, 4, 9]\n25\n[0, 1]\n"
    assert [event[1] for event in seen.by("main", "SUBMITTED")] == ["square #1", "square #2", "square #3"]
    assert sorted(job for _, _, job, _ in seen.kinds("JOB")) == ["square #1.1", "square #1.2", "square #2", "square #3.1", "square #3.2"]
    assert sorted(job for _, _, job, _ in seen.kinds("JOB_DONE")) == sorted(job for _, _, job, _ in seen.kinds("JOB"))
    assert [event[0] for event in seen.of("square #1")] == ["SUBMITTED", "WAIT", "NOTIFIED", "WOKE"]
    assert [event[0] for event in seen.of("square #2") if event[0] != "WAIT"] == ["SUBMITTED", "JOB", "JOB_DONE", "NOTIFIED", "WOKE"]
    assert len({worker for _, worker, resource, _ in seen.kinds("GOT") if resource == "pool"}) == 2
    assert [event[0] for event in seen.of("pool") if event[1] == "main"][:2] == ["WAIT", "WOKE"]
    assert seen.resources["pool"][0] == "Pool"


@EVERY_PYTHON
def test_a_pool_of_threads_does_the_same(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        from multiprocessing.pool import ThreadPool

        def square(n):
            return n * n

        with ThreadPool(2) as pool:
            print(pool.map(square, range(4), chunksize=2))
        """,
        python,
    )

    assert seen.stdout == b"[0, 1, 4, 9]\n"
    assert sorted(job for _, _, job, _ in seen.kinds("JOB")) == ["square #1.1", "square #1.2"]
    assert len(seen.processes) == 1
