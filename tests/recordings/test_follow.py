"""Recordings read while they grow, when they are finished, cut off, or none at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.errors import RecordingError
from concviz.events import Kind
from concviz.recordings.follow import Follow, opened
from concviz.recordings.format import FRAME, FRAME_LIMIT_BYTES, HEAD_LIMIT_BYTES, MAGIC, SIZE, Frame, frame, head, meta
from tests.builders import FILE, lane, ns, record, recorded, spans, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Following = Callable[[Path], Follow]


def two_lanes() -> tuple[object, ...]:
    a = lane("A").runs(0).takes("lock", 1).releases("lock", 4).prints("hello\n", 4.5).ends(5)
    return a, lane("B").runs(0).waits_for("lock", 2, 4.1, held_by="A").ends(6)


def made(folder: Path) -> Path:
    return recorded(folder / "run.cvz", *two_lanes(), ended=7, title="two")  # type: ignore[arg-type]


@pytest.fixture
def following() -> Iterator[Following]:
    """Opens files to follow, and closes them."""
    opened_here: list[Follow] = []

    def follow(path: Path) -> Follow:
        opened_here.append(Follow(path))
        return opened_here[-1]

    yield follow
    for each in opened_here:
        each.close()


def drained(follow: Follow) -> Follow:
    while follow.poll():
        pass
    return follow


def test_a_recording_makes_the_timeline_of_its_run(tmp_path: Path) -> None:
    replayed = opened(made(tmp_path)).timelines[0]
    live = timeline(*two_lanes(), ended=7)  # type: ignore[arg-type]

    assert [spans(replayed, name) for name in "AB"] == [spans(live, name) for name in "AB"]
    assert [line.text for line in replayed.output] == ["hello"]
    assert (replayed.meta.launch["title"], replayed.finished, replayed.meta.closed) == ("two", True, True)
    assert replayed.source(FILE) is not None


def test_a_file_that_grows_byte_by_byte_is_read_frame_by_frame(tmp_path: Path, following: Following) -> None:
    whole = made(tmp_path).read_bytes()
    growing = tmp_path / "growing.cvz"
    follow = following(growing)
    seen = []
    with growing.open("wb", buffering=0) as file:
        for at in range(0, len(whole), 7):
            file.write(whole[at : at + 7])
            follow.poll()
            seen.append(len(follow.timelines[0].events))

    built = drained(follow).timelines[0]
    assert seen == sorted(seen)
    assert spans(built, "B") == spans(opened(made(tmp_path)).timelines[0], "B")
    assert follow.cut is False


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_a_file_cut_off_by_a_crash_counts_as_far_as_it_goes(tmp_path: Path, keep: float) -> None:
    path = made(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    follow = opened(path)

    assert follow.cut
    assert follow.timelines[0].finished


def test_nothing_new_is_told_as_nothing(tmp_path: Path, following: Following) -> None:
    follow = drained(following(made(tmp_path)))
    revision = follow.timelines[0].revision

    assert (follow.poll(), follow.timelines[0].revision) == (False, revision)


def test_there_is_a_timeline_before_there_is_a_file(tmp_path: Path, following: Following) -> None:
    follow = following(tmp_path / "later.cvz")

    assert (follow.poll(), len(follow.timelines), follow.timelines[0].meta.ready) == (False, 1, None)


def test_an_empty_file_that_will_grow_is_no_error_yet(tmp_path: Path, following: Following) -> None:
    path = tmp_path / "run.cvz"
    path.touch()

    assert following(path).poll() is False


def test_several_runs_in_one_file_have_a_timeline_each(tmp_path: Path) -> None:
    path = tmp_path / "stage.cvz"
    frames = [frame(Frame.EVENTS, ns(1), record(1, Kind.STARTED), 1, run) for run in (0, 1, 1)]
    path.write_bytes(head(format=1, stage=[{"launch": {"title": "one"}}, {"launch": {"title": "two"}}]) + b"".join(frames))
    timelines = opened(path).timelines

    assert [(each.meta.launch["title"], len(each.events)) for each in timelines] == [("one", 1), ("two", 2)]


def test_a_frame_of_the_future_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "run.cvz"
    strange = FRAME.pack(3, 0, 99, 1, ns(0)) + b"abc"
    path.write_bytes(head(format=1, launch={}) + strange + frame(Frame.EVENTS, ns(1), record(1, Kind.STARTED), 1))

    assert len(opened(path).timelines[0].events) == 1


NO_RECORDINGS = {
    "text": b"print('hello')\n" * 9,
    "nearly": b"CVZ",
    "another version": b"CVZ2" + SIZE.pack(2) + b"{}",
    "a head too large": MAGIC + SIZE.pack(HEAD_LIMIT_BYTES + 1),
    "a head that is no JSON": MAGIC + SIZE.pack(3) + b"abc",
    "a head that is no object": MAGIC + SIZE.pack(2) + b"[]",
    "a frame too large": head(format=1) + FRAME.pack(FRAME_LIMIT_BYTES + 1, 0, 1, 1, 0),
    "a run that is not in the head": head(format=1) + frame(Frame.EVENTS, 0, b"", 1, run=3),
    "words that are no JSON": head(format=1) + frame(Frame.META, 0, b"\xff{"),
    "words that are no object": head(format=1) + frame(Frame.META, 0, b"[1]"),
    "a very deep head": MAGIC + SIZE.pack(200_000) + b"[" * 200_000,
    "names that do not add up": head(format=1) + frame(Frame.NAMES, 0, b"\x05\x00\x00\x00", 1),
    "numbers that are words": head(format=1) + frame(Frame.META, 0, b'{"what": "cpu", "seconds": "many"}'),
    "nothing": b"",
    "a head alone": head(format=1),
}


@pytest.mark.parametrize("name", NO_RECORDINGS)
def test_what_is_no_recording_is_told_in_one_line_with_a_hint(tmp_path: Path, name: str) -> None:
    path = tmp_path / "some.cvz"
    path.write_bytes(NO_RECORDINGS[name])

    with pytest.raises(RecordingError) as caught:
        opened(path)
    assert str(path) in caught.value.message or "damaged" in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_another_version_says_which(tmp_path: Path) -> None:
    path = tmp_path / "some.cvz"
    path.write_bytes(NO_RECORDINGS["another version"])

    with pytest.raises(RecordingError, match="has format 2, this concviz reads 1"):
        opened(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="there is no file"):
        opened(tmp_path / "none.cvz")


def test_a_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be read"):
        opened(tmp_path)


def test_words_read_after_the_end_still_count(tmp_path: Path) -> None:
    path = tmp_path / "run.cvz"
    end = meta("exit", ns(2), code=0, signal=0, cpu_seconds=0.0, children_left=1)
    path.write_bytes(head(format=1, launch={}) + end + frame(Frame.OUTPUT, ns(3), b"\x01from a child\n"))

    assert [line.text for line in opened(path).timelines[0].output] == ["from a child"]
