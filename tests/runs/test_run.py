"""A run: the program behaves as its own, its end is told as it was, and nothing of it is left."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concviz.errors import TargetError
from concviz.events import STDERR, STDOUT
from concviz.runs.launch import Launch
from concviz.runs.run import Run
from tests.runs.watching import ended, running, words
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_program_prints_and_ends_as_its_own(tmp_path: Path) -> None:
    with running(tmp_path, "import sys\nprint('hello', *sys.argv[1:])\nsys.exit(3)") as run:
        ended(run)

        assert (words(run, STDOUT), run.exit and run.exit.code, run.exit and run.exit.words) == ("hello", 3, "exit code 3")


def test_a_traceback_is_whole_and_without_our_frames(tmp_path: Path) -> None:
    with running(tmp_path, "def f():\n    return 1 / 0\nf()") as run:
        ended(run)

        shown = words(run, STDERR)
        assert shown.startswith("Traceback (most recent call last):")
        assert shown.endswith("ZeroDivisionError: division by zero")
        assert "concviz" not in shown
        assert run.exit is not None
        assert run.exit.code == 1


def test_a_syntax_error_is_the_programs_own(tmp_path: Path) -> None:
    with running(tmp_path, "print('a'\nb = )") as run:
        ended(run)

        assert "SyntaxError" in words(run, STDERR)
        assert "concviz" not in words(run, STDERR)
        assert run.exit is not None
        assert run.exit.code == 1


@pytest.mark.parametrize(
    ("source", "code", "number"),
    [
        ("import os; os._exit(7)", 7, 0),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", 0, signal.SIGKILL),
        ("import ctypes; ctypes.string_at(0)", 0, signal.SIGSEGV),
        ("raise KeyboardInterrupt", 0, signal.SIGINT),
    ],
    ids=["os._exit", "SIGKILL", "segfault", "KeyboardInterrupt"],
)
def test_every_kind_of_end_is_told_as_it_was(tmp_path: Path, source: str, code: int, number: int) -> None:
    with running(tmp_path, source) as run:
        ended(run)

        assert run.exit is not None
        assert (run.exit.code, run.exit.signal) == (code, number)


def test_an_interrupt_reaches_the_program_as_ctrl_c_does(tmp_path: Path) -> None:
    source = """
        import time
        try:
            print("up", flush=True)
            while True:
                time.sleep(0.01)
        except KeyboardInterrupt:
            print("interrupted")
    """
    with running(tmp_path, source) as run:
        until(lambda: run.poll() is not None and "up" in words(run), "its first word")

        run.interrupt()
        ended(run)

        assert words(run).endswith("interrupted")


def test_a_flood_of_words_does_not_stop_the_run_from_being_watched(tmp_path: Path) -> None:
    with running(tmp_path, "while True: print('x' * 1000)") as run:
        until(lambda: run.poll() is not None and len(words(run)) > 100_000, "many words")

        run.stop()

        assert run.exit is not None
        assert run.exit.stopped


def test_words_that_are_not_utf8_are_shown_escaped(tmp_path: Path) -> None:
    with running(tmp_path, "import sys\nsys.stdout.buffer.write(b'a\\xff\\n')") as run:
        ended(run)

        assert words(run) == "a\\xff"


def test_five_hundred_threads_are_seen(tmp_path: Path) -> None:
    source = """
        import threading
        threads = [threading.Thread(target=threading.Event().wait, args=(0.05,)) for _ in range(500)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    """
    with running(tmp_path, source) as run:
        ended(run)

        assert len([worker for worker in run.timeline.workers if worker.kind == "thread"]) == 500
        assert run.exit is not None
        assert run.exit.code == 0


def test_closed_standard_input_gives_end_of_file(tmp_path: Path) -> None:
    with running(tmp_path, "import sys; print(repr(sys.stdin.read()))") as run:
        ended(run)

        assert words(run) == "''"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: Launch(folder / "missing.py"), "no file"),
        (Launch, "folder"),
        (lambda folder: Launch(Path(__file__), python=str(folder / "python")), "no interpreter"),
    ],
    ids=["missing file", "folder", "missing interpreter"],
)
def test_what_cannot_be_run_is_told_before_anything_starts(tmp_path: Path, make: Callable[[Path], Launch], says: str) -> None:
    with pytest.raises(TargetError, match=says):
        Run(make(tmp_path))


def test_a_binary_file_is_refused_by_the_interpreter_itself(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_bytes(b"\x7fELF\x00\x01")
    run = Run(Launch(tmp_path / "program.py", lines=False))
    try:
        run.prepare()
        until(lambda: run.poll() is not None and run.state == "ready", "ready")
        run.go()
        ended(run)
        assert "null bytes" in words(run, STDERR) or "SyntaxError" in words(run, STDERR)
    finally:
        run.close()


def test_processes_that_come_and_go_quickly_are_all_seen(tmp_path: Path) -> None:
    source = """
        from multiprocessing import Process
        for _ in range(40):
            child = Process(target=print)
            child.start()
            child.join()
    """
    with running(tmp_path, source) as run:
        ended(run)

        assert run.failure == ""
        assert len([worker for worker in run.timeline.workers if worker.name.startswith("Process-")]) == 40


def test_the_sources_of_all_the_programs_own_files_are_recorded(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("import time\n\ndef sell():\n    time.sleep(0.05)\n")
    with running(tmp_path, "import shop\nshop.sell()\n") as run:
        ended(run)

        assert run.timeline.source(str(tmp_path / "shop.py")) == (tmp_path / "shop.py").read_text()
        assert run.timeline.source(str(tmp_path / "program.py")) == "import shop\nshop.sell()\n"
        assert run.timeline.source(os.__file__) is None
