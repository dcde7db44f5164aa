"""Time lost at a lock is found, with who made whom wait; a few short waits are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.events import Kind
from concviz.findings.finding import Weight
from tests.builders import lane, ns, resource, timeline
from tests.findings.found import found, found_in, names

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline

PROGRAM = """
import threading, time
lock = threading.Lock()
def work():
    for _ in range(15):
        {work}
workers = [threading.Thread(target=work) for _ in range(3)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
"""


def waited(ms: float, kind: str = "Lock") -> Timeline:
    """A holds the lock for so long while B waits."""
    holder = lane("A").runs(0).takes("x", 1).releases("x", 10 + ms).ends(600)
    waiter = lane("B").runs(0).waits_for("x", 10, 10 + ms, held_by="A", line=7).releases("x", 11 + ms).ends(600)
    return timeline(lane("main", "process").runs(0).ends(600), holder, waiter, resource("x", kind, 1), ended=600)


def test_a_lock_held_while_sleeping_is_found(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "contention", PROGRAM.format(work="with lock: time.sleep(0.01)"))

    assert " made " in finding.words
    assert " for `lock`; in all 3 workers waited " in finding.words


def test_the_same_work_outside_of_the_lock_is_not(tmp_path: Path) -> None:
    source = PROGRAM.format(work="time.sleep(0.01)\n        with lock: pass")

    assert found_in(tmp_path, "contention", source) == ()


def test_it_tells_who_made_whom_wait_and_how_long() -> None:
    built = waited(400)

    (finding,) = found(built, "contention")

    assert finding.words == "A made B wait 400 ms for `x`; in all 1 worker waited 400 ms in 1 wait"
    assert finding.weight is Weight.NOTE
    assert names(built, finding) == ["A", "B"]
    assert (finding.from_ns, finding.to_ns) == (ns(0), ns(400))
    assert [built.sites[one].line for one in finding.sites] == [7]


def test_the_one_who_held_it_longest_meanwhile_is_to_blame() -> None:
    a = lane("A").runs(0).takes("x", 1).releases("x", 100)
    b = lane("B").runs(0).waits_for("x", 50, 100).releases("x", 390)
    c = lane("C").runs(0).waits_for("x", 20, 390).releases("x", 391)

    (finding,) = found(timeline(a, b, c, lane("main", "process").runs(0).ends(500), ended=500), "contention")

    assert finding.words.startswith("B made C wait 290 ms for `x`; in all 2 workers waited 420 ms in 2 waits")


def test_a_short_wait_is_not_told_unless_the_limit_says_so() -> None:
    assert found(waited(80), "contention") == ()
    assert len(found(waited(80), "contention", ms=50)) == 1


def test_a_semaphore_is_there_to_be_waited_for() -> None:
    assert found(waited(400, "Semaphore"), "contention") == ()


def test_a_wait_that_never_ends_is_not_counted() -> None:
    holder, waiter = lane("A").runs(0).takes("x", 1), lane("B").runs(0).waits_for("x", 10)

    assert found(timeline(holder, waiter, now=2000), "contention") == ()


def test_who_waits_for_what_it_holds_itself_blames_nobody() -> None:
    main = lane("main").runs(0).takes("lock", 1).waits_for("lock", 2).does(Kind.REFUSED, 900, "lock")

    assert found(timeline(main, now=1000), "contention") == ()


def test_of_several_locks_with_few_waits_the_worst_is_told() -> None:
    a = lane("A").runs(0).takes("x", 1).takes("y", 2).releases("x", 300).releases("y", 400)
    b, c = lane("B").runs(0).waits_for("x", 50, 300), lane("C").runs(0).waits_for("y", 50, 400)

    (finding,) = found(timeline(lane("main", "process").runs(0).ends(500), a, b, c, ended=500), "contention")

    assert finding.words.startswith("A made C wait 350 ms for `y`;")
    assert finding.words.endswith("; so it was, for less, at 1 other lock")
