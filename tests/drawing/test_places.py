from __future__ import annotations

from concviz.drawing.places import file_to_show, places, standing
from concviz.drawing.source import Place
from concviz.timeline.named import Site
from tests.builders import FILE, lane, ns, timeline, worker

MS = 1_000_000
RUN = timeline(
    lane("main", "process").runs(0, line=1).at_line(9, 30),
    lane("one").runs(10, line=4).ends(20),
    lane("two").runs(0),
    now=100,
)
MAIN, ONE, TWO = (worker(RUN, name) for name in ("main", "one", "two"))


def lines(at_ms: int) -> dict[int, int]:
    return {number: site.line for number, site in standing(RUN, [MAIN, ONE, TWO], at_ms * MS).items()}


def test_who_lives_stands_where_it_was_last_seen() -> None:
    assert [lines(at_ms) for at_ms in (5, 15, 25, 40)] == [{MAIN: 1}, {MAIN: 1, ONE: 4}, {MAIN: 1}, {MAIN: 9}]


def test_the_file_is_the_focused_workers_else_the_programs_else_any_that_is_known() -> None:
    sites = {MAIN: Site(1, "a.py", 4, "f"), ONE: Site(2, "b.py", 9, "g")}
    run = timeline(lane("main").runs(0))
    run.add_meta(0, ns(0), {"what": "launch", "script": "a.py"})

    assert file_to_show(run, sites, MAIN) is None
    run.add_source("b.py", "y")
    assert file_to_show(run, sites, MAIN) == "b.py"
    run.add_source("a.py", "x")
    assert [file_to_show(run, sites, focus) for focus in (MAIN, ONE, TWO)] == ["a.py", "b.py", "a.py"]


def test_places_are_those_in_the_file_that_is_shown() -> None:
    sites = standing(RUN, [MAIN, ONE, TWO], 15 * MS) | {TWO: Site(9, "other.py", 1, "")}

    assert places(RUN, sites, FILE, ONE) == (Place(1, "main"), Place(4, "one", focused=True))
