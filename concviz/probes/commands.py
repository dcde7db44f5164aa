"""subprocess: each program that is started has a lane, called by its command line; who waits for its end, and how it ended.

What it does inside is not known: the lane tells, from looks from outside, when it had a core, wanted one, or was blocked. Its end is
told when it is reaped, or seen from outside before.
"""

from __future__ import annotations

import os

from concviz.events import Kind
from concviz.probes import children, here, seam
from concviz.probes.sites import outer, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

NAME_LETTERS = 80
"""Of a command line so much is its lane's name."""

_WORKER = "_concviz"
_JOIN, _JOINED, _TIMED_OUT = int(Kind.JOIN), int(Kind.JOINED), int(Kind.TIMED_OUT)
_frame = outer


def install(module: Any) -> None:
    """Put our methods into `subprocess.Popen`."""
    seam.replace(module.Popen, "_execute_child", _make_execute)
    seam.replace(module.Popen, "_handle_exitstatus", _make_handle)
    for name in ("wait", "communicate"):
        seam.replace(module.Popen, name, _make_wait)


def command_line(args: Any) -> str:
    """As a person would have typed it, the program without its folder, in one line of bounded length."""
    words = [args] if isinstance(args, str | bytes | os.PathLike) else list(args)
    texts = [" ".join(os.fsdecode(word).split()) if isinstance(word, str | bytes | os.PathLike) else "?" for word in words]
    if len(texts) > 1:
        texts[0] = texts[0].rpartition("/")[2]
    line = " ".join(texts)
    return line if len(line) <= NAME_LETTERS else line[: NAME_LETTERS - 1] + "…"


def _make_execute(original: Callable[..., None]) -> Callable[..., None]:
    def _execute_child(self: Any, args: Any, *rest: Any, **settings: Any) -> None:
        where = site(_frame(1))
        try:
            name = command_line(args)
        except (TypeError, ValueError):  # the original says what is wrong with it
            name = "?"
        children.starting(name, children.COMMAND, where)
        try:
            original(self, args, *rest, **settings)
            self.__dict__[_WORKER] = children.command(self.pid)
        finally:
            children.starting("", "", 0)

    return _execute_child


def _make_handle(original: Callable[..., None]) -> Callable[..., None]:
    def _handle_exitstatus(self: Any, status: int, *rest: Any, **settings: Any) -> None:
        children.reaped(self.pid, status)
        original(self, status, *rest, **settings)

    return _handle_exitstatus


def _make_wait(original: Callable[..., Any]) -> Callable[..., Any]:
    def wait(self: Any, *args: Any, **settings: Any) -> Any:
        worker, me = self.__dict__.get(_WORKER, 0), here.mine.me
        if not worker or me.depth or self.returncode is not None:
            return original(self, *args, **settings)
        where = site(_frame(1))
        me.emit(_JOIN, 0, where, worker)
        me.depth += 1
        try:
            return original(self, *args, **settings)
        finally:
            me.depth -= 1
            if self.returncode is None:
                me.emit(_TIMED_OUT, 0, where)
            else:
                me.emit(_JOINED, 0, where, worker)

    return wait
