"""Run: one watched program, from its start to its end, and the timeline of what it does."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from concviz import control
from concviz.recordings.follow import Follow
from concviz.recordings.format import prelude_of
from concviz.recordings.parts.prelude import prelude
from concviz.runs import folders
from concviz.runs.launch import PACKAGE

if TYPE_CHECKING:
    from concviz.runs.attachment import Attachment
    from concviz.runs.launch import Launch
    from concviz.timeline.meta import Meta
    from concviz.timeline.timeline import Timeline

State = Literal["new", "starting", "ready", "running", "ended", "failed"]

STOP_SECONDS = 4.0
"""How long a supervisor may take to take everything down before it is killed too."""

BOOT = "import sys; sys.path.append(sys.argv[1]); from {} import main; main()"
"""What the supervisor's interpreter executes; to be filled with its module."""


@dataclass(frozen=True, slots=True)
class Exit:
    """How the program ended."""

    code: int
    """Its exit code; 0 when a signal ended it."""
    signal: int
    """The signal that ended it, or 0."""
    stopped: bool
    """Whether we ended it."""
    time_up: bool = False
    """Whether it was asked to end before, since its time was up."""
    apart: str = ""
    """Of a process that we attached to: "detached", or "gone", of which only its parent knows how; "" of all others."""

    @property
    def words(self) -> str:
        """For people: "done", "exit code 3", "ended by SIGSEGV"."""
        if self.stopped or self.apart:
            return "stopped" if self.stopped else self.apart
        words = f"ended by {signal.Signals(self.signal).name}" if self.signal else f"exit code {self.code}" if self.code else "done"
        return f"{words}, its time was up" if self.time_up else words

    @classmethod
    def told(cls, meta: Meta) -> Exit | None:
        """As a recording tells it; None: it does not."""
        told = meta.exit
        if told is None:
            return None
        stopped, apart = bool(told.get("stopped")), str(told.get("apart") or "")
        return cls(int(told["code"]), int(told["signal"]), stopped, meta.time_up_s is not None, apart)


class Run:
    """Owns one supervisor and, through it, one watched program; its timeline follows the growing recording.

    Used by one thread. `poll` must be called for anything to become visible.
    """

    def __init__(self, launch: Launch | Attachment) -> None:
        """TargetError for a script or an interpreter that is not there; nothing is started yet."""
        launch.check()
        self.launch = launch
        self._scratch = folders.make(Path(tempfile.gettempdir()))
        self.recording = self._scratch / folders.RECORDING
        """The file it is written to as it happens; removed by `close`."""
        self._memory: Path | None = None
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._follow = Follow(self.recording, launch.keep)
        self._parts, self._turns = [self.recording], 0
        if launch.rotate_bytes is not None:
            self._follow.turned = self._turned
        self.gone = False
        """Whether `go` was called: the program runs then, even if it has not been heard of yet."""
        self._stopped = False
        self._failure = ""

    @property
    def timeline(self) -> Timeline:
        """What happened so far."""
        return self._follow.timelines[0]

    def prepare(self) -> None:
        """Start the supervisor and, through it, the program up to the point before its first line. Returns at once."""
        folders.sweep()
        self._memory = folders.make(folders.memory_root())
        self.recording.touch(mode=0o600)
        boot = BOOT.format(self.launch.supervisor)
        with (self._scratch / "supervisor.err").open("wb") as errors:
            self._supervisor = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", boot, str(PACKAGE.parent), self.launch.to_json(self._memory, self.recording)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        (self._memory / f"supervisor.{self._supervisor.pid}").touch()

    def poll(self) -> bool:
        """Read what is new into the timeline; whether there was anything."""
        news = self._follow.poll()
        if self._supervisor is not None and self._supervisor.poll() is not None and self.state not in {"ended", "failed"}:
            news = self._follow.poll()
            if self.state not in {"ended", "failed"}:
                self._failure = self._last_words()
                self._clear()
                return True
        return news

    @property
    def recordings(self) -> tuple[Path, ...]:
        """The files that it is written to, the oldest first."""
        return tuple(self._parts)

    @property
    def parts_gone(self) -> int:
        """How many older ones are not there any more."""
        return self._turns + 1 - len(self._parts)

    def _turned(self, following: Path) -> None:
        """The recording goes on in another part: write what that must say first, and let the oldest part go."""
        timeline = self.timeline
        last_ns = int(timeline.known.events["time"][-1]) + 1 if timeline.known.events.rows else 0
        prelude_of(following).write_bytes(prelude(timeline, max(last_ns, timeline.zero_ns), "in the part before"))
        self._parts.append(following)
        self._turns += 1
        for old in self._parts[: -self.launch.parts]:
            prelude_of(old).unlink(missing_ok=True)
            old.unlink()
            if old == self.recording:
                old.touch(mode=0o600)  # by it the folder is known to be a recording's
        self._parts = self._parts[-self.launch.parts :]

    @property
    def place(self) -> int:
        """How many bytes of the last of them are in the timeline."""
        return self._follow.place

    @property
    def scratch(self) -> Path:
        """A folder for what belongs to it; removed by `close`."""
        return self._scratch

    @property
    def state(self) -> State:
        """Where it is in its life; "failed" when it could not be started or its supervisor was killed."""
        meta = self.timeline.meta
        if self._supervisor is None:
            return "new"
        if meta.exit is not None:
            return "ended"
        if self._failure or meta.failure:
            return "failed"
        if meta.go_ns is not None:
            return "running"
        return "starting" if meta.ready is None else "ready"

    @property
    def failure(self) -> str:
        """Why it failed, for people; empty when it did not."""
        return self._failure or self.timeline.meta.failure or ""

    @property
    def exit(self) -> Exit | None:
        """How the program ended; None while it lives."""
        told = Exit.told(self.timeline.meta)
        return told and replace(told, stopped=self._stopped and told.signal == signal.SIGKILL)

    @property
    def pid(self) -> int:
        """The watched program's; 0 before it is ready."""
        ready = self.timeline.meta.ready
        return ready["pid"] if ready else 0

    @property
    def supervisor_pid(self) -> int:
        """The small process between us and the program; 0 before `prepare`."""
        return self._supervisor.pid if self._supervisor is not None else 0

    def go(self) -> None:
        """Let the program run its first line."""
        self.gone = True
        self._say(control.GO)

    def interrupt(self) -> None:
        """As Ctrl-C: SIGINT to the program."""
        self._say(control.INTERRUPT)

    def ask_stop(self) -> None:
        """Ask for the end of it all, without waiting: for several runs at once."""
        self._stopped = self.state != "ended"
        self._say(control.STOP)

    def stop(self) -> None:
        """Kill the program and all it started; nothing of it is left when this returns. The timeline stays."""
        if self._supervisor is None:
            return
        if self._supervisor.poll() is None:
            self.ask_stop()
        with contextlib.suppress(OSError):
            if self._supervisor.stdin is not None:
                self._supervisor.stdin.close()
        try:
            self._supervisor.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._supervisor.kill()
            self._supervisor.wait()
        while self.poll():  # each reads a part only
            pass
        self._clear()

    def close(self) -> None:
        """Stop, and remove the recording."""
        self.stop()
        self._follow.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _say(self, word: bytes) -> None:
        if self._supervisor is not None and self._supervisor.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                self._supervisor.stdin.write(word)
                self._supervisor.stdin.flush()

    def _last_words(self) -> str:
        """Why a supervisor ended without a word in the recording."""
        with contextlib.suppress(OSError):
            lines = (self._scratch / "supervisor.err").read_text(errors="replace").split("\n")
            words = [line for line in lines if line.strip()]
            if words:
                return words[-1]
        return "its supervisor was killed"

    def _clear(self) -> None:
        """What a killed supervisor could not remove: the program's group and the shared memory."""
        ready = self.timeline.meta.ready
        if ready is not None and ready["pgid"] and self.timeline.meta.closed is False:
            with contextlib.suppress(OSError):
                os.killpg(ready["pgid"], signal.SIGKILL)
        if self._memory is not None:
            shutil.rmtree(self._memory, ignore_errors=True)
