"""A film of the app while a person uses it: an asciicast that grows on the disk, and a tape of the keys at its end."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from concviz.films.cast import Writer
from concviz.films.frame import Film
from concviz.films.whole import WholeLines
from concviz.ui.chapters import Chapters
from concviz.ui.grabbing import Copy, grounds, palette

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.app import App

    from concviz.ui.diary import Diary
    from concviz.ui.stage_model import StageModel

FRAMES_PER_S = 30.0
"""No more are kept; the app makes no more."""


class Reel:
    """Owns the files. Used by the app's thread; nothing of the film stays in memory but its last frame."""

    def __init__(self, app: App[int], paths: tuple[Path, Path], diary: Diary, title: str, clock: Callable[[], float] = monotonic) -> None:
        """`paths`: of the cast and the tape, neither of which exists. OSError where the cast cannot be written."""
        self._clock, self._diary, self._title = clock, diary, title
        self.paths = paths
        self._copy = Copy(app)
        self._chapters = Chapters()
        self._out = WholeLines(paths[0])
        self._begin_s = self._last_s = clock()
        self._new = False
        self.frames = 0
        """How many there are."""
        self.failure = ""
        """Why it ended before it was asked to; "" it did not."""
        self._writer: Writer | None = None
        width, height = app.size
        self._film = Film(title, width, height, *grounds(app), palette=palette(app), frames_per_s=FRAMES_PER_S)

    @property
    def seconds(self) -> float:
        """How long it is by now."""
        return self._clock() - self._begin_s

    @property
    def size_bytes(self) -> int:
        """Of the cast, so far."""
        return self._out.size_bytes

    @property
    def due_s(self) -> float:
        """How long to wait until the next frame may be taken; 0: now."""
        return max(self._last_s + 1 / FRAMES_PER_S - self._clock(), 0.0)

    def shown(self, update: object) -> bool:
        """Something was sent to the terminal; whether there is a frame to be taken."""
        self._new = self._copy.told(update) or self._new
        return self._new and self._copy.begun

    def take(self, models: Sequence[StageModel]) -> None:
        """Keep what is on screen now. A full disk ends the film, which is whole up to there."""
        if not self._new or self.failure:
            return
        self._new, self._last_s = False, self._clock()
        try:
            if self._writer is None:
                self._begin_s = self._last_s
                self._writer = Writer(self._film, self._out)
            at_s = self._last_s - self._begin_s
            for label in self._chapters.reached(models):
                self._writer.marker(at_s, label)
            self._writer.frame(at_s, self._copy.frame())
            self.frames += 1
        except OSError as error:
            self.failure = f"{self.paths[0]} cannot be written on: {error.strerror or error}"

    def close(self) -> None:
        """Both files are whole. A tape that cannot be written is told in `failure`."""
        if self._out.closed:
            return
        end_s = self._clock()
        try:
            if self._writer is not None and not self.failure:
                self._writer.close(end_s - self._begin_s)
        except OSError as error:
            self.failure = f"{self.paths[0]} cannot be written on: {error.strerror or error}"
        self._out.close()
        self._write_tape(end_s)

    def _write_tape(self, end_s: float) -> None:
        size = f"{self._film.columns}x{self._film.lines}"
        words = (
            f"{self._title}: what was done while {self.paths[0].name} was filmed. To film it again, perhaps as a GIF:",
            f"concviz record TARGET --size {size} --tape {self.paths[1].name} -o {self.paths[1].stem}.gif",
            "where TARGET is what was opened; without it, the first screen.",
        )
        try:
            with self.paths[1].open("x", encoding="utf-8") as out:
                out.write(self._diary.tape(self._begin_s, end_s, words))
        except OSError as error:
            self.failure = self.failure or f"{self.paths[1]} cannot be written: {error.strerror or error}"
