from __future__ import annotations

from concviz.drawing.places import file_to_show, places, standing
from concviz.drawing.source import Place
from concviz.timeline.meta import Meta
from concviz.timeline.named import NO_SITE, Site
from concviz.timeline.states import State
from tests.drawing.runs import run

SITES = [NO_SITE, Site(1, "a.py", 4, "f"), Site(2, "b.py", 9, "g")]
DIDS = {"main": [(0, State.RUNNING)], "one": [(10, State.RUNNING), (20, State.DONE)], "two": [(0, State.LOCK)]}


def test_only_who_lives_stands_somewhere() -> None:
    timeline = run(DIDS, 100, sites=SITES, stands={1: 1, 2: 1}, zero_ns=5)

    assert standing(timeline, [1, 2, 3], 10) == {1: SITES[1], 2: SITES[1]}
    assert standing(timeline, [1, 2, 3], 3) == {1: SITES[1]}
    assert standing(timeline, [1, 2, 3], 30) == {1: SITES[1]}


def test_the_file_is_the_focused_workers_else_the_programs_else_any_that_is_known() -> None:
    both, launched = {"a.py": "x", "b.py": "y"}, Meta(launch={"script": "a.py"})
    sites = {1: SITES[1], 2: SITES[2]}

    assert file_to_show(run({}, 1, sources=both, meta=launched), sites, 2) == "b.py"
    assert file_to_show(run({}, 1, sources=both, meta=launched), sites, 3) == "a.py"
    assert file_to_show(run({}, 1, sources={"b.py": "y"}, meta=launched), sites, 1) == "b.py"
    assert file_to_show(run({}, 1, meta=launched), sites, 1) is None


def test_places_are_those_in_the_file_that_is_shown() -> None:
    assert places(run(DIDS, 1), {1: SITES[1], 2: SITES[2]}, "b.py", 2) == (Place(9, "one", focused=True),)
