"""Timeline: what happened in one run. Batches in, questions out; live and replay are the same to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.batches import COLUMNS, split, translated
from concviz.timeline.changes import Changes
from concviz.timeline.columns import Columns
from concviz.timeline.ends import ends_ns, process_end
from concviz.timeline.events import Event, Events
from concviz.timeline.figures import Figures
from concviz.timeline.forgetting import Horizon, Known, due, forget, newest
from concviz.timeline.lanes import Lanes, Life
from concviz.timeline.looks import Looks
from concviz.timeline.meta import Meta
from concviz.timeline.output import Line, Output
from concviz.timeline.sites import last_site
from concviz.timeline.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from concviz.timeline.named import Process, Resource, Site, Worker
    from concviz.timeline.spans import Lane

Column = npt.NDArray[Any]


class Timeline:
    """Owns what is known of one run. Filled by Follow, from one thread; asked from the same one."""

    def __init__(self, keep: int | None = None) -> None:
        """`keep`: about so many of the newest events stay in memory; None: all do."""
        self.keep = keep
        self.horizon = Horizon()
        """Where memory begins."""
        self.revision = 0
        """Grows whenever something is new."""
        self.more = False
        """Whether the program's words, of which there were many, need another `settle`."""
        self.meta = Meta()
        self.tables = Tables()
        self.changes = Changes()
        self.looks = Looks()
        self._events = Columns(**COLUMNS)
        self.known = Known(self._events, self.changes, self.looks, self.tables)
        self._lanes = Lanes(self._events, self.changes, self.looks)
        self._output = Output()
        self._sources: dict[str, str] = {}
        self._used = {0}
        self._raw: dict[int, list[bytes]] = {}
        self._first_ns = 0
        self._view: tuple[int, Events] | None = None
        self._known_ns = 0

    # What comes in

    def add_names(self, process: int, names: bytes) -> None:
        """Entries of a process's names file. RecordingError when they are damaged."""
        self.tables.absorb(process, names)

    def add_events(self, process: int, raw: bytes) -> None:
        """Records of one process, as its rings had them; seen after the next `settle`."""
        self._raw.setdefault(process, []).append(raw)

    def add_output(self, time_ns: int, stream: int, data: bytes) -> None:
        """Bytes that the program wrote, at the time they were read."""
        self._output.add_bytes(time_ns, stream, data)

    def add_meta(self, process: int, time_ns: int, fields: Mapping[str, Any]) -> None:
        """One META frame."""
        if fields.get("what") == "before":
            self._absorb()
            self.horizon = Horizon.told(fields)
            self._forget(self.horizon.from_ns)
        if fields.get("what") == "process":
            self.tables.add_process(process, int(fields.get("pid", 0)), str(fields.get("key", "")))
        self.meta = self.meta.told(fields, time_ns, process)

    def note(self, time_ns: int, words: str, worker: str) -> None:
        """What a trigger was set for happened then. `worker`: whose doing it was, by uid; "" nobody's."""
        self.meta = self.meta.told({"what": "note", "words": words, "worker": worker}, time_ns, 0)
        self.revision += 1

    def add_source(self, path: str, text: str) -> None:
        """A file of the program as it was."""
        self._sources[path] = text

    def settle(self, now_ns: int = 0) -> None:
        """Put everything added into its place. `now_ns`: what happened long before it has been added."""
        self._known_ns = max(self._known_ns, now_ns)
        self._absorb()
        if due(self._events, self.looks, self.keep):
            self._forget(newest(self.known, self.keep or 0, self.horizon))
        self.revision += 1
        self.more = self._output.settle(FOREVER_NS if self.finished else self._known_ns)

    def _absorb(self) -> None:
        batches = [self._taken(process, raws) for process, raws in self._raw.items()]
        self._raw = {}
        if batches:
            self._merge({name: np.concatenate([batch[name] for batch in batches]) for name in COLUMNS})

    def nothing_follows(self) -> None:
        """The recording ends here, whether or not it says so."""
        self.meta = replace(self.meta, closed=True)
        self.settle()
        while self.more:
            self.settle()

    def _forget(self, from_ns: int) -> None:
        self._first_ns = self.zero_ns
        self.horizon = forget(self.known, from_ns, self.horizon)
        resources, output = self._events["resource"], self._events["kind"] == Kind.OUTPUT
        self._used = {0, *np.unique(resources[~output]).tolist()}
        self._lanes.forget()

    def _taken(self, process: int, raws: list[bytes]) -> dict[str, Column]:
        batch, looks = split(translated(self.tables, process, b"".join(raws)))
        if len(looks["time"]):
            self.looks.add(process, looks)
        return batch

    def _merge(self, batch: dict[str, Column]) -> None:
        times = batch["time"]
        if not len(times):
            return
        if np.any(times[1:] < times[:-1]):
            order = np.argsort(times, kind="stable")
            batch = {name: values[order] for name, values in batch.items()}
        low = self._events.merge(batch)
        self.changes.derive(self._events, low, self.tables.resource_groups, len(self.tables.workers))
        self._output.add_events(batch)
        self._used.update(np.unique(batch["resource"][batch["kind"] != Kind.OUTPUT]).tolist())

    # Bounds

    @property
    def zero_ns(self) -> int:
        """GO; before it, or where there was none, the first event; 0 when nothing is known."""
        if self.meta.go_ns is not None:
            return self.meta.go_ns
        return self._first_ns or (int(self._events["time"][0]) if self._events.rows else self._known_ns)

    @property
    def end_ns(self) -> int:
        """The end of what is known: the program's end or its last event, now while it runs."""
        last = int(self._events["time"][-1]) if self._events.rows else self.zero_ns
        known = self._known_ns if self.meta.exit_ns is None else self.meta.exit_ns
        return max(last, known)

    @property
    def finished(self) -> bool:
        """Whether the program has ended, or nothing more can come."""
        return self.meta.exit is not None or self.meta.closed

    # Who and what

    @property
    def workers(self) -> Sequence[Worker]:
        """By index; 0 is none."""
        return self.tables.workers

    @property
    def resources(self) -> Sequence[Resource]:
        """By index; 0 is none."""
        return self.tables.resources

    @property
    def used_resources(self) -> list[int]:
        """Indices of those that something happened to: a forked child also has copies that it never touches."""
        return sorted(self._used - {0})

    @property
    def sites(self) -> Sequence[Site]:
        """By index; 0 is none."""
        return self.tables.sites

    @property
    def texts(self) -> Sequence[str]:
        """By index; 0 is empty."""
        return self.tables.texts

    @property
    def sources(self) -> Mapping[str, str]:
        """The program's files as they were, by path."""
        return self._sources

    @property
    def processes(self) -> Mapping[int, Process]:
        """By the recording's process index, from 1."""
        return self.tables.processes

    def source(self, path: str) -> str | None:
        """The text of a file as it was when the run began; None: not recorded."""
        return self._sources.get(path)

    # What happened

    @property
    def events(self) -> Events:
        """What the program did, from the horizon on (see `events.Events`); take a new view for each revision."""
        if self._view is None or self._view[0] != self._events.changes:
            hidden = int(np.searchsorted(self._events["time"], self.horizon.from_ns))
            self._view = self._events.changes, Events(self._events, hidden)
        return self._view[1]

    @property
    def all_events(self) -> Events:
        """Likewise, and those before it that tell how things stood then."""
        return Events(self._events)

    def event(self, index: int) -> Event:
        """One event. IndexError beyond the last."""
        return Event.of(self._events, index)

    def next_event(self, time_ns: int, worker: int | None = None, step: int = 1) -> int | None:
        """The first event after a time (step -1: the last before it), of one worker or of all; None: there is none."""
        rows = None if worker is None else self._lanes.event_rows(worker)
        times = self._events["time"] if rows is None else self._events["time"][rows]
        place = int(np.searchsorted(times, time_ns, side="right")) if step > 0 else int(np.searchsorted(times, time_ns)) - 1
        place += step - 1 if step > 0 else step + 1
        if not 0 <= place < len(times) or times[place] < self.horizon.from_ns:
            return None
        return place if rows is None else int(rows[place])

    def events_of(self, worker: int) -> npt.NDArray[np.int64]:
        """The indices of a worker's events, in order."""
        return self._lanes.event_rows(worker)

    def events_on(self, resource: int) -> npt.NDArray[np.int64]:
        """The indices of the events that happened to a resource, in order."""
        return self._lanes.rows_on(resource)

    def lane(self, worker: int) -> Lane:
        """A worker's spans, up to date with this revision. IndexError for no such worker."""
        end_ns, over = self._end_of(self.workers[worker])
        return self._lanes.lane(Life(self.workers[worker], end_ns, over, self.horizon.from_ns))

    def forget_lanes(self) -> None:
        """Give back the memory that lanes took; those that somebody holds are no longer brought up to date."""
        self._lanes.forget()

    @property
    def ends_ns(self) -> npt.NDArray[np.int64]:
        """Indexed by worker: when it ended; `ends.NEVER_NS` while it lives."""
        return ends_ns(self.tables, self.changes, self.meta)

    def _end_of(self, worker: Worker) -> tuple[int, bool]:
        """(when it ended at the latest, or now; whether it has ended by then)."""
        end = process_end(worker.process, self.tables, self.changes, self.meta)
        return (self.end_ns, self.finished) if end is None else (end, True)

    def gil_holder(self, process: int, time_ns: int) -> int:
        """The worker that was last seen to hold a process's GIL; 0: nobody, or not known."""
        holders = self.looks.holders(process)
        row = int(np.searchsorted(holders["time"], time_ns, side="right")) - 1
        return int(holders["worker"][row]) if row >= 0 else 0

    def site_at(self, worker: int, time_ns: int) -> int:
        """The latest site that a worker was at by then, from events and from lines seen; 0 unknown."""
        swept = self.looks.columns
        seen = np.flatnonzero(swept["worker"] == worker)
        return max(last_site(self._events, self._lanes.event_rows(worker), time_ns), last_site(swept, seen, time_ns))[1]

    @property
    def output(self) -> list[Line]:
        """The program's words by the time they were written; the newest `output.LINES`."""
        return self._output.lines

    @property
    def output_let_go(self) -> int:
        """How many older lines are not kept."""
        return self._output.let_go

    def figures(self) -> Figures:
        """The run in a line of numbers."""
        told = self.meta.exit
        seconds = [sample for _, sample in self.meta.cpu[-1:]] + ([float(told["cpu_seconds"])] if told else [])
        shown = [worker for worker in self.workers[1:] if "internal" not in worker.flags]
        return Figures(
            workers=len(shown) + self.horizon.workers,
            events=self._events.rows + self.horizon.events,
            wall_ns=max(0, (self.meta.exit_ns or self.end_ns) - self.zero_ns),
            cpu_s=max(seconds, default=None),
            dropped=sum(records for records, _ in self.meta.lost.values()),
            names_lost=sum(names for _, names in self.meta.lost.values()),
        )


FOREVER_NS = 1 << 62
"""After all times."""
