"""Who and what the ids of the watched processes stand for: one numbering for the whole run.

Each process counts its own workers, resources, sites and texts. Here they get dense indices of the run, index 0
meaning none; what several processes know by the same uid gets one. A batch of ids is translated by one take.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from concviz.events import Table
from concviz.timeline.entries import damaged, entries
from concviz.timeline.named import (
    FORGOTTEN_RESOURCE,
    FORGOTTEN_WORKER,
    NO_PROCESS,
    NO_RESOURCE,
    NO_SITE,
    NO_WORKER,
    Process,
    Resource,
    Site,
    Worker,
)
from concviz.timeline.states import group_of

__all__ = ["Process", "Resource", "Site", "Tables", "Worker"]

Indices = npt.NDArray[np.int32]
"""Indices of the run."""

ID_LIMIT = 1 << 24
"""Ids from there on are taken for damage: a process has counted no further, and its map would fill the memory."""

UNNAMED = "child"
"""What a process calls its main thread until it knows better: never put in the place of a name."""


class LocalIds:
    """Owns one process's map of one table: its id -> index of the run; 0 where nothing is known."""

    __slots__ = ("_map",)

    def __init__(self) -> None:
        self._map: Indices = np.zeros(64, dtype=np.int32)

    def get(self, local: int) -> int:
        """The index for an id."""
        return int(self._map[local]) if 0 <= local < len(self._map) else 0

    def put(self, local: int, index: int) -> None:
        """The id means this index from now on. RecordingError for an absurd one."""
        if not 0 <= local < ID_LIMIT:
            raise damaged()
        if local >= len(self._map):
            self._map = np.concatenate((self._map, np.zeros(max(local + 1, len(self._map)), dtype=np.int32)))
        self._map[local] = index

    def inverse(self, size: int) -> npt.NDArray[np.int64]:
        """Indexed by index of the run, of which there are so many: an id that means it; 0 none."""
        found = np.zeros(size, dtype=np.int64)
        known = np.flatnonzero(self._map)
        found[self._map[known]] = known
        return found

    def take(self, locals_: npt.NDArray[np.int64]) -> Indices:
        """The indices for many ids."""
        known = (locals_ >= 0) & (locals_ < len(self._map))
        return np.where(known, self._map[np.where(known, locals_, 0)], 0).astype(np.int32)


class Tables:
    """Owns all names of one run. Later entries replace earlier ones, but what is empty erases nothing."""

    def __init__(self) -> None:
        self.workers: list[Worker] = [NO_WORKER]
        self.resources: list[Resource] = [NO_RESOURCE]
        self.sites: list[Site] = [NO_SITE]
        self.texts: list[str] = [""]
        self.processes: dict[int, Process] = {0: NO_PROCESS}
        """By the index that the recording gives them."""
        self._ids: dict[tuple[int, Table], LocalIds] = {}
        self._by_uid: dict[tuple[Table, str], int] = {}
        self._by_site: dict[tuple[str, int, str], int] = {}
        self._by_pid: dict[int, int] = {}
        self._by_key: dict[str, int] = {}
        self._mains: dict[int, int] = {}
        self._groups: npt.NDArray[np.uint8] = np.zeros(64, dtype=np.uint8)

    @property
    def resource_groups(self) -> npt.NDArray[np.uint8]:
        """Indexed by resource: its group (see `states.GROUPS`); at least as long as there are resources."""
        return self._groups

    def ids(self, process: int, table: Table) -> LocalIds:
        """A process's map of one table."""
        return self._ids.setdefault((process, table), LocalIds())

    def add_process(self, process: int, pid: int, key: str) -> None:
        """A process was seen, before it said anything about itself; its private uids begin with `key`."""
        self._by_pid[pid] = process
        self._by_key[key] = process
        self.processes.setdefault(process, replace(NO_PROCESS, index=process, pid=pid))

    def absorb(self, process: int, names: bytes) -> None:
        """Learn the entries of a process's names file. RecordingError when they are damaged."""
        for table, local, fields in entries(names):
            if table == Table.WORKER:
                self._add_worker(process, local, fields)
            elif table == Table.RESOURCE:
                self._add_resource(process, local, fields)
            elif table == Table.SITE:
                self._add_site(process, local, fields)
            elif table == Table.TEXT:
                self._add_text(process, local, fields)
            elif table == Table.PROCESS:
                self._add_process(process, fields)
            elif table == Table.THREAD:
                self._add_thread(process, fields)

    def key_of(self, process: int) -> str:
        """What its private uids begin with; "" unknown."""
        return next((key for key, index in self._by_key.items() if index == process), "")

    def main_worker(self, process: int) -> int:
        """The worker that is a process's main thread; 0 unknown."""
        return self._mains.get(process, 0)

    def unnamed_workers(self, process: int, locals_: npt.NDArray[np.int64]) -> None:
        """Give ids whose names were lost a worker each, so that nothing is shown as another's doing."""
        ids = self.ids(process, Table.WORKER)
        unknown = locals_[(ids.take(locals_) == 0) & (locals_ > 0) & (locals_ < ID_LIMIT)]
        for local in np.unique(unknown).tolist():
            index = len(self.workers)
            self.workers.append(replace(NO_WORKER, index=index, process=process, name=f"unnamed {local}"))
            ids.put(local, index)

    def forget(self, workers: npt.NDArray[np.bool_], resources: npt.NDArray[np.bool_]) -> int:
        """Let those workers go, and all resources but those; indices stay taken. Gives how many of the program's own workers went."""
        gone = [at for at in np.flatnonzero(workers).tolist() if self.workers[at].index]
        count = sum("internal" not in self.workers[at].flags for at in gone)
        uids = {(Table.WORKER, self.workers[at].uid) for at in gone}
        for at in gone:
            self.workers[at] = FORGOTTEN_WORKER
        for at in np.flatnonzero(~resources).tolist():
            self.resources[at] = FORGOTTEN_RESOURCE if at else NO_RESOURCE
        for uid in uids:
            self._by_uid.pop(uid, None)
        return count

    def _index(self, process: int, table: Table, local: int, uid: str, count: int) -> int:
        """The index for an entry: known by its id, or by its uid, or the next one (`count`)."""
        ids = self.ids(process, table)
        index = ids.get(local) or (self._by_uid.get((table, uid), 0) if uid else 0) or count
        if ids.get(local) != index:
            ids.put(local, index)
        if uid:
            self._by_uid[table, uid] = index
        return index

    def _add_worker(self, process: int, local: int, fields: list[str]) -> None:
        uid, kind, name, native, flags, site = padded(fields, 6)
        index = self._index(process, Table.WORKER, local, uid, len(self.workers))
        if index == len(self.workers):
            self.workers.append(replace(NO_WORKER, index=index, process=process))
        old = self.workers[index]
        uid = uid or old.uid
        home = self._home(uid, index)
        self.workers[index] = Worker(
            index=index,
            process=home or old.process,
            uid=uid,
            kind=kind or old.kind,
            name=old.name if name in {"", UNNAMED} and old.name else name,
            native_id=number(native) or old.native_id,
            flags=frozenset(flags.split(",")) - {""} or old.flags,
            site=self.ids(process, Table.SITE).get(number(site)) or old.site,
        )

    def _home(self, uid: str, index: int) -> int:
        """The process that a worker's uid speaks of; 0 unknown."""
        if not uid.startswith("pid:"):
            return self._by_key.get(uid.partition("/")[0], 0)
        home = self._by_pid.get(number(uid[4:]), 0)
        if home:
            self._mains[home] = index
        return home

    def _add_resource(self, process: int, local: int, fields: list[str]) -> None:
        uid, kind, name, capacity, site = padded(fields, 5)
        index = self._index(process, Table.RESOURCE, local, uid, len(self.resources))
        if index == len(self.resources):
            self.resources.append(replace(NO_RESOURCE, index=index, process=process))
        old = self.resources[index]
        theirs = old.process != process and bool(old.name)
        self.resources[index] = Resource(
            index=index,
            process=old.process,
            uid=uid or old.uid,
            kind=kind or old.kind,
            name=old.name if theirs or not name else name,
            capacity=number(capacity) if capacity else old.capacity,
            site=(old.site if theirs else 0) or self.ids(process, Table.SITE).get(number(site)) or old.site,
        )
        self._group(index)

    def _group(self, index: int) -> None:
        if index >= len(self._groups):
            self._groups = np.concatenate((self._groups, np.zeros(len(self._groups), dtype=np.uint8)))
        self._groups[index] = group_of(self.resources[index].kind)

    def _add_site(self, process: int, local: int, fields: list[str]) -> None:
        file, line, function = padded(fields, 3)
        key = (file, number(line), function)
        index = self._by_site.get(key)
        if index is None:
            index = self._by_site[key] = len(self.sites)
            self.sites.append(Site(index, *key))
        self.ids(process, Table.SITE).put(local, index)

    def _add_text(self, process: int, local: int, fields: list[str]) -> None:
        self.ids(process, Table.TEXT).put(local, len(self.texts))
        self.texts.append(" ".join(fields))

    def _add_process(self, process: int, fields: list[str]) -> None:
        pid, ppid, python, gil, start, address, cores = padded(fields, 7)
        told = Process(process, number(pid), number(ppid), python, gil == "gil", start, address, number(cores))
        self._by_pid[told.pid] = process
        self.processes[process] = told

    def _add_thread(self, process: int, fields: list[str]) -> None:
        worker, native, _ = padded(fields, 3)
        index = self.ids(process, Table.WORKER).get(number(worker))
        if index:
            self.workers[index] = replace(self.workers[index], native_id=number(native))


def padded(fields: list[str], count: int) -> list[str]:
    """Exactly so many fields: missing ones empty."""
    return (fields + [""] * count)[:count]


def number(text: str) -> int:
    """The number a field holds; 0 for none."""
    try:
        return int(text)
    except ValueError:
        return 0
