"""One visitor's app, really started, without a server and without a page."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from concviz.runs import descendants, folders
from concviz.serving import packets, visit
from concviz.serving.offer import Offer
from concviz.serving.visit import Visit
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


LIMIT_S = 30.0

PROGRAM = """
import os, time
print("here", "we", "are", sorted(name for name in os.environ if "VIEW" in name), flush=True)
time.sleep(1000)
"""
"""It also tells whether it has inherited what only the app should know."""

FLOOD = """
import os
os.write(1, {hello!r})
for _ in range(50):
    os.write(1, b"D" + (1 << 16).to_bytes(4, "big") + bytes(1 << 16))
"""
"""An app that draws 3 MB at once."""

OWN = """
import os, sys
path = os.environ["CONCVIZ_PROGRESS"]
open(path, "w").close()
sys.exit(path)
"""
"""One that keeps something, and tells where."""


class Visitor:
    """Somebody at a page."""

    def __init__(self, command: Sequence[str]) -> None:
        self.visit = Visit(command, (100, 30), ("CONCVIZ_PROGRESS",))
        self.drawn = b""
        self.told: list[tuple[str, str]] = []
        self._watching: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        await self.visit.start()
        self._watching = asyncio.create_task(self.visit.show(self._see, self._hear))

    async def _see(self, drawn: bytes) -> None:
        self.drawn += drawn

    async def _hear(self, kind: str, what: str) -> None:
        self.told.append((kind, what))

    async def until(self, condition: Callable[[], object]) -> None:
        """The condition, looked at in a thread: the loop goes on."""
        await asyncio.to_thread(until, condition, limit_seconds=LIMIT_S)

    async def ended(self) -> None:
        """Until the app has ended by itself."""
        assert self._watching is not None
        await asyncio.wait_for(self._watching, LIMIT_S)

    async def leave(self) -> None:
        assert self._watching is not None
        self._watching.cancel()
        with suppress(asyncio.CancelledError):
            await self._watching
        await self.visit.end()

    @property
    def pid(self) -> int:
        assert self.visit._process is not None
        return self.visit._process.pid


def app(*words: str) -> Visitor:
    return Visitor(Offer(words, 1).command)


def bare(source: str) -> Visitor:
    return Visitor([sys.executable, "-c", source])


def left_of(pid: int) -> list[object]:
    return [*folders._of(pid), *([pid] if descendants.alive(pid) else [])]


async def test_a_visitor_sees_the_screen_keeps_a_picture_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    visitor = app("run", str(tmp_path / "program.py"))

    await visitor.begin()
    await visitor.until(lambda: b"here we are []" in visitor.drawn)
    before = len(visitor.drawn)
    await visitor.visit.send(packets.meta(type="resize", width=140, height=40))
    await visitor.until(lambda: b"\x1b[40;" in visitor.drawn[before:])
    await visitor.visit.send(packets.data(b"x"))
    await visitor.until(lambda: ("kept", "program.svg") in visitor.told)
    picture = (visitor.visit.folder / "program.svg").read_text(encoding="utf-8")
    folder, pid = visitor.visit.folder, visitor.pid
    assert left_of(pid) != [pid], "the run's folders"
    await visitor.leave()

    assert "here" in picture
    assert visitor.told[0][0] == "ground"
    assert visitor.visit.kept >= {"program.svg"}
    assert visitor.visit.failure == ""
    assert left_of(pid) == []
    assert not folder.exists()


async def test_who_quits_has_ended_the_visit() -> None:
    visitor = app()
    await visitor.begin()
    await visitor.until(lambda: b"First steps" in visitor.drawn)

    await visitor.visit.send(packets.data(b"q"))
    await visitor.ended()
    await visitor.leave()

    assert visitor.visit.failure == ""
    assert left_of(visitor.pid) == []


async def test_why_an_app_could_not_begin_is_known() -> None:
    visitor = app("run", "no_such_scenario")
    await visitor.begin()
    await visitor.ended()
    await visitor.leave()

    assert "no_such_scenario" in visitor.visit.failure
    assert not visitor.visit.failure.startswith("concviz:")


@pytest.mark.parametrize(
    ("ending", "reason"),
    [("sys.exit(3)", "ended with exit code 3"), ("os.kill(os.getpid(), 9)", "ended by signal 9"), ("sys.exit(0)", "")],
)
async def test_an_app_that_says_nothing_is_told_by_how_it_ended(ending: str, reason: str) -> None:
    visitor = bare(f"import os, sys; {ending}")
    await visitor.begin()
    await visitor.ended()
    await visitor.leave()

    assert visitor.visit.failure == reason


async def test_an_app_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "QUIT_SECONDS", 0.05)
    visitor = bare("import time; time.sleep(1000)")
    await visitor.begin()
    await visitor.leave()

    assert visitor.visit.failure == "ended by signal 9"
    assert left_of(visitor.pid) == []


async def test_an_app_that_draws_more_than_anybody_takes_still_ends() -> None:
    visitor = bare(FLOOD.format(hello=packets.HELLO))
    await visitor.begin()
    await visitor.until(lambda: visitor.drawn)
    await visitor.leave()

    assert visitor.visit.failure == ""


async def test_a_visitors_own_files_go_with_them() -> None:
    visitor = bare(OWN)
    await visitor.begin()
    await visitor.ended()
    await visitor.leave()

    assert visitor.visit.failure.startswith(str(visitor.visit.folder))
    assert not visitor.visit.folder.exists()


async def test_a_recording_goes_to_the_visitor_and_not_into_the_folder_we_run_in(tmp_path: Path) -> None:
    program = tmp_path / "kept_by_nobody_else.py"
    program.write_text("print('here', 'we', 'are')\n", encoding="utf-8")
    visitor = app("run", str(program))

    await visitor.begin()
    await visitor.until(lambda: b"here we are" in visitor.drawn)
    await visitor.visit.send(packets.data(b"s"))
    await visitor.until(lambda: ("kept", "kept_by_nobody_else.cvz") in visitor.told)
    recording = (visitor.visit.folder / "kept_by_nobody_else.cvz").read_bytes()
    await visitor.leave()

    assert len(recording) > 100
    assert not os.access("kept_by_nobody_else.cvz", os.F_OK)
