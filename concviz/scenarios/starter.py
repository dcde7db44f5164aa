"""The scenario that a person starts from: two panes, a parameter, and words that say what each key is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.errors import ScenarioError

if TYPE_CHECKING:
    from pathlib import Path

LESSON = """\
# What the list and the screen show. Try `concviz check .` after a change, and `concviz run .` to see it.
title = "{title}"
chapter = "My own"

# One paragraph, two to four sentences: what to watch, and why.
look_for = \"\"\"
Both panes do the same jobs, each of which mostly waits. The waits of the workers lie above each other, so the whole takes as long as one
job. See which of the two begins sooner.\"\"\"

# "together": all panes start at once. "in turn": each when the one before it has ended, for what needs the cores.
order = "together"

# Three lines at most that a person should remember, shown at the end; and where the standard documentation tells more.
take_away = [
    "Waits that overlap take as long as the longest of them.",
    "A task begins sooner than a thread.",
]
docs = "threading: Thread objects; asyncio: Running tasks concurrently"

# One to four panes. The model is "sequential", "threads", "processes", "asyncio" or "program".
[[panes]]
model = "threads"
script = "threads.py"
title = "A thread each"

[[panes]]
model = "asyncio"
script = "tasks.py"
title = "A task each"

# Whole numbers that a person may change. The scripts read them from the environment, with the same default.
[[parameters]]
name = "jobs"
env = "JOBS"
default = 3
minimum = 1
maximum = 20
words = "jobs to do"

# What to predict before it runs (the key g). The measure computes the answer from the run; exactly one choice holds for any
# number: below the first bound the first one, and so on. `concviz list --measures` names all measures.
[[questions]]
words = "How many jobs wait at the same time in the threads' pane, at most?"
measure = "at_once"
panes = ["threads.py"]
workers = "job"
doing = "sleeping"
choices = ["one", "some of them", "all of them, or more"]
bounds = [2, 3]
"""

THREADS = '''\
"""Jobs that wait, a thread each."""

import os
import threading
import time

JOBS = int(os.environ.get("JOBS", 3))


def job(number):
    time.sleep(0.5)
    print(f"job {number} is done")


threads = [threading.Thread(target=job, args=(number,), name=f"job {number}") for number in range(JOBS)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()
'''

TASKS = '''\
"""Jobs that wait, a task each."""

import asyncio
import os

JOBS = int(os.environ.get("JOBS", 3))


async def job(number):
    await asyncio.sleep(0.5)
    print(f"job {number} is done")


async def main():
    async with asyncio.TaskGroup() as group:
        for number in range(JOBS):
            group.create_task(job(number), name=f"job {number}")


asyncio.run(main())
'''


def write(folder: Path) -> None:
    """Make the folder, with a scenario in it that runs. ScenarioError when something is there, or it cannot be made."""
    title = folder.absolute().name.replace("_", " ").strip().capitalize()
    if not title or '"' in title or not title.isprintable() or "\\" in title:
        raise ScenarioError(f"{folder} is no name for a scenario", "use letters, digits and _")
    files = {"lesson.toml": LESSON.format(title=title), "threads.py": THREADS, "tasks.py": TASKS}
    try:
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except FileExistsError:
        raise ScenarioError(f"{folder} exists", "choose another name, or remove it first") from None
    except FileNotFoundError:
        raise ScenarioError(f"there is no folder {folder.parent}", "make it first") from None
    except OSError as error:
        raise ScenarioError(f"cannot make {folder}: {error.strerror}") from None
