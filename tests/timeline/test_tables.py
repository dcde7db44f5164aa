"""Names of many processes, as one numbering."""

from __future__ import annotations

import numpy as np
import pytest

from concviz.errors import RecordingError
from concviz.events import Kind, Table
from concviz.timeline.tables import Tables
from concviz.timeline.timeline import Timeline
from tests.builders import entry, ns, record


def absorbed(*parts: tuple[int, bytes]) -> Tables:
    tables = Tables()
    for process, names in parts:
        tables.absorb(process, names)
    return tables


def test_index_0_is_none_in_every_table() -> None:
    tables = Tables()

    assert (tables.workers[0].name, tables.resources[0].kind, tables.sites[0].file, tables.texts[0]) == ("", "", "", "")


def test_equal_ids_of_two_processes_are_two_workers() -> None:
    names = entry(Table.WORKER, 1, "", "thread", "Thread-1")
    tables = absorbed((1, names), (2, names))

    assert [(each.index, each.process) for each in tables.workers[1:]] == [(1, 1), (2, 2)]


def test_one_uid_is_one_worker_whoever_names_it() -> None:
    tables = Tables()
    tables.absorb(1, entry(Table.WORKER, 4, "pid:77", "process", "Process-1"))
    tables.add_process(2, 77, "77.ab")
    tables.absorb(2, entry(Table.WORKER, 1, "pid:77", "process", "child", 77))

    assert [(each.name, each.native_id, each.process) for each in tables.workers[1:]] == [("Process-1", 77, 2)]
    assert tables.ids(1, Table.WORKER).get(4) == tables.ids(2, Table.WORKER).get(1) == 1
    assert tables.main_worker(2) == 1


def test_a_child_that_calls_itself_child_takes_the_name_it_is_given_later() -> None:
    names = [entry(Table.WORKER, 1, "pid:77", "process", name) for name in ("child", "Process-1")]

    assert absorbed((2, names[0])).workers[1].name == "child"
    assert absorbed((2, names[0]), (1, names[1])).workers[1].name == "Process-1"


def test_a_private_worker_named_by_a_forked_child_stays_its_parents() -> None:
    tables = Tables()
    tables.add_process(1, 76, "76.aa")
    tables.add_process(2, 77, "77.ab")
    tables.absorb(2, entry(Table.WORKER, 3, "76.aa/3", "thread", "Thread-1"))
    tables.absorb(1, entry(Table.WORKER, 3, "76.aa/3", "thread", "Thread-1"))

    assert [(each.name, each.process) for each in tables.workers[1:]] == [("Thread-1", 1)]


def test_later_entries_replace_but_what_is_empty_erases_nothing() -> None:
    first = entry(Table.WORKER, 1, "", "thread", "Thread-1", 55, "daemon", 0)
    renamed = entry(Table.WORKER, 1, "", "", "reader", "", "", "")

    told = absorbed((1, first + renamed)).workers[1]
    assert (told.kind, told.name, told.native_id, told.flags) == ("thread", "reader", 55, frozenset({"daemon"}))


def test_a_shared_resource_keeps_the_name_that_its_maker_gave_it() -> None:
    mine, theirs = (entry(Table.RESOURCE, 1, "sem:5", "Queue", name, 3) for name in ("jobs", "Queue"))
    tables = absorbed((1, mine), (2, theirs))

    assert [(each.name, each.capacity, each.process) for each in tables.resources[1:]] == [("jobs", 3, 1)]
    assert tables.ids(2, Table.RESOURCE).get(1) == 1


def test_its_maker_may_rename_a_resource() -> None:
    names = [entry(Table.RESOURCE, 1, "", "Lock", name, "") for name in ("Lock", "lock")]
    tables = absorbed((1, names[0] + names[1]))

    assert (tables.resources[1].name, tables.resources[1].capacity) == ("lock", None)


def test_one_line_is_one_site_in_all_processes() -> None:
    names = entry(Table.SITE, 9, "a.py", 3, "work")
    tables = absorbed((1, names), (2, names))

    assert len(tables.sites) == 2
    assert tables.ids(1, Table.SITE).get(9) == tables.ids(2, Table.SITE).get(9) == 1


def test_where_a_worker_was_made_is_a_site_of_the_run() -> None:
    tables = absorbed((1, entry(Table.SITE, 9, "a.py", 3, "work") + entry(Table.WORKER, 1, "", "thread", "T", 0, "", 9)))

    assert tables.sites[tables.workers[1].site].line == 3


def test_a_process_tells_of_itself() -> None:
    told = absorbed((1, entry(Table.PROCESS, 1, 77, 5, "3.13.0", "free", "main", "not known"))).processes[1]

    assert (told.pid, told.ppid, told.python, told.gil, told.start, told.gil_address) == (77, 5, "3.13.0", False, "main", "not known")


def test_many_ids_are_translated_at_once() -> None:
    tables = absorbed((1, entry(Table.TEXT, 200, "later") + entry(Table.TEXT, 3, "first")))

    assert tables.ids(1, Table.TEXT).take(np.array([3, 200, 4, 10_000, -1])).tolist() == [2, 1, 0, 0, 0]


def test_a_worker_whose_name_was_lost_is_shown_as_one_of_its_own() -> None:
    built = Timeline()
    built.add_events(1, record(0, Kind.STARTED, 5) + record(1, Kind.STARTED, 6))
    built.settle(ns(2))

    assert [each.name for each in built.workers[1:]] == ["unnamed 5", "unnamed 6"]
    assert built.events.worker.tolist() == [1, 2]


def test_a_name_that_comes_later_is_that_workers() -> None:
    built = Timeline()
    built.add_events(1, record(0, Kind.STARTED, 5))
    built.settle()
    built.add_names(1, entry(Table.WORKER, 5, "", "thread", "Thread-5"))

    assert [each.name for each in built.workers[1:]] == ["Thread-5"]


def test_args_that_are_ids_are_translated_and_numbers_are_not() -> None:
    built = Timeline()
    built.add_names(2, entry(Table.WORKER, 1, "", "thread", "A"))
    names = [entry(Table.WORKER, ident, "", "thread", name) for ident, name in ((1, "B"), (2, "C"))]
    built.add_names(1, b"".join(names) + entry(Table.TEXT, 7, "words"))
    built.add_events(1, record(0, Kind.SPAWNED, 1, arg=2) + record(1, Kind.MARK, 1, arg=7) + record(2, Kind.SLEEP, 1, arg=7))
    built.settle()

    assert [built.workers[built.event(0).arg].name, built.texts[built.event(1).arg], built.event(2).arg] == ["C", "words", 7]


def test_a_streams_number_is_not_translated() -> None:
    built = Timeline()
    built.add_names(1, entry(Table.RESOURCE, 5, "", "Lock", "a") + entry(Table.RESOURCE, 2, "", "Lock", "b"))
    built.add_events(1, record(0, Kind.OUTPUT, 1, resource=2) + record(1, Kind.ACQUIRED, 1, resource=2))
    built.settle()

    assert built.events.resource.tolist() == [2, 2]
    assert built.used_resources == [2]
    assert built.events_on(2).tolist() == [1]


@pytest.mark.parametrize("cut", [1, 11, 13])
def test_names_whose_sizes_do_not_add_up_are_an_error(cut: int) -> None:
    with pytest.raises(RecordingError, match="damaged"):
        Tables().absorb(1, entry(Table.TEXT, 1, "words")[:cut])


def test_an_absurd_id_is_an_error_and_takes_no_memory() -> None:
    with pytest.raises(RecordingError, match="damaged"):
        Tables().absorb(1, entry(Table.TEXT, 0xFFFF_FFFF, "words"))


def test_fields_that_are_missing_or_no_numbers_count_as_empty() -> None:
    told = absorbed((1, entry(Table.WORKER, 1, "", "thread") + entry(Table.SITE, 1, "a.py", "three")))

    assert (told.workers[1].name, told.sites[1].line) == ("", 0)


def test_a_table_of_the_future_is_left_alone() -> None:
    names = entry(Table.TEXT, 1, "a")
    future = names[:8] + bytes([200]) + names[9:]

    assert absorbed((1, future)).texts == [""]
