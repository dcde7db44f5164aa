"""Tracebacks as the program would have them without us: what runs between its own code and the library is left out."""

from __future__ import annotations

from types import TracebackType

from concviz.probes.sites import probe_file


def strip(trace: TracebackType | None) -> TracebackType | None:
    """The same traceback without our frames; None when nothing is left. The one given is not changed."""
    kept = []
    while trace is not None:
        if not probe_file(trace.tb_frame.f_code.co_filename):
            kept.append(trace)
        trace = trace.tb_next
    stripped: TracebackType | None = None
    for link in reversed(kept):
        stripped = TracebackType(stripped, link.tb_frame, link.tb_lasti, link.tb_lineno)
    return stripped


def clean(error: BaseException) -> None:
    """Strip the error's own traceback, and those of all that it came from."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.__traceback__ = strip(one.__traceback__)
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def words(error: BaseException) -> str:
    """The error as a line, "ValueError: its words"; the type alone where the error cannot say them."""
    name = type(error).__name__
    try:
        return f"{name}: {error}" if str(error) else name
    except Exception:  # noqa: BLE001 - the program's own __str__ may raise anything
        return name
