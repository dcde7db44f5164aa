"""A part of a program, watched from inside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from concviz.recordings.follow import Follow

ROOT = Path(__file__).parent.parent
PROGRAM = dedent(
    """
    import queue, sys, threading
    import concviz

    jobs, done, event = queue.Queue(), queue.Queue(), threading.Event()

    def earlier():
        for job in iter(jobs.get, None):
            event.set()
            done.put(job)

    old = threading.Thread(target=earlier, name="earlier")
    old.start()
    for number in range(2):
        with concviz.watch(f"part{number}.cvz", title="a part"):
            new = threading.Thread(target=event.wait, name=f"new {number}")
            new.start()
            jobs.put(number)
            done.get()
            new.join()
        between = threading.Thread(target=print, args=("between",))
        between.start()
        between.join()
    jobs.put(None)
    old.join()
    try:
        concviz.watch("part0.cvz")
    except Exception as error:
        print(error)
    """
)


def test_parts_are_watched_and_what_lies_between_them_is_not(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout == "between\nbetween\npart0.cvz exists (choose another name, or remove it first)\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["part0.cvz", "part1.cvz"]
    assert [_lanes(tmp_path / f"part{number}.cvz") for number in range(2)] == [
        {"MainThread", "earlier", "new 0"},
        {"MainThread", "earlier", "new 1"},
    ]


def _lanes(recording: Path) -> set[str]:
    follow = Follow(recording)
    while follow.poll():
        pass
    timeline = follow.timelines[0]
    follow.close()
    assert timeline.finished
    return {worker.name for worker in timeline.workers[1:] if "internal" not in worker.flags and len(timeline.events_of(worker.index))}
