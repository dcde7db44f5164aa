"""Sites: where there is a caller of the person's own, and where there is none at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_what_the_interpreter_itself_calls_has_no_site_and_works(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import _thread, atexit, queue, threading, time
        lock, again, gate, items, simple = threading.Lock(), threading.RLock(), threading.Event(), queue.Queue(), queue.SimpleQueue()
        slots, changed = threading.Semaphore(), threading.Condition()

        def until(condition):
            while not condition():
                time.sleep(0.001)

        _thread.start_new_thread(lock.acquire, ())
        until(lock.locked)
        thread = threading.Thread(target=print, name="late")
        for call in (lock.release, gate.wait, gate.set, gate.clear, lambda: print("last"), thread.join, thread.start, slots.release,
                     slots.acquire, again.release, again.acquire, changed.release, changed.notify, changed.acquire):
            atexit.register(call)
        atexit.register(time.sleep, 0)
        atexit.register(items.get)
        atexit.register(items.put, 1)
        atexit.register(simple.get)
        atexit.register(simple.put, 1)
        """,
        python,
        fails=True,
    )

    assert "call stack is not deep enough" not in seen.stderr.decode()
    assert seen.stdout.endswith(b"last\n")
    assert [(kind, arg) for kind, _, arg in seen.of("lock")] == [("ACQUIRED", 1), ("RELEASED", 0)]
    assert {event.site for event in seen.events if event.resource == "lock"} == {""}
    assert [(kind, arg) for kind, _, arg in seen.of("items")] == [("PUT", 1), ("GOT", 0)]


def test_a_library_s_use_is_placed_where_the_person_called_it(tmp_path: Path, python: str) -> None:
    library = tmp_path / "site-packages"
    library.mkdir()
    (library / "lib.py").write_text("def use(lock):\n    with lock:\n        pass\n")
    seen = watch(
        tmp_path,
        """
        import os, sys, threading
        sys.path.append(os.path.join(os.path.dirname(__file__), "site-packages"))
        import lib
        lock = threading.Lock()
        lib.use(lock)
        """,
        python,
    )

    assert {event.site for event in seen.events if event.resource == "lock"} == {"program.py:6"}


def test_code_made_without_end_does_not_mix_its_places_up(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        r"""
        import threading
        lock = threading.Lock()
        for n in range(300):
            exec(compile("\n" * n + "with lock: pass", __file__, "exec"))
        """,
        python,
    )

    sites = [event.site for event in seen.events if event.resource == "lock" and event.kind == "ACQUIRED"]
    assert sites == [f"program.py:{n + 1}" for n in range(300)]
