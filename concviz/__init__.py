"""concviz shows threads, processes and asyncio tasks side by side, live, from real workers.

A program may note what it does, for whoever watches it. Unwatched, as here, that does nothing; watched,
`probes/marking.py` stands in its place:

    with concviz.mark("stage 2"): ...
    concviz.event("hit")
    concviz.counter("queued", 5)

A part of a program may be watched from inside, as in a notebook or a test, into a recording:

    with concviz.watch("part.cvz"): ...

And a test may ask whether any order of its threads' steps makes it fail; what that takes is loaded when it is called:

    concviz.explore(function)
"""

__version__ = "0.1.0"

__all__ = ["__version__", "counter", "event", "explore", "mark", "watch"]


class Unwatched:
    """A mark that marks nothing."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Nothing."""

    def __exit__(self, *error: object) -> None:
        """Nothing."""

    def __call__(self, function):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN204 - its type needs an import
        """As a decorator: the function itself."""
        return function


_NOTHING = Unwatched()


def mark(text: str) -> Unwatched:  # noqa: ARG001 - as the watched one
    """A context manager, or a decorator: what it encloses is called `text` by whoever watches."""
    return _NOTHING


def event(text: str) -> None:
    """Something happened here and now."""


def counter(name: str, value: int) -> None:
    """The number called `name` is `value` from now on; a row among the resources shows it."""


def explore(func, **how):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN003, ANN201 - their types need an import
    """Run `func` under many schedules of the threads and tasks that it starts; see `concviz.testing.explore`, which this is."""
    return __import__("concviz.testing", fromlist=["explore"]).explore(func, **how)


def watch(path, **how):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN003, ANN201 - likewise
    """Watch what is enclosed into a recording at `path`; see `concviz.part.watch`, which this is. In a watched program: a mark."""
    return __import__("concviz.part", fromlist=["watch"]).watch(path, **how)
