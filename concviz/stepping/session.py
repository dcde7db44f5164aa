"""Session: one run of a program under control, from its start to its end. It stands still until it is granted a step."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concviz.runs import descendants
from concviz.stepping import messages
from concviz.stepping.keeper import BOOT
from concviz.stepping.request import PACKAGE

if TYPE_CHECKING:
    from concviz.gates.choice import Option, Outcome, Step
    from concviz.stepping.request import Request

READ_BYTES = 1 << 16
"""One read of a pipe."""

STOP_SECONDS = 4.0
"""How long the keeper may take to take everything down before it is killed too."""

STDOUT, STDERR = 1, 2

MOST_WORDS_BYTES = 1 << 20
"""What a program may print in one run; what comes after is read, and let go."""

ENDED_EARLY = "it ended outside its last step: os._exit, a signal, or a crash"
"""Said where the program was gone without a word of how it ended."""


@dataclass(frozen=True, slots=True)
class Stands:
    """Every worker is at its next scheduling point."""

    can: tuple[Option, ...]
    """Whoever went last first, if it can; then by number."""
    blocked: tuple[Option, ...]
    """Those that cannot go, and why."""

    @property
    def everybody(self) -> tuple[Option, ...]:
        """All that live, by number."""
        return tuple(sorted((*self.can, *self.blocked), key=lambda one: one.worker))


@dataclass(frozen=True, slots=True)
class Words:
    """What the program printed."""

    step: int
    """From the grant of this step, from 1, to where everybody stood again; 0: before the first."""
    stream: int
    """STDOUT or STDERR."""
    text: str


class Session:
    """Owns one program, through its keeper, and the pipes to it. Used by one thread; `poll` must be called for anything to be heard."""

    def __init__(self, request: Request) -> None:
        """Starts the interpreter, which loads the engine and waits for `go`. TargetError for what is not there."""
        request.check()
        self.request = request
        self.stands: Stands | None = None
        """Where everybody stands; None: it runs on, or has ended."""
        self.lived: frozenset[int] = frozenset()
        """Who stood when all stood last, by number."""
        self.steps: list[Step] = []
        """What was granted, in order."""
        self.outcome: Outcome | None = None
        """How it ended; None while it lives, and where it could not be run."""
        self.fault = ""
        """Why it could not be run, or ended without an outcome; "" as long as neither."""
        self.words: list[Words] = []
        """What it printed."""
        self.ready = False
        """Whether its engine is loaded."""
        self._granted = 0
        self._unread = b""
        self._printed = 0
        self._halves = {STDOUT: b"", STDERR: b""}
        self._start(request)

    def _start(self, request: Request) -> None:
        hears, self._says = os.pipe()
        self._asked, asks = os.pipe()
        out, out_end = os.pipe()
        errors, errors_end = os.pipe()
        self._streams = {out: STDOUT, errors: STDERR}
        fds = [hears, asks]
        words = {"command": request.command(hears, asks), "env": request.env | _steady(), "cwd": str(Path.cwd()), "fds": fds}
        try:
            self._keeper = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", BOOT, str(PACKAGE.parent), json.dumps(words)],
                stdin=subprocess.PIPE,
                stdout=out_end,
                stderr=errors_end,
                pass_fds=fds,
                start_new_session=True,
            )
        finally:
            for fd in (hears, asks, out_end, errors_end):
                os.close(fd)
        self._open = {self._asked, out, errors}

    @property
    def over(self) -> bool:
        """Whether nothing more is to come."""
        return self.outcome is not None or bool(self.fault)

    @property
    def pid(self) -> int:
        """The keeper's."""
        return self._keeper.pid

    def go(self, *, memory: bool) -> None:
        """Run it up to where the first choice is. `memory`: whether each access to shared memory is a step, too."""
        self._say("go", {"memory": memory})

    def grant(self, index: int) -> None:
        """Let this one of `stands.can` go its step. Nothing happens when it does not stand."""
        if self.stands is not None and 0 <= index < len(self.stands.can):
            self.stands = None
            self._granted += 1
            self._say("grant", index)

    def poll(self, wait_s: float = 0.0) -> bool:
        """Read what is new, waiting so long at most for the first of it; whether there was anything."""
        news = False
        while self._open:
            readable, _, _ = select.select(self._open, (), (), 0.0 if news else wait_s)
            if not readable:
                break
            # First what was printed: it was printed before the step was told.
            for fd in sorted(readable, key=lambda fd: fd == self._asked):
                news = True
                self._read(fd)
            if self._asked not in readable and not news:
                break
        return news

    def _read(self, fd: int) -> None:
        try:
            got = os.read(fd, READ_BYTES)
        except OSError:
            got = b""
        if not got:
            self._open.discard(fd)
            if fd == self._asked and not self.over:
                self._finish_early()
        elif fd == self._asked:
            *whole, self._unread = (self._unread + got).split(b"\n")
            for text in whole:
                self._heard(*messages.read(text))
        else:
            self._printed_some(self._streams[fd], got)

    def _heard(self, kind: str, told: Any) -> None:
        match kind:
            case "ready":
                self.ready = True
            case "stands":
                self.stands = Stands(tuple(map(messages.option, told["can"])), tuple(map(messages.option, told["blocked"])))
                self.lived = frozenset(one.worker for one in self.stands.everybody)
            case "stepped":
                self.steps.append(messages.step(told))
            case "ended":
                self.outcome = messages.outcome(told, tuple(self.steps))
            case "fault":
                self.fault = told["words"]
        if self.over:
            self.stands = None

    def _printed_some(self, stream: int, got: bytes) -> None:
        room = MOST_WORDS_BYTES - self._printed
        self._printed += len(got)
        *lines, self._halves[stream] = (self._halves[stream] + got[: max(room, 0)]).split(b"\n")
        self.words += [Words(self._granted, stream, text.decode(errors="replace")) for text in lines]

    def _finish_early(self) -> None:
        """The program is gone without a word: what it wrote last may tell why."""
        for fd in tuple(self._streams):
            while fd in self._open and select.select([fd], (), (), 0.2)[0]:
                self._read(fd)
        said = [words.text for words in self.words if words.stream == STDERR and words.text.strip()]
        self.fault = said[-1] if said and not self.ready else ENDED_EARLY
        self.stands = None

    def ask_end(self) -> None:
        """Ask for the end of it all, without waiting."""
        with contextlib.suppress(OSError):
            if self._keeper.stdin is not None:
                self._keeper.stdin.close()

    @property
    def gone(self) -> bool:
        """Whether nothing of it is left, so that `close` takes no time."""
        return self._keeper.poll() is not None

    def close(self) -> None:
        """Kill the program and all it started; nothing of it is left when this returns."""
        self.ask_end()
        try:
            self._keeper.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            for pid in descendants.below(self._keeper.pid):
                with contextlib.suppress(OSError):
                    os.kill(pid, 9)
            self._keeper.kill()
            self._keeper.wait()
        self._open.clear()
        for fd in (self._says, self._asked, *self._streams):
            with contextlib.suppress(OSError):
                os.close(fd)
        self._streams = {}

    def _say(self, kind: str, told: object) -> None:
        with contextlib.suppress(OSError):
            os.write(self._says, messages.line(kind, told))


def _steady() -> dict[str, str]:
    """What must be the same in every run for it to be the same run."""
    return {"PYTHONHASHSEED": "0", "PYTHONUNBUFFERED": "1"}
