"""A target made ready for one run: its code, its `__main__`, its arguments and its output; all put back afterwards."""

from __future__ import annotations

import inspect
import io
import os
import re
import sys
import threading
from itertools import islice

from concviz.gates import accesses, kinds, loading, patches
from concviz.gates.choice import End
from concviz.gates.ends import failure
from concviz.gates.places import own_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType
    from typing import Any, Self, TextIO

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.target import Target
    from concviz.gates.worker import Place

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
"""What an object's default words end with: it differs from run to run."""

_SEED = 0


class Printed(io.StringIO):
    """Keeps what is printed, and hands it on if asked to."""

    def __init__(self, beside: TextIO | None) -> None:
        super().__init__()
        self.beside = beside

    def write(self, text: str) -> int:
        """As the original."""
        if self.beside is not None:
            self.beside.write(text)
            self.beside.flush()
        return super().write(text)

    def heard(self, text: str) -> None:
        """Another process of the run has printed this."""
        super().write(text)


class Program:
    """Owns what a run changes in the process. `with` it, then `call`, `check`, `result`."""

    def __init__(self, target: Target, *, memory: bool, pass_output: bool) -> None:
        self._target = target
        self._memory = memory
        self._scope: dict[str, Any] = {}
        self._given: tuple[Any, ...] = ()
        self._pass = pass_output
        self._printed = Printed(None)

    def __enter__(self) -> Self:
        self._kept = sys.stdout, sys.argv, list(sys.path), _modules(), sys.modules.get("__main__"), threading.excepthook
        self._printed = Printed(sys.stdout if self._pass else None)
        sys.stdout = self._printed
        target = self._target
        if target.func is None:
            sys.argv = [target.script, *map(str, target.args)] if not target.function else [target.script]
            sys.path[0:0] = [os.path.dirname(os.path.abspath(target.script))]
        else:
            loading.adopt(target.func, memory=self._memory)
        if self._memory:
            accesses.put_in()
            kinds.forget()
            loading.watch_imports()
        patches.seed(_SEED)
        return self

    def __exit__(self, *_: object) -> None:
        stdout, argv, path, modules, main, hook = self._kept
        sys.stdout, sys.argv, sys.path[:] = stdout, argv, path
        threading.excepthook = hook
        if self._memory:
            loading.unwatch_imports()
        if main is not None:
            sys.modules["__main__"] = main
        for name in _new(modules):
            if own_file(getattr(sys.modules[name], "__file__", None) or "<built-in>"):
                del sys.modules[name]

    def place(self) -> Place:
        """Where it begins."""
        function = self._target.func
        code = getattr(function, "__code__", None)
        if code is not None:
            return code.co_filename, code.co_firstlineno, code.co_qualname
        return self._target.script, 1, "<module>"

    def call(self) -> Any:
        """The program itself, under control."""
        target = self._target
        function = target.func
        if function is None:
            self._scope = self._execute(loading.code(target.script, memory=self._memory))
            if not target.function:
                return None
            function = self._named(target.function)
        else:
            self._scope = getattr(function, "__globals__", {})
        setup = self._named(target.setup)
        if setup is not None:
            state = setup()
            self._given = () if state is None else (state,)
        return _called(function, (*self._given, *target.args))

    def _named(self, what: Callable[..., Any] | str | None) -> Any:
        return self._scope[what] if isinstance(what, str) else what

    def _execute(self, code: Any) -> dict[str, Any]:
        name = "__main__" if not self._target.function else os.path.splitext(os.path.basename(self._target.script))[0]
        if name != "__main__" and name in sys.modules:
            name = f"{name} (target)"
        module: ModuleType = type(sys)(name)
        module.__file__ = os.path.abspath(self._target.script)
        module.__dict__["__builtins__"] = sys.modules["builtins"]
        sys.modules[name] = module
        exec(code, module.__dict__)  # noqa: S102 - the person's own program
        return module.__dict__

    def check(self, found: Scheduler) -> None:
        """Ask the invariant, if there is one; outside control."""
        invariant = self._named(self._target.invariant)
        if invariant is None:
            return
        try:
            holds = invariant(*self._given)
        except Exception as error:
            failure(found, error, found.main, End.INVARIANT)
            return
        if holds is False:
            found.stop(End.INVARIANT, f"`{getattr(invariant, '__name__', 'invariant')}` does not hold")
            found.signature = End.INVARIANT.value

    def result(self, value: Any) -> str:
        """What distinguishes this outcome: what the function returned, or else what was printed."""
        if value is None:
            return self._printed.getvalue().rstrip("\n")
        return _ADDRESS.sub("", repr(value))


_names: list[str] = []


def _modules() -> list[str]:
    """The names of all modules, in the order in which they came; the same list while no more come, since there are hundreds."""
    global _names
    if len(_names) != len(sys.modules) or _names[-1] != next(reversed(sys.modules)):
        _names = list(sys.modules)
    return _names


def _new(before: list[str]) -> Iterable[str]:
    """Modules that have come since: they stand behind the last one, unless some have gone."""
    last = list(islice(reversed(sys.modules), max(len(sys.modules) - len(before), 0) + 1))
    return last[:-1] if last[-1] == before[-1] else sys.modules.keys() - set(before)


def _called(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    if inspect.iscoroutinefunction(function):
        import asyncio

        return asyncio.run(function(*args))
    return function(*args)
