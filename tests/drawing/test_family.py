"""The tree of workers as rows."""

from __future__ import annotations

from concviz.drawing.family import family
from tests.builders import lane, ns, resource, timeline


def test_a_row_says_who_made_it_what_it_does_and_for_whom_it_waits() -> None:
    made = timeline(
        lane("main", kind="process").runs(0).spawns("holder", 1).spawns("waiter", 2),
        lane("holder").runs(1).takes("lock", 2).releases("lock", 9),
        lane("waiter").runs(2).waits_for("lock", 3, 9, held_by="holder"),
        now=10,
    )

    assert rows(made, 5) == [
        "main process  █ running",
        "├─ holder thread  █ running",
        "└─ waiter thread  ╳ lock lock → holder",
    ]
    assert rows(made, 1.5)[2] == "└─ waiter thread  not started"


def test_of_many_siblings_the_first_are_shown_and_the_focused_one_always() -> None:
    many = [lane(f"T-{n}").runs(n) for n in range(1, 101)]
    main = lane("main", kind="process").runs(0)
    for one in many[:-1]:
        main = main.spawns(one.name, 1)
    many[49] = many[49].ends(60)
    made = timeline(main.spawns("T-100", 1), *many, now=200)
    fifty = next(worker.index for worker in made.workers if worker.name == "T-50")

    assert [row.split("  ")[0] for row in rows(made, 150, height=8)] == [
        "main process",
        "├─ T-1 thread",
        "├─ T-2 thread",
        "├─ T-3 thread",
        "├─ T-4 thread",
        "└─ … 96 more, 95 not ended",
    ]
    assert [row for row in rows(made, 150, height=8, focus=fifty) if "T-50" in row] == ["├─ ▸ T-50 thread  done"]


def test_a_tree_that_is_too_high_says_how_much_is_left() -> None:
    chain = [lane(f"T-{n}").runs(n).spawns(f"T-{n + 1}", n) for n in range(9)]
    made = timeline(*chain, lane("T-9").runs(9), now=20)

    assert [row.strip() for row in rows(made, 15, height=3)][2] == "… 8 rows more"
    assert any("T-9" in row for row in rows(made, 15, height=3, focus=made.workers[-1].index))


def test_tasks_of_a_group_lie_below_it() -> None:
    made = timeline(
        resource("group", "TaskGroup"),
        lane("main", kind="process").runs(0).spawns("task", 1, group="group"),
        lane("task", kind="task").runs(1),
        now=5,
    )

    assert rows(made, 3) == ["main process  █ running", "└─ TaskGroup group", "   └─ task  █ running"]


def rows(made: object, ms: float, height: int = 20, focus: int = 0) -> list[str]:
    workers = [worker.index for worker in made.workers[1:]]  # type: ignore[attr-defined]
    cells = family(made, workers, focus, ns(ms), (80, height))  # type: ignore[arg-type]
    return [line.rstrip() for line in cells.to_text().splitlines()]
