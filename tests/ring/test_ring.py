"""The ring: what is written is read, in order, once; what does not fit is counted."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import pytest

from concviz.events import RECORD
from concviz.ring.layout import LAPS, lap_at
from concviz.ring.reader import RingReader
from concviz.ring.writer import Ring

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.ring.writer import Emit


def opened(path: Path, capacity: int) -> tuple[Ring, RingReader]:
    ring = Ring(str(path), capacity)
    return ring, RingReader(path)


def numbers(data: bytes) -> list[int]:
    return [arg for _, arg, *_ in RECORD.iter_unpack(data)]


def write(emit: Emit, numbers: range) -> None:
    for number in numbers:
        emit(1, 0, 0, number)


def test_every_field_arrives(tmp_path: Path) -> None:
    ring, reader = opened(tmp_path / "1.ring", 8)
    emit, *_ = ring.emitter(7)

    emit(11, 3, 5, -2)

    (record,) = RECORD.iter_unpack(reader.take())
    assert record[1:] == (-2, 7, 3, 5, 11, 1)


def test_events_are_taken_once_and_in_order(tmp_path: Path) -> None:
    ring, reader = opened(tmp_path / "1.ring", 8)
    emit, *_ = ring.emitter(1)

    write(emit, range(5))
    first = numbers(reader.take())
    write(emit, range(5, 9))

    assert (first, numbers(reader.take()), numbers(reader.take())) == ([0, 1, 2, 3, 4], [5, 6, 7, 8], [])


@pytest.mark.parametrize("capacity", [1, 2, 3, 8, 64])
def test_nothing_is_lost_over_many_laps(tmp_path: Path, capacity: int) -> None:
    ring, reader = opened(tmp_path / "1.ring", capacity)
    emit, *_ = ring.emitter(1)
    seen: list[int] = []

    for start in range(0, 50 * capacity, capacity):
        write(emit, range(start, start + capacity))
        seen += numbers(reader.take())

    assert seen == list(range(50 * capacity))
    assert reader.dropped == 0


def test_a_full_ring_drops_and_counts(tmp_path: Path) -> None:
    ring, reader = opened(tmp_path / "1.ring", 4)
    emit, *_ = ring.emitter(1)

    write(emit, range(7))

    assert numbers(reader.take()) == [0, 1, 2, 3]
    assert reader.dropped == 3


def test_after_a_drop_there_is_room_again_where_it_was_read(tmp_path: Path) -> None:
    ring, reader = opened(tmp_path / "1.ring", 4)
    emit, *_ = ring.emitter(1)
    write(emit, range(5))
    reader.take()

    write(emit, range(10, 13))

    assert numbers(reader.take()) == [10, 11, 12]


def test_a_ring_given_back_goes_on_where_it_stood(tmp_path: Path) -> None:
    ring, reader = opened(tmp_path / "1.ring", 4)
    emit, _, _, give_back = ring.emitter(1)
    write(emit, range(3))
    give_back()
    first = numbers(reader.take())

    emit, *_ = ring.emitter(2)
    write(emit, range(3, 6))

    assert first + numbers(reader.take()) == [0, 1, 2, 3, 4, 5]


def test_switching_changes_whose_events_follow(tmp_path: Path) -> None:
    ring, reader = opened(tmp_path / "1.ring", 8)
    emit, switch, _, _ = ring.emitter(1)

    emit(1)
    switch(9)
    emit(1)

    assert [record[2] for record in RECORD.iter_unpack(reader.take())] == [1, 9]


def test_laps_never_count_to_the_value_of_a_fresh_slot() -> None:
    laps = {lap_at(position, 1) for position in range(2 * LAPS)}

    assert 0 not in laps
    assert len(laps) == LAPS


def test_a_signal_handler_that_notes_events_leaves_no_hole(tmp_path: Path) -> None:
    ring, reader = opened(tmp_path / "1.ring", 1 << 14)
    emit, *_ = ring.emitter(1)
    handled = 0

    def note(*_: object) -> None:
        nonlocal handled
        handled += 1
        emit(2, 0, 0, handled)

    before = signal.signal(signal.SIGALRM, note)
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    seen: list[tuple[int, int]] = []
    written = 0
    try:
        while handled < 20:
            emit(1, 0, 0, written)
            written += 1
            if written % 5000 == 0:
                seen += [(record[5], record[1]) for record in RECORD.iter_unpack(reader.take())]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    seen += [(record[5], record[1]) for record in RECORD.iter_unpack(reader.take())]

    assert [arg for kind, arg in seen if kind == 1] == list(range(written))
    assert sorted(arg for kind, arg in seen if kind == 2) == list(range(1, handled + 1))


def test_a_reader_beside_a_busy_writer_sees_every_event(tmp_path: Path) -> None:
    ring, reader = opened(tmp_path / "1.ring", 1 << 12)
    emit, *_ = ring.emitter(1)
    total = 100_000
    seen: list[int] = []
    writer = threading.Thread(target=write, args=(emit, range(total)))

    writer.start()
    while writer.is_alive():
        seen += numbers(reader.take())
    seen += numbers(reader.take(last=True))
    writer.join()

    assert len(seen) + reader.dropped == total
    assert seen == sorted(seen)
