"""A finished recording on stage: the same to the run screen as programs that run, but for what only programs can do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.recordings.follow import opened
from concviz.recordings.save import head_of, save
from concviz.runs.launch import Launch
from concviz.runs.run import Exit
from concviz.scenarios import catalogue
from concviz.ui.look import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.scenarios.lesson import Order, Scenario
    from concviz.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """One run of a recording."""

    timeline: Timeline

    @property
    def launch(self) -> Launch:
        """What it was asked to be."""
        told = self.timeline.meta.launch
        script = Path(str(told.get("script") or ""))
        return Launch(script, title=str(told.get("title") or script.name), model=str(told.get("model") or NOBODY))

    @property
    def state(self) -> str:
        """ended; or failed when it never began."""
        return "failed" if self.timeline.meta.failure and self.timeline.meta.exit is None else "ended"

    @property
    def exit(self) -> Exit | None:
        """How the program ended; None when the recording was cut off before that."""
        return Exit.told(self.timeline.meta)

    @property
    def failure(self) -> str:
        """What was wrong with the run itself, in words; "" nothing."""
        return self.timeline.meta.failure or ""


class Recording:
    """What a file holds, read once."""

    scenario: Scenario | None = None
    """None: nothing of it can be run again."""

    def __init__(self, path: Path, keep: int | None = None) -> None:
        """RecordingError when it is not one, or holds nothing. `keep`: how many of its newest events stay in memory; None: all."""
        self._path = path
        follow = opened(path, keep)
        self.runs = tuple(RecordedRun(timeline) for timeline in follow.timelines)
        """By pane."""
        self.title = str(follow.head.get("title") or path.name)
        """As the scenario was called, else the file."""
        self.order: Order = "in turn" if follow.head.get("order") == "in turn" else "together"
        """As it was run."""
        self.values: Mapping[str, int] = dict(follow.head.get("values") or {})
        """The parameters it was run with."""
        self.lesson = catalogue.recorded(str(follow.head.get("name") or ""), [run.launch.title for run in self.runs])
        """What was asked of it, if it is a scenario of ours."""

    def poll(self) -> bool:
        """Nothing is ever new."""
        return False

    def end(self, pane: int) -> None:
        """There is nothing to end."""

    def save(self, path: Path) -> None:
        """Copy it; RecordingError when that cannot be."""
        save([self._path], path, **head_of(self._path))

    def close(self) -> None:
        """Nothing is held."""
