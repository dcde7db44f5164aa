"""The program's words: whose they are, in which order, and what a flood costs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import pytest

from concviz.events import STDERR, STDOUT
from concviz.timeline import output as module
from concviz.timeline.output import Output
from concviz.timeline.writers import AHEAD, Text
from tests.builders import lane, ns, timeline

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline


def said(built: Timeline) -> list[tuple[str, str]]:
    return [(built.workers[line.worker].name, line.text) for line in built.output]


def tell(output: Output, worker: int, ms: float, text: str) -> None:
    data = text.encode()
    output._stream(STDOUT).writers.add(Text(ns(ms), worker, len(data), crc32(data)))


def told(*texts: tuple[int, float, str]) -> Output:
    """What knows of (worker, ms, text), before any of it came through."""
    output = Output()
    for text in texts:
        tell(output, *text)
    return output


def lines(output: Output) -> list[tuple[int, str]]:
    return [(line.worker, line.text) for line in output.lines]


def test_lines_belong_to_who_wrote_them() -> None:
    built = timeline(lane("A").prints("Square: 100\n", 1), lane("B").prints("Cube: 1000\n", 2), now=3)

    assert said(built) == [("A", "Square: 100"), ("B", "Cube: 1000")]


def test_a_line_has_the_time_at_which_it_was_begun() -> None:
    built = timeline(lane("A").prints("a", 1).prints("b\n", 2), now=5)

    assert [line.time_ns for line in built.output] == [ns(1)]


def test_pieces_of_two_workers_between_each_other_are_two_lines() -> None:
    """As print does it: the words, then the line's end, in writes of their own."""
    a = lane("A").prints("a", 1, read_ms=9).prints("\n", 3, read_ms=9.2)
    b = lane("B").prints("b", 2, read_ms=9.1).prints("\n", 4, read_ms=9.3)

    assert said(timeline(a, b, now=9.5)) == [("A", "a"), ("B", "b")]


def test_equal_words_go_to_who_wrote_last_and_then_to_who_wrote_first() -> None:
    a = lane("A").prints("x\n", 1, read_ms=5).prints("y\n", 3, read_ms=5.2)
    b = lane("B").prints("x\n", 2, read_ms=5.1).prints("y\n", 4, read_ms=5.3)

    assert sorted(said(timeline(a, b, now=6))) == [("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")]


def test_what_a_child_wrote_long_before_it_came_through_is_still_the_childs() -> None:
    """A child of multiprocessing keeps its words until it ends, as a program does whose output is no terminal."""
    main = lane("main", "process").prints("one\n", 1).prints("two\n", 4)
    child = lane("child", "process", process=2).prints("from the child\n", 2, read_ms=8)

    assert said(timeline(main, child, now=9)) == [("main", "one"), ("child", "from the child"), ("main", "two")]


def test_the_two_streams_are_matched_apart() -> None:
    built = timeline(lane("A").prints("out\n", 1).prints("err\n", 2, stream=STDERR), now=3)

    assert [(line.stream, line.text) for line in built.output] == [(STDOUT, "out"), (STDERR, "err")]


def test_bytes_that_are_no_utf8_are_shown_as_escapes() -> None:
    built = timeline(lane("A").prints(b"caf\xe9 \xf0\x9f\n", 1), now=3)

    assert said(built) == [("A", "caf\\xe9 \\xf0\\x9f")]


def test_a_letter_cut_in_two_by_reads_is_whole_again() -> None:
    output = told((7, 1, "é\n"))
    output.add_bytes(ns(2), STDOUT, "é".encode()[:1])
    output.settle(ns(2))
    output.add_bytes(ns(3), STDOUT, "é\n".encode()[1:])
    output.settle(ns(4))

    assert lines(output) == [(7, "é")]


def test_words_nobody_told_of_are_nobodys_once_it_is_sure() -> None:
    built = timeline(lane("A").runs(0), now=1)
    built.add_output(ns(2), STDOUT, b"from C\n")
    built.settle(ns(3))
    before = said(built)
    built.settle(ns(2) + module.PATIENCE_NS)

    assert (before, said(built)) == ([], [("", "from C")])


def test_words_nobody_told_of_wait_for_nothing_when_the_run_has_ended() -> None:
    built = timeline(lane("A").runs(0), ended=1)
    built.add_output(ns(1), STDOUT, b"from C")
    built.settle(ns(1))

    assert said(built) == [("", "from C")]


def test_an_event_that_comes_after_its_bytes_still_counts() -> None:
    output = Output()
    output.add_bytes(ns(2), STDOUT, b"hello\n")
    output.settle(ns(3))
    tell(output, 7, 1.5, "hello\n")
    output.settle(ns(4))

    assert lines(output) == [(7, "hello")]


def test_after_words_of_unknown_origin_the_known_go_on() -> None:
    output = told((7, 1, "one\n"), (7, 2, "two\n"))
    output.add_bytes(ns(8), STDOUT, b"one\nfrom C\nand more\ntwo\n")
    output.settle(1 << 62)

    assert lines(output) == [(7, "one"), (7, "two"), (0, "from C"), (0, "and more")]


def test_writes_that_never_came_through_do_not_hold_up_what_follows() -> None:
    """A stream that was redirected, or a buffer that died with its process."""
    a = lane("A").prints("seen\n", 5)
    for at in range(AHEAD - 2):
        a.does(80, 1 + at / 10, arg=5 << 32 | at)
        a.records[-1].plain_resource = STDOUT

    assert said(timeline(a, ended=9)) == [("A", "seen")]


def test_the_last_words_without_a_line_end_are_shown() -> None:
    assert said(timeline(lane("A").prints("name? ", 1), now=2)) == [("A", "name? ")]


def test_only_the_newest_lines_are_kept_and_the_others_counted() -> None:
    output = Output()
    output.add_bytes(5, STDOUT, b"".join(b"%d\n" % at for at in range(module.LINES + 10)))
    while output.settle(1 << 62):
        pass

    assert (len(output.lines), output.let_go, output.lines[-1].text) == (module.LINES, 10, str(module.LINES + 9))


def test_a_flood_is_let_through_unattributed() -> None:
    output = Output()
    data = b"y\n" * module.BACKLOG_BYTES
    output.add_bytes(5, STDOUT, data)
    turns = 1
    while output.settle(1 << 62):
        turns += 1

    assert {line.worker for line in output.lines} == {0}
    assert len(output.lines) + output.let_go == len(data) // 2
    assert turns <= module.LEFT_BYTES // 2 // module.TEXTS_A_TURN + 1


def test_a_line_without_end_is_cut() -> None:
    output = Output()
    output.add_bytes(5, STDOUT, b"x" * (module.OPEN_LINE_BYTES + 1))
    output.settle(1 << 62)
    output.add_bytes(6, STDOUT, b"y\n")
    output.settle(1 << 62)

    assert [len(line.text) for line in output.lines] == [module.OPEN_LINE_BYTES + 1, 1]


@pytest.mark.parametrize("writers", [2, 30])
def test_many_writers_between_each_other_are_all_told_apart(writers: int) -> None:
    lanes = [lane(f"W{at}") for at in range(writers)]
    for turn in range(20):
        for at, each in enumerate(lanes):
            ms = turn + at / 100
            each.prints(f"{at} says {turn}", ms, read_ms=ms + 1).prints("\n", ms + 0.001, read_ms=ms + 1)

    found = said(timeline(*lanes, now=60))
    assert sorted(found) == sorted((f"W{at}", f"{at} says {turn}") for at in range(writers) for turn in range(20))


def test_a_carriage_return_at_the_end_is_no_part_of_the_line() -> None:
    assert said(timeline(lane("A").prints("dos\r\n", 1), now=2)) == [("A", "dos")]


def test_a_text_that_begins_as_another_does_is_not_taken_for_it() -> None:
    output = told((1, 1, "11"), (1, 5, "\n"), (2, 2, "4"), (2, 6, "\n"), (3, 3, "114"), (3, 4, "\n"), (3, 7, "115"), (3, 8, "\n"))
    output.add_bytes(ns(9), STDOUT, b"114\n11\n4\n115\n")
    output.settle(1 << 62)

    assert sorted(lines(output)) == [(1, "11"), (2, "4"), (3, "114"), (3, "115")]


def test_a_text_that_may_be_the_beginning_of_one_not_yet_told_waits_for_it() -> None:
    output = told((1, 1, "11"))
    output.add_bytes(ns(3), STDOUT, b"114\n")
    output.settle(ns(4))
    tell(output, 2, 2, "114")
    tell(output, 2, 2.5, "\n")
    output.settle(ns(5))

    assert lines(output) == [(2, "114")]


def test_a_line_end_belongs_to_who_goes_on_behind_it() -> None:
    """A wrote "51", B "120", then A its line's end and the next line, and B its line's end at last."""
    output = told((1, 1, "51"), (2, 2, "120"), (1, 3, "\n"), (1, 4, "52"), (1, 5, "\n"), (2, 6, "\n"))
    output.add_bytes(ns(9), STDOUT, b"51120\n52\n\n")
    output.settle(1 << 62)

    assert sorted(lines(output)) == [(1, "51"), (1, "52"), (2, "120")]
