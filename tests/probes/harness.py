"""Real watched programs without a supervisor: run to their end, then what they noted, as tuples.

seen = watch(tmp_path, source, python)
assert seen.of("lock") == [("ACQUIRED", "Thread-1 (f)", 1), ...]
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import ARG, FIELD_SEPARATOR, NO_RESOURCE_ID, Kind, Meaning, Table
from concviz.probes import host
from concviz.ring.layout import ENTRY, NAMES_SUFFIX, RING_SUFFIX
from concviz.ring.reader import NamesReader, RingReader

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORD = np.dtype(
    [
        ("time", "<i8"),
        ("arg", "<i8"),
        ("worker", "<u4"),
        ("resource", "<u4"),
        ("site", "<u4"),
        ("kind", "<u2"),
        ("lap", "<u2"),
    ]
)
LIMIT_SECONDS = 60


def pythons() -> list[str]:
    """Interpreters to claim it for: CONCVIZ_PYTHONS (paths, separated like PATH).

    Else this one, and CONCVIZ_OTHER_PYTHONS (likewise), or pyenv's newer ones.
    """
    given, others = os.environ.get("CONCVIZ_PYTHONS"), os.environ.get("CONCVIZ_OTHER_PYTHONS")
    if given:
        return given.split(os.pathsep)
    if others is not None:
        return [sys.executable, *filter(None, others.split(os.pathsep))]
    root = Path.home() / ".pyenv" / "versions"
    newer = [str(path) for minor in (12, 13, 14) for path in sorted(root.glob(f"3.{minor}.*/bin/python"))[-1:]]
    return [sys.executable, *newer]


@cache
def has_gil(python: str) -> bool:
    """Whether this interpreter runs with the GIL."""
    code = "import sys; sys.exit(not getattr(sys, '_is_gil_enabled', lambda: True)())"
    return subprocess.run([python, "-c", code], check=False).returncode == 0


def with_gil() -> list[str]:
    """Those of them that have it."""
    return [python for python in pythons() if has_gil(python)]


def without_gil() -> list[str]:
    """Those of them that have none."""
    return [python for python in pythons() if not has_gil(python)]


@dataclass(frozen=True)
class Event:
    """One event, all ids resolved. `worker`, `resource` and a worker or text in `arg` are names, "" for none."""

    time_ns: int
    kind: str
    worker: str
    resource: str
    arg: int | str
    site: str
    """"file.py:12", or ""."""
    pid: int


@dataclass(frozen=True)
class Seen:
    """What a watched program did. Events of all its processes, by time; without its wait for GO."""

    events: tuple[Event, ...]
    workers: dict[tuple[int, str], tuple[str, ...]]
    """(pid, name) -> (uid, kind, name, native id, flags, site)."""
    resources: dict[str, tuple[str, ...]]
    """name -> (kind, capacity, "file.py:12" of its creation)."""
    processes: dict[int, tuple[str, ...]]
    """pid -> fields of its PROCESS entry."""
    dropped: int
    stdout: bytes
    stderr: bytes
    code: int

    def of(self, resource: str) -> list[tuple[str, str, int | str]]:
        """(kind, worker, arg) of each event on the resource."""
        return [(e.kind, e.worker, e.arg) for e in self.events if e.resource == resource]

    def by(self, worker: str, *kinds: str) -> list[tuple[str, str, int | str]]:
        """(kind, resource, arg) of each event of the worker; of these kinds, when some are given."""
        return [(e.kind, e.resource, e.arg) for e in self.events if e.worker == worker and (not kinds or e.kind in kinds)]

    def kinds(self, *kinds: str) -> list[tuple[str, str, str, int | str]]:
        """(kind, worker, resource, arg) of each event of these kinds."""
        return [(e.kind, e.worker, e.resource, e.arg) for e in self.events if e.kind in kinds]


def watch(folder: Path, source: str, python: str = sys.executable, *, lines: bool = False, fails: bool = False) -> Seen:
    """Run the source as `program.py` to its end, watched; AssertionError with its words when it fails unasked."""
    script = folder / "program.py"
    script.write_text(dedent(source))
    rings = folder / f"rings{len(list(folder.iterdir()))}"
    rings.mkdir()
    code, out, err = _run(python, script, rings, lines=lines)
    assert fails or code == 0, err.decode(errors="replace")
    return _read(rings, out, err, code)


def _run(python: str, script: Path, rings: Path, *, lines: bool) -> tuple[int, bytes, bytes]:
    ready, says_ready = os.pipe()
    go, says_go = os.pipe()
    os.write(says_go, b"g")
    command = [python, str(host.__file__), str(rings), str(says_ready), str(go), str(int(lines)), str(script), str(script)]
    try:
        with subprocess.Popen(
            command,
            pass_fds=(says_ready, go),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=script.parent,
            start_new_session=True,
        ) as program:
            try:
                out, err = program.communicate(timeout=LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                program.kill()
                out, err = program.communicate()
                raise AssertionError("the program did not end: " + err.decode(errors="replace")) from None
            return program.returncode, out, err
    finally:
        for fd in (ready, says_ready, go, says_go):
            os.close(fd)


Tables = dict[tuple[int, int], list[str]]


def _read(rings: Path, out: bytes, err: bytes, code: int) -> Seen:
    tables = {path.name.removesuffix(NAMES_SUFFIX): _tables(path) for path in sorted(rings.glob("*" + NAMES_SUFFIX), key=_start)}
    _share_names(tables.values())
    events: list[Event] = []
    dropped = 0
    for path in sorted(rings.glob("*" + RING_SUFFIX)):
        ring = RingReader(path)
        records = np.frombuffer(ring.take(last=True), dtype=RECORD)
        dropped += ring.dropped
        names = tables[path.name.rsplit(".", 2)[0]]
        events += [_event(record, names) for record in records]
        ring.close()
    events.sort(key=lambda event: event.time_ns)
    for kind in ("IO_WAIT", "IO_DONE"):
        events.remove(next(event for event in events if event.kind == kind and not event.site))  # the wait for GO
    workers: dict[tuple[int, str], tuple[str, ...]] = {}
    resources: dict[str, tuple[str, ...]] = {}
    processes: dict[int, tuple[str, ...]] = {}
    for names in tables.values():
        pid = _pid(names)
        for (table, _), fields in names.items():
            if table == Table.WORKER:
                workers[pid, fields[2]] = (*fields[:5], _site(names, int(fields[5] or 0)))
            elif table == Table.RESOURCE:
                resources.setdefault(fields[2], (fields[1], fields[3], _site(names, int(fields[4]))))
            elif table == Table.PROCESS:
                processes[pid] = tuple(fields)
    return Seen(tuple(events), workers, resources, processes, dropped, out, err, code)


def _start(path: Path) -> int:
    return int(path.name.split(".")[1], 16)


def _share_names(processes: Iterable[Tables]) -> None:
    """What several processes know by one uid is called what the first of them calls it."""
    called: dict[tuple[int, str], str] = {}
    for names in processes:
        for (table, _), fields in names.items():
            if table in {Table.WORKER, Table.RESOURCE} and fields[0]:
                known = called.get((table, fields[0]), "")
                if known in {"", "child"}:
                    called[table, fields[0]] = fields[2] or known
    for names in processes:
        for (table, _), fields in names.items():
            if table in {Table.WORKER, Table.RESOURCE} and fields[0]:
                fields[2] = called[table, fields[0]]


def _tables(path: Path) -> Tables:
    reader = NamesReader(path)
    data, at, found = reader.take(), 0, {}
    reader.close()
    while at < len(data):
        size, ident, table = ENTRY.unpack_from(data, at)
        found[table, ident] = data[at + ENTRY.size : at + size].decode().split(FIELD_SEPARATOR)
        at += size
    return found


def _event(record: np.void, names: Tables) -> Event:
    kind = Kind(int(record["kind"]))
    arg: int | str = int(record["arg"])
    meaning = ARG.get(kind, Meaning.NUMBER)
    if meaning == Meaning.WORKER:
        arg = _name(names, Table.WORKER, int(arg), 2)
    elif meaning == Meaning.TEXT:
        arg = _name(names, Table.TEXT, int(arg), 0)
    resource = str(record["resource"]) if kind in NO_RESOURCE_ID else _name(names, Table.RESOURCE, int(record["resource"]), 2)
    worker = _name(names, Table.WORKER, int(record["worker"]), 2)
    return Event(int(record["time"]), kind.name, worker, resource, arg, _site(names, int(record["site"])), _pid(names))


def _name(names: Tables, table: Table, ident: int, field: int) -> str:
    return names[table, ident][field] if ident else ""


def _site(names: Tables, ident: int) -> str:
    if not ident:
        return ""
    file, line, _ = names[Table.SITE, ident]
    return f"{Path(file).name}:{line}"


def _pid(names: Tables) -> int:
    return int(names[Table.PROCESS, 1][0])
