"""A run that does nothing by itself: a test says what becomes of it, and reads what was asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concviz.timeline.timeline import Timeline

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.runs.launch import Launch
    from concviz.runs.run import Exit


class StandInRun:
    """Stands for a Run; `told` is what it was asked for, in order."""

    def __init__(self, launch: Launch, told: list[str] | None = None) -> None:
        self.launch = launch
        self.told = [] if told is None else told
        self.state = "new"
        self.gone = False
        self.exit: Exit | None = None
        self.failure = ""
        self.timeline: Any = Timeline()
        self.recording: Path = launch.script

    def prepare(self) -> None:
        self._note("prepare")
        self.state = "starting"

    def go(self) -> None:
        self._note("go")
        self.gone = True
        self.state = "running"

    def poll(self) -> bool:
        return False

    def interrupt(self) -> None:
        self._note("interrupt")

    def ask_stop(self) -> None:
        self._note("ask")

    def stop(self) -> None:
        self._note("stop")
        if self.state != "new":
            self.state = "ended"

    def close(self) -> None:
        self._note("close")

    def _note(self, what: str) -> None:
        self.told.append(f"{what} {self.launch.script.stem}")
