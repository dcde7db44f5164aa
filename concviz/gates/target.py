"""What is run under control: a function, a script as `__main__`, or a function of a file."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """One program."""

    func: Callable[..., Any] | None = None
    """Called with `args`; a coroutine function is run by `asyncio.run`. None: `script`."""
    script: str = ""
    """The path of a file, which is executed afresh in each run: as `__main__`, or with `function` as a module."""
    function: str = ""
    """A function of that file, which is then called; "" for the file itself."""
    args: tuple[Any, ...] = ()
    """A function's arguments; a script's, as in `sys.argv[1:]`."""
    setup: Callable[[], Any] | str | None = None
    """Called before each run, outside control; what it returns (unless None) is the function's first argument. A name: of the file's."""
    invariant: Callable[..., Any] | str | None = None
    """Called after each run, with what `setup` returned (unless None): False, or an exception, is a failure. A name: the file's."""

    @classmethod
    def named(cls, words: str, args: tuple[str, ...] = (), setup: str = "", invariant: str = "") -> Target:
        """From "file.py" or "file.py:function"."""
        script, mark, function = words.rpartition(":")
        if not mark or not script.endswith(".py"):
            script, function = words, ""
        return cls(script=script, function=function, args=args, setup=setup or None, invariant=invariant or None)
