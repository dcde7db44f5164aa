"""The first thing a watched interpreter runs: probes in, wait for GO, the program as `__main__`, its own end.

    PYTHON host.py FOLDER READY_FD GO_FD LINES SCRIPT ARGV0 [ARG ...]

Runs as a script, under any interpreter: it makes `concviz` importable from this file's place without touching
`sys.path`, so that the program sees nothing of ours beside it. LINES is 1 or 0: whether current lines are watched.
Where ARGV0 is "-m", SCRIPT is the name of a module.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, ModuleType, TracebackType
    from typing import Any


def load_package(init: str) -> None:
    """Make `import concviz` find the package whose `__init__.py` this is, and nothing else that lies near it."""
    if "concviz" in sys.modules:
        return
    external: Any = sys.modules["_frozen_importlib_external"]
    internal: Any = sys.modules["_frozen_importlib"]
    folder = init[: -len("/__init__.py")]
    spec = external.spec_from_file_location("concviz", init, submodule_search_locations=[folder])
    module = internal.module_from_spec(spec)
    sys.modules["concviz"] = module
    spec.loader.exec_module(module)


def child_code(kind: str) -> str:
    """One statement that a fresh interpreter of the same run executes first, to be watched too (spawn, forkserver)."""
    from concviz.probes import here, lines

    settings = (here.process().folder, kind, lines.wanted())
    names = {"__name__": "concviz.child", "__file__": __file__, "SETTINGS": settings}
    return f"exec(compile(open({__file__!r},'rb').read(),{__file__!r},'exec'),{names!r})"


def watch(folder: str, kind: str, name: str, lines_wanted: bool, flags: str = "") -> None:
    """Put every probe in. Called once in a process, before the program's first line."""
    load_package(__file__[: -len("probes/host.py")] + "__init__.py")
    from concviz.probes import here, lines, marking, members, output, seam

    here.begin(folder, kind, name, flags)
    marking.install(sys.modules["concviz"])
    seam.begin()
    members.install()
    output.install()
    if lines_wanted:
        lines.install()


def main(argv: list[str]) -> None:
    """Run the program of the command line as `python SCRIPT ARG ...` would, or `python -m SCRIPT ARG ...`."""
    import os

    folder, ready_fd, go_fd, lines_wanted, script, *arguments = argv
    watch(folder, "main", "main", lines_wanted == "1")
    sys.argv[:] = arguments
    module = arguments[0] == "-m"
    sys.path[0] = os.getcwd() if module else os.path.dirname(os.path.realpath(script))
    warm(script)
    wait_for_go(int(ready_fd), int(go_fd))
    run(run_module if module else run_script, script)


def wait_for_go(ready_fd: int, go_fd: int) -> None:
    """Say that the probes are in, and wait for the run's zero; both descriptors are closed then."""
    import os

    from concviz.events import Kind
    from concviz.probes import here

    me = here.mine.me
    me.emit(Kind.IO_WAIT)
    me.depth += 1
    os.write(ready_fd, b"r")
    os.close(ready_fd)
    os.read(go_fd, 1)
    os.close(go_fd)
    me.depth -= 1
    me.emit(Kind.IO_DONE)


def warm(script: str) -> None:
    """Load before GO what the program's first imports would else wait for. A file that cannot be read is told later."""
    from concviz.probes import members

    try:
        with open(script, "rb") as file:
            members.warm(file.read())
    except OSError:
        return


def run(start: Callable[[str], None], script: str) -> None:
    """Run the program; what it raises leaves here with its traceback clean of our frames."""
    import atexit

    atexit.register(end)
    try:
        start(script)
    except SystemExit:
        raise
    except BaseException as error:
        atexit.unregister(end)
        fail(error)
        raise


def run_script(script: str) -> None:
    """Execute the file as `__main__`."""
    script = absolute(script)
    module = fresh_main(script)
    exec(compiled(script), module.__dict__)  # noqa: S102 - this is what a host is for


def run_module(name: str) -> None:
    """Execute the module, or the package's `__main__`, as the interpreter itself does for `-m`, with its frames and its complaints."""
    fresh_main("")
    import runpy

    runpy._run_module_as_main(name)  # type: ignore[attr-defined]


def fail(error: BaseException) -> None:
    """Note the program's failure, and have its traceback shown as the program's own: without our frames."""
    from concviz.events import Kind, Table
    from concviz.probes import here
    from concviz.probes.tracebacks import clean, words

    here.mine.me.emit(Kind.FAILED, 0, 0, here.process().names.new(Table.TEXT, words(error)))
    hook = sys.excepthook

    def own(kind: type[BaseException], value: BaseException, _: TracebackType | None) -> None:
        clean(value)
        hook(kind, value, value.__traceback__)

    sys.excepthook = own


def watch_child(folder: str, kind: str, lines_wanted: bool) -> None:
    """Put every probe into a fresh interpreter that the program's own multiprocessing started."""
    server = kind == "forkserver"
    watch(folder, kind, kind if server else "child", lines_wanted, "internal" if server else "")
    from concviz.probes import children

    children.arrive(kind)


def end() -> None:
    """The interpreter is about to go: registered first, so called after all that the program registered."""
    from concviz.events import Kind
    from concviz.probes import here

    here.mine.me.emit(Kind.ENDED)


def fresh_main(script: str) -> ModuleType:
    """A new, empty `__main__` in place of this file's own, which stays alive under its package name."""
    sys.modules["concviz.probes.host"] = sys.modules["__main__"]
    module = type(sys)("__main__")
    module.__file__ = script
    module.__spec__ = None
    module.__dict__["__builtins__"] = sys.modules["builtins"]
    module.__dict__["__cached__"] = None
    if sys.version_info < (3, 14):
        vars(module)["__annotations__"] = {}
    external: Any = sys.modules["_frozen_importlib_external"]
    module.__loader__ = external.SourceFileLoader("__main__", script)
    sys.modules["__main__"] = module
    return module


def absolute(script: str) -> str:
    """As the interpreter writes a script's path into `__file__`: absolute, and otherwise as it was given."""
    import os

    return script if os.path.isabs(script) else os.path.join(os.getcwd(), script.removeprefix("./"))


def compiled(script: str) -> CodeType:
    """The script's code. SyntaxError, OSError and the like are the program's own."""
    with open(script, "rb") as file:
        return compile(file.read(), script, "exec", dont_inherit=True)


if __name__ == "__main__":
    main(sys.argv[1:])
elif __name__ == "concviz.child":
    watch_child(*SETTINGS)  # type: ignore[name-defined] # noqa: F821
