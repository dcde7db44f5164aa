"""Where workers stand in the source at a moment, and in which file to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.source import Place
from concviz.timeline.states import ALIVE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from concviz.timeline.named import Site
    from concviz.timeline.timeline import Timeline


def standing(timeline: Timeline, workers: Sequence[int], at_ns: int) -> dict[int, Site]:
    """The site of each worker that lives at a moment, counted from the run's zero, as far as it is known."""
    time_ns = timeline.zero_ns + at_ns
    alive = [worker for worker in workers if timeline.lane(worker).at(time_ns).state in ALIVE]
    sites = {worker: timeline.site_at(worker, time_ns) for worker in alive}
    return {worker: timeline.sites[site] for worker, site in sites.items() if site}


def file_to_show(timeline: Timeline, sites: Mapping[int, Site], focus: int) -> str | None:
    """The file of the focused worker, else the program's own, else any worker's, that was recorded; None: there is none."""
    script = str(timeline.meta.launch.get("script", ""))
    wanted = [sites[focus].file] if focus in sites else []
    wanted += [script, *(site.file for site in sites.values())]
    return next((file for file in wanted if timeline.source(file) is not None), None)


def places(timeline: Timeline, sites: Mapping[int, Site], file: str | None, focus: int) -> tuple[Place, ...]:
    """Of those who stand somewhere, the ones that stand in this file."""
    return tuple(Place(site.line, timeline.workers[worker].name, worker == focus) for worker, site in sites.items() if site.file == file)
