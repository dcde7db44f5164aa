"""Films of the app, made without a terminal: a tape presses its keys, and writers get the frames.

What is filmed of a recording depends on the tape alone: its clock is the film's, and stands still while a frame is made.
Programs that run have a clock of their own, so that a film of them takes its time.
"""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import WaitForScreenTimeout

from concviz.drawing.letters import clipped, width
from concviz.films.frame import Film, Frame, Ink
from concviz.films.steps import KEY_S
from concviz.films.tape import TapeError
from concviz.findings.search import checks
from concviz.ui.filmed import FilmedApp
from concviz.ui.playhead import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from textual.pilot import Pilot

    from concviz.films.frame import Writer
    from concviz.films.steps import Step
    from concviz.ui.house import House
    from concviz.ui.look import OnStage

ROUNDS = 3
"""So many times messages that lead to messages are waited for."""

LOST_S = 2.0
"""What has not been handled by then never will be: the app is closing."""


@dataclass(frozen=True, slots=True)
class Shooting:
    """How a film is made."""

    steps: tuple[Step, ...]
    size: tuple[int, int] = (120, 36)
    """Columns and lines of the screen; captions have a line of their own below it."""
    frames_per_s: float = 20.0
    theme: str = "dark"
    title: str = ""
    tape: str = "tape"
    """What the steps are called when one of them fails."""
    limit_s: float = 30.0
    """What is waited for must come by then."""
    version: int = 2
    """Of asciicast."""
    live: bool = False
    """Whether programs run."""


def film(
    house: House, stage: OnStage, shooting: Shooting, opened: Callable[[Film], Sequence[Writer]], keep: Callable[[str, Film, Frame], None]
) -> bool:
    """Film a stage; whether that was interrupted: then all that was filmed until then stands in the writers.

    `opened` is called once, and gives the writers; `keep` with each screenshot. TapeError when what the tape waits for does not come.
    """
    return asyncio.run(_filmed(house, stage, shooting, opened, keep))


async def _filmed(house: House, stage: OnStage, shooting: Shooting, opened: Any, keep: Any) -> bool:
    clock = None if shooting.live else _Clock()
    app = FilmedApp(house, stage, clock)
    app.use(shooting.theme)
    async with app.run_test(size=shooting.size, notifications=True) as pilot:
        captions = any(step.kind == "caption" for step in shooting.steps)
        columns, lines = shooting.size
        made = Film(shooting.title, columns, lines + captions, *app.grounds(), version=shooting.version)
        camera = _Camera(app, pilot, clock, shooting, made)
        camera.keep = keep
        camera.writers = opened(made)
        with suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGINT, camera.interrupt)
        await camera.shoot()
        return camera.interrupted


class _Clock:
    """Owns the film's time."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class _Cut(Exception):  # noqa: N818 - nothing went wrong
    """The film ends before its tape does."""


class _Camera:
    """Owns the film while it is made."""

    def __init__(self, app: FilmedApp, pilot: Pilot[Any], clock: _Clock | None, shooting: Shooting, made: Film) -> None:
        self._app, self._pilot, self._clock = app, pilot, clock
        self._shooting = shooting
        self._film = made
        self._begin_s = time.monotonic()
        self._count = 0
        self._caption = ""
        self._last: Frame | None = None
        self.writers: Sequence[Writer] = ()
        self.keep: Callable[[str, Film, Frame], None] = lambda *_: None
        self.interrupted = False

    def interrupt(self) -> None:
        """Stop after this frame."""
        self.interrupted = True

    async def shoot(self) -> None:
        """Play the tape to its end."""
        await self._warm_up()
        self._take()
        with suppress(_Cut):
            for step in self._shooting.steps:
                await self._do(step)
        for writer in self.writers:
            writer.close(self._at_s)

    async def _warm_up(self) -> None:
        """Of a recording all findings are known before the first frame: how long they take is no part of the film."""
        await self._settle()
        for screen in self._app.run_screens if self._clock is not None else ():
            for _ in range(len(screen.stage.runs) * len(checks()) + 1):
                screen.frame()
        await self._settle()

    # Steps

    async def _do(self, step: Step) -> None:
        match step.kind:
            case "press" | "type":
                for key in step.words.split() if step.kind == "press" else step.words:
                    await self._press(key)
            case "wait":
                await self._roll(step.seconds)
            case "until" | "end":
                await self._wait_for(step)
            case "caption":
                self._caption = " ".join(step.words.split())
                self._take()
            case "marker":
                self._mark(step.words)
            case "screenshot":
                self.keep(step.words, self._film, self._last or Frame(()))

    def _mark(self, label: str) -> None:
        for writer in self.writers:
            writer.marker(self._at_s, label)

    async def _press(self, key: str) -> None:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else key_to_character(name))
        event.set_sender(self._app)
        if self._app._driver is not None:  # noqa: SLF001 - where a terminal's keys come in
            self._app._driver.send_message(event)  # noqa: SLF001
        await self._settle()
        await self._roll(KEY_S)

    async def _wait_for(self, step: Step) -> None:
        frames = int(self._shooting.limit_s * self._shooting.frames_per_s)
        for _ in range(frames):
            if self._is_so(step):
                return
            await self._next()
        if step.must:
            what = "the end" if step.kind == "end" else f"{step.words!r}"
            where = f"{self._shooting.tape}:{step.line}:{step.column}"
            raise TapeError(f"{where}: {what} did not come within {self._shooting.limit_s:g} s", "--limit SECONDS waits longer")

    def _is_so(self, step: Step) -> bool:
        if step.kind == "until":
            return self._last is not None and step.words in self._last.text
        models = [screen.model for screen in self._app.run_screens]
        return not any(model.growing or model.playhead.mode is Mode.PLAYING for model in models)

    # Frames

    @property
    def _at_s(self) -> float:
        """The film's time."""
        if self._clock is None:
            return time.monotonic() - self._begin_s
        return self._count / self._shooting.frames_per_s

    async def _roll(self, seconds: float) -> None:
        """Let so much of the film go by: whole frames."""
        if self._clock is None:
            until_s = self._at_s + seconds
            while self._at_s < until_s:
                await self._next()
            return
        for _ in range(round(seconds * self._shooting.frames_per_s)):
            await self._next()

    async def _next(self) -> None:
        """The next frame, when it is due. _Cut when there is none any more."""
        self._count += 1
        if self._clock is None:
            each_s = 1 / self._shooting.frames_per_s
            self._count = max(self._count, int(self._at_s / each_s) + 1)
            await asyncio.sleep(max(self._count * each_s - self._at_s, 0))
        else:
            self._clock.now_s = self._count / self._shooting.frames_per_s
            for screen in self._app.run_screens:
                screen.frame()
            await self._settle()
        if self.interrupted or not self._open:
            raise _Cut
        self._take()

    @property
    def _open(self) -> bool:
        return self._app.is_running and not self._app._exit and bool(self._app.screen_stack)  # noqa: SLF001 - Textual tells nobody else

    def _take(self) -> None:
        """What is on screen now, if it is not what was there before."""
        frame = self._captioned(self._app.grabbed())
        if frame != self._last:
            self._last = frame
            for writer in self.writers:
                writer.frame(self._at_s, frame)

    def _captioned(self, frame: Frame) -> Frame:
        if self._film.lines == len(frame.rows):
            return frame
        words = clipped(self._caption, self._film.columns)
        left = (self._film.columns - width(words)) // 2
        row = " " * left + words + " " * (self._film.columns - left - width(words))
        return Frame((*frame.rows, ((row, Ink(self._film.fg, self._film.bg, bold=True)),)))

    async def _settle(self) -> None:
        """Until all that was asked for is done, and drawn."""
        for _ in range(ROUNDS):
            if not self._open:
                return
            with suppress(WaitForScreenTimeout):
                await self._pilot._wait_for_screen(LOST_S)  # noqa: SLF001 - the public one waits for an idle processor too
            if self._open:
                self._app.screen._on_timer_update()  # noqa: SLF001 - likewise
