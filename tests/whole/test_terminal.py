"""From the command to the last key, in a real terminal; and what is left when it is killed."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from concviz.runs import descendants, folders
from tests.waiting import until
from tests.whole.terminal import Terminal

ENDLESS = "print('up', flush=True)\nwhile True: pass\n"
SECONDS_TO_GO = 2.0
"""So soon after concviz was killed nothing of it is left."""


def left(pid: int) -> list[Path]:
    roots = (folders.memory_root(), Path(tempfile.gettempdir()))
    return [path for root in roots for path in root.glob(f"concviz-{pid}-*")]


def test_one_key_shows_three_models_side_by_side_and_another_quits() -> None:
    with Terminal() as terminal:
        terminal.shows("Threads, processes, tasks", "enter run", "q quit")
        terminal.forget()

        terminal.type("\r")
        terminal.shows("Square: 100", "Cube: 1000", "Done!", "Worker:", "Process-4", "Processing complete!", "Counting to ten")
        family = terminal.family()
        terminal.type("q")

        assert terminal.ended() == 0
        assert terminal.restored
        assert len(family) >= 2  # a supervisor, and the task's program, which counts for ten seconds
        assert not [pid for pid in family if descendants.alive(pid)]
        assert left(terminal.process.pid) == []


def test_playback_a_recording_and_its_replay(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("import threading\nthread = threading.Thread(target=print, args=('hello',))\nthread.start()\nthread.join()\n")
    with Terminal("run", "program.py", folder=tmp_path) as terminal:
        terminal.shows("■ done", "hello")
        terminal.type("\x1b[H")
        terminal.shows("paused")
        terminal.type("\x1b[C\x1b[C")
        terminal.type("s")
        terminal.shows("Save the recording as")
        terminal.type("\r")
        terminal.shows("concviz replay program.cvz")
        terminal.type("q")
        assert terminal.ended() == 0
    program.unlink()

    with Terminal("replay", str(tmp_path / "program.cvz")) as terminal:
        terminal.shows("hello", "Thread-1", "■ done")
        terminal.type("q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("how", ["deadlock", "endless loop"])
def test_quit_is_at_once_whatever_the_program_does(tmp_path: Path, how: str) -> None:
    (tmp_path / "endless.py").write_text(ENDLESS)
    with Terminal("run", "deadlock" if how == "deadlock" else str(tmp_path / "endless.py")) as terminal:
        terminal.shows("held by" if how == "deadlock" else "up")
        family = terminal.family()
        terminal.type("q")

        assert terminal.ended() == 0
        assert terminal.restored
        assert not [pid for pid in family if descendants.alive(pid)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_is_told_to_end_restores_the_terminal_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "endless.py").write_text(ENDLESS)
    with Terminal("run", str(tmp_path / "endless.py")) as terminal:
        terminal.shows("up")
        family = terminal.family()
        terminal.kill(number)

        assert terminal.ended() == 128 + number
        assert terminal.restored
        assert not [pid for pid in family if descendants.alive(pid)]
        assert left(terminal.process.pid) == []


def test_when_the_screen_is_killed_no_process_and_no_memory_is_left() -> None:
    with Terminal("run", "deadlock") as terminal:
        terminal.shows("held by")
        family = terminal.family()
        terminal.kill(signal.SIGKILL)
        terminal.ended()

        until(lambda: not [pid for pid in family if descendants.alive(pid)], "the end of all below it", SECONDS_TO_GO)
        assert len(family) >= 4
        assert {path.parent for path in left(terminal.process.pid)} == {Path(tempfile.gettempdir())}
    for recording in left(terminal.process.pid):  # is kept for a day: it may be all that tells of a crash
        os.utime(recording / folders.RECORDING, (0, 0))
    folders.sweep()
    assert left(terminal.process.pid) == []


BROKEN = """
from concviz.ui.screens import home
def machine_words():
    raise RuntimeError("this is broken")
home.machine_words = machine_words
"""


def test_a_mistake_of_our_own_is_one_line_and_the_terminal_is_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(BROKEN)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delenv("CONCVIZ_TRACEBACK")

    with Terminal() as terminal:
        assert terminal.ended() == 70
        assert terminal.restored
        assert "a mistake of concviz itself: RuntimeError: this is broken" in terminal.text
        assert "Traceback" not in terminal.text
