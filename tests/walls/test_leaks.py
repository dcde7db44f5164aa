"""The guard that stands behind every test trips on each thing that can be left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from concviz.runs import folders
from tests import leaks
from tests.leaks import Before
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

needs_proc = pytest.mark.skipif(not leaks.PROC.is_dir(), reason="processes are looked for in /proc")


def test_nothing_is_found_where_nothing_is_left() -> None:
    before = Before(os.environ[leaks.MARK])

    subprocess.run([sys.executable, "-c", ""], check=True)

    assert before.left(0) == []


def test_a_thread_is_found() -> None:
    before, end = Before(os.environ[leaks.MARK]), threading.Event()
    thread = threading.Thread(target=end.wait, name="left")
    thread.start()

    found = before.left(0)

    end.set()
    thread.join()
    assert found == ["thread left"]


@needs_proc
def test_a_child_is_found_also_when_it_has_ended_and_nobody_waited() -> None:
    before = Before(os.environ[leaks.MARK])
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        living = before.left(0)
        assert child.stdin is not None
        child.stdin.close()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        ended = before.left(0)

    assert living == [f"process {child.pid}: {sys.executable} -c input() "]
    assert ended == [f"process {child.pid}: ended, but nobody waited for it"]


@needs_proc
def test_an_orphan_that_ran_away_is_found(tmp_path: Path) -> None:
    source = """
        import os, subprocess, sys
        subprocess.Popen([sys.executable, "-c", "import os; open('pid', 'w').write(str(os.getpid())); open('end').read()"],
                         start_new_session=True)
    """
    os.mkfifo(tmp_path / "end")
    before = Before(os.environ[leaks.MARK])
    subprocess.run([sys.executable, "-c", dedent(source)], cwd=tmp_path, check=True)
    until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), "the orphan")

    found = before.left(0)

    (tmp_path / "end").write_bytes(b"")
    assert [words.split(":")[0] for words in found] == [f"process {(tmp_path / 'pid').read_text()}"]


def test_shared_memory_is_found() -> None:
    before = Before(os.environ[leaks.MARK])
    folder = folders.make(folders.memory_root())

    found = before.left(0)

    folder.rmdir()
    assert found == [f"folder {folder}"]
