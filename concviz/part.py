"""concviz.watch: a part of a program, as of a notebook or a test, watched from inside into a recording.

    with concviz.watch("part.cvz"):
        work()

Then `concviz replay part.cvz` shows it. What the program prints goes where it always goes, and is no part of the recording.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import PlatformError, TargetError, UsageError
from concviz.recordings.save import save
from concviz.runs import folders
from concviz.runs.launch import PACKAGE

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, Self

BOOT = "import sys; sys.path.append(sys.argv[1]); from concviz.runs.beside import main; main()"
"""What the recorder's interpreter executes."""

CLOSING_SECONDS = 10.0
"""So long the recorder may take to write down what is left."""

_busy = threading.Lock()


class watch:  # noqa: N801 - read as a verb: `with concviz.watch("part.cvz")`
    """A context manager, for one thread at a time: all threads, tasks and children are watched until it is left."""

    def __init__(self, path: str | os.PathLike[str], *, title: str = "", lines: bool = True) -> None:
        """TargetError when the file exists, or its folder does not. `lines`: whether current lines are watched."""
        self.path = Path(path).absolute()
        """The recording, which is there when the part is over."""
        if self.path.exists():
            raise TargetError(f"{path} exists", "choose another name, or remove it first")
        if not self.path.parent.is_dir():
            raise TargetError(f"there is no folder {self.path.parent}", "make it first")
        self._title, self._lines = title or self.path.stem, lines
        self._scratch, self._memory = Path(), Path()
        self._recorder: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """UsageError when a part is watched already."""
        if not _busy.acquire(blocking=False):
            raise UsageError("a part of this program is watched already", "one at a time")
        try:
            self._scratch = folders.make(Path(tempfile.gettempdir()))
            self._memory = folders.make(folders.memory_root())
            self._start_recorder()
            _probes().begin(str(self._memory), lines_wanted=self._lines)
        except BaseException:
            self._clear()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            _probes().end()
            self._let_go()
            save([self._scratch / folders.RECORDING], self.path)
        finally:
            self._clear()

    def _start_recorder(self) -> None:
        recording = self._scratch / folders.RECORDING
        recording.touch(mode=0o600)
        script = getattr(sys.modules["__main__"], "__file__", None) or ""
        settings = {
            "pid": os.getpid(),
            "folder": str(self._memory),
            "recording": str(recording),
            "script": script,
            "python": sys.executable,
            "title": self._title,
            "model": "",
        }
        command = [sys.executable, "-I", "-S", "-c", BOOT, str(PACKAGE.parent), json.dumps(settings)]
        self._recorder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        assert self._recorder.stdout is not None
        if self._recorder.stdout.read(1) != b"g":
            raise PlatformError("the recorder could not be started", "see what it has said above")

    def _let_go(self) -> None:
        assert self._recorder is not None
        assert self._recorder.stdin is not None
        assert self._recorder.stdout is not None
        self._recorder.stdin.close()
        try:
            self._recorder.wait(CLOSING_SECONDS)
        finally:
            self._recorder.stdout.close()

    def _clear(self) -> None:
        if self._recorder is not None and self._recorder.poll() is None:
            self._recorder.kill()
            self._recorder.wait()
        for folder in (self._scratch, self._memory):
            if folder.name.startswith(folders.PREFIX):
                with suppress(OSError):
                    shutil.rmtree(folder)
        _busy.release()


def _probes() -> Any:
    """The watched side, which this process is: loaded by name, since nothing outside of it depends on it."""
    return __import__("concviz.probes.part", fromlist=["begin"])
