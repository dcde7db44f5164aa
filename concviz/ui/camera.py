"""The camera: plays a tape in the app, and hands each frame that is another one to writers, with the film's own time."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import WaitForScreenTimeout

from concviz.films.steps import KEY_S
from concviz.films.tape import TapeError
from concviz.findings.search import checks
from concviz.ui import conditions
from concviz.ui.chapters import Chapters
from concviz.ui.grabbing import grabbed
from concviz.ui.subtitles import Subtitles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from textual.pilot import Pilot

    from concviz.films.frame import Film, Frame, Writer
    from concviz.films.steps import Step
    from concviz.ui.filmed import FilmedApp
    from concviz.ui.shooting import Shooting

ROUNDS = 3
"""So many times messages that lead to messages are waited for."""

LOST_S = 2.0
"""What has not been handled by then never will be: the app is closing."""

MOST_FRAMES_PER_S = 60.0
"""Of programs that run, filmed slowly."""


class Clock:
    """Owns the app's time while it is filmed, in s."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


class _Cut(Exception):  # noqa: N818 - nothing went wrong
    """The film ends before its tape does."""


class Camera:
    """Owns the film while it is made."""

    def __init__(self, app: FilmedApp, pilot: Pilot[Any], clock: Clock | None, shooting: Shooting, made: Film) -> None:
        """`clock`: the app's, moved here; None: programs run, and it is the machine's."""
        self._app, self._pilot, self._clock = app, pilot, clock
        self._shooting = shooting
        self._film = made
        self._subtitles = Subtitles(made, shows_keys=shooting.shows_keys)
        self._chapters = Chapters()
        self._real_s = time.monotonic()
        self._film_s = self._shown_s = self._left_out_s = 0.0
        self._speed, self._hidden = 1.0, False
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
        steps = self._shooting.steps
        self._hidden = bool(steps) and steps[0].kind == "hide"
        self._real_s = time.monotonic()
        self._take()
        with suppress(_Cut):
            for step in steps:
                await self._do(step)
        if self._last is None:
            self._hidden = False
            self._take()
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
            case "screenshot":
                self.keep(step.words, self._film, self._framed())
            case "resize":
                await self._pilot.resize_terminal(*step.size)
                await self._settle()
                self._take()
            case _:
                self._direct(step)

    def _direct(self, step: Step) -> None:
        """What changes the film, not the app."""
        match step.kind:
            case "caption":
                self._subtitles.say(step.words)
                self._mark(step.words)
                self._take()
            case "marker":
                self._mark(step.words)
            case "speed":
                self._pass()
                self._speed = step.seconds
            case "hide" | "show":
                self._pass()
                self._hidden = step.kind == "hide"
                self._take()

    def _mark(self, label: str) -> None:
        words = " ".join(label.split())
        for writer in self.writers if words and not self._hidden else ():
            writer.marker(self._at_s, words)

    async def _press(self, key: str) -> None:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else key_to_character(name))
        event.set_sender(self._app)
        if self._app._driver is not None:  # noqa: SLF001 - where a terminal's keys come in
            self._app._driver.send_message(event)  # noqa: SLF001
        self._subtitles.pressed(name, event.character, self._film_s)
        await self._settle()
        await self._roll(KEY_S)

    async def _wait_for(self, step: Step) -> None:
        for _ in range(int(self._shooting.limit_s * self._shooting.frames_per_s / self._speed)):
            if self._is_so(step):
                return
            await self._next()
        if step.must and not self._is_so(step):
            what = "the end" if step.kind == "end" else f"{step.words!r}"
            where = f"{self._shooting.tape}:{step.line}:{step.column}"
            raise TapeError(f"{where}: {what} did not come within {self._shooting.limit_s:g} s", "--limit SECONDS waits longer")

    def _is_so(self, step: Step) -> bool:
        models = [screen.model for screen in self._app.run_screens]
        if step.kind == "end":
            return conditions.at_rest(models)
        return step.words in self._framed().text or conditions.happened(step.words, models)

    # Time

    @property
    def _at_s(self) -> float:
        """The film's time, without what was left out of it because nothing moved."""
        idle_s = self._shooting.idle_s
        shown_s = self._film_s if idle_s is None else min(self._film_s, self._shown_s + idle_s)
        return round(shown_s - self._left_out_s, 6)

    def _pass(self) -> None:
        """Let the film's time go on by as much as the machine's has; of a recording it does with each frame."""
        if self._clock is None:
            now_s = time.monotonic()
            if not self._hidden:
                self._film_s += (now_s - self._real_s) / self._speed
            self._real_s = now_s

    async def _roll(self, seconds: float) -> None:
        """Let so much of the app's time go by: whole frames."""
        if self._clock is None:
            until_s = time.monotonic() + seconds
            while time.monotonic() < until_s:
                await self._next()
            return
        for _ in range(round(seconds * self._shooting.frames_per_s / self._speed)):
            await self._next()

    async def _next(self) -> None:
        """The next frame, when it is due. _Cut when there is none any more."""
        each_s = 1 / self._shooting.frames_per_s
        if self._clock is None:
            due_s = self._real_s + max(each_s * self._speed, 1 / MOST_FRAMES_PER_S)
            await asyncio.sleep(max(due_s - time.monotonic(), 0))
            self._pass()
        else:
            self._clock.now_s = round(self._clock.now_s + each_s * self._speed, 9)
            self._film_s += 0 if self._hidden else each_s
            for screen in self._app.run_screens:
                screen.frame()
            await self._settle()
        if self.interrupted or not self._open:
            raise _Cut
        for label in self._chapters.reached([screen.model for screen in self._app.run_screens]):
            self._mark(label)
        self._take()

    # Frames

    @property
    def _open(self) -> bool:
        return self._app.is_running and not self._app._exit and bool(self._app.screen_stack)  # noqa: SLF001 - Textual tells nobody else

    def _framed(self) -> Frame:
        """What the film would show now."""
        return self._subtitles.below(grabbed(self._app), self._film_s)

    def _take(self) -> None:
        """What is on screen now, if it is not what was there before."""
        if self._hidden:
            return
        frame = self._framed()
        if frame != self._last:
            self._last = frame
            at_s = self._at_s
            self._left_out_s, self._shown_s = self._film_s - at_s, self._film_s
            for writer in self.writers:
                writer.frame(at_s, frame)

    async def _settle(self) -> None:
        """Until all that was asked for is done, and drawn."""
        for _ in range(ROUNDS):
            if not self._open:
                return
            with suppress(WaitForScreenTimeout):
                await self._pilot._wait_for_screen(LOST_S)  # noqa: SLF001 - the public one waits for an idle processor too
            if self._open:
                self._app.screen._on_timer_update()  # noqa: SLF001 - likewise
