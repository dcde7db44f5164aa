"""The list of probes: which module of the standard library each one waits for. To add one, add a line."""

from __future__ import annotations

from concviz.probes.seam import when_imported


def install() -> None:
    """Make every probe wait for its library. Called once in a process, after `here.begin`.

    Each `install` imports its probe only when the library is there, so that a program pays for what it uses.
    """
    for library, probe in PROBES.items():
        when_imported(library, _loader(probe))


def _loader(probe: str):  # noqa: ANN202 - a local closure
    def load(module: object) -> None:
        from importlib import import_module

        import_module("concviz.probes." + probe).install(module)

    return load


PROBES = {
    "time": "sleeping",
    "threading": "threads",
    "_queue": "simple_queues",
    "queue": "queues",
    "selectors": "selecting",
    "asyncio.base_events": "tasks",
    "asyncio.events": "steps",
    "multiprocessing.process": "processes",
    "concurrent.futures.thread": "executors",
}
"""Standard library module -> module of this folder whose `install(module)` puts the probe in."""
