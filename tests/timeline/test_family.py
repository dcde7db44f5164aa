"""Who made whom, as a tree."""

from __future__ import annotations

from concviz.timeline.family import makers, tree
from tests.builders import lane, resource, timeline


def test_each_worker_lies_below_its_maker_and_a_group_s_tasks_below_the_group() -> None:
    made = timeline(
        resource("crawlers", "TaskGroup"),
        lane("main", kind="process").runs(0).spawns("crawl", 1).spawns("helper", 2),
        lane("crawl", kind="task").runs(1).spawns("fetch 0", 2, group="crawlers").spawns("fetch 1", 3, group="crawlers"),
        lane("helper").runs(2),
        lane("fetch 0", kind="task").runs(3),
        lane("fetch 1", kind="task").runs(4),
    )
    workers = [worker.index for worker in made.workers[1:]]

    assert [(_word(made, one.worker, one.group), one.depth, one.size) for one in tree(made, workers)] == [
        ("main", 0, 5),
        ("crawl", 1, 3),
        ("crawlers", 2, 2),
        ("fetch 0", 3, 0),
        ("fetch 1", 3, 0),
        ("helper", 1, 0),
    ]


def test_who_is_left_out_hands_its_own_to_whoever_made_it() -> None:
    made = timeline(
        lane("main", kind="process").runs(0).spawns("pool", 1),
        lane("pool").runs(1).spawns("job", 2),
        lane("job").runs(2),
    )

    assert [(one.worker, one.depth) for one in tree(made, [1, 3])] == [(1, 0), (3, 1)]
    assert [(one.worker, one.depth) for one in tree(made, [3])] == [(3, 0)]


def test_nobody_is_known_to_have_made_the_first() -> None:
    made = timeline(lane("main", kind="process").runs(0))

    maker, group = makers(made)
    assert (maker.tolist(), group.tolist()) == ([0, 0], [0, 0])


def _word(made: object, worker: int, group: int) -> str:
    return made.workers[worker].name if worker else made.resources[group].name  # type: ignore[attr-defined,no-any-return]
