"""Every interleaving, but of those that differ only in the order of independent steps one alone.

Dynamic partial-order reduction (Flanagan, Godefroid, 2005) with sleep sets (Godefroid, "Partial-order methods for the verification of
concurrent systems", 1996). A run shows which of its steps race; for each race the search goes back to the choice before the first of
the two, and lets someone else go there. Where several are tried at one choice, each leaves to those before it what does not depend on
its own step. Branches of one choice have a fixed order, so they may be run at the same time and anywhere (Yang, Chen, Gopalakrishnan,
Kirby, "Distributed dynamic partial order reduction", 2007).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from concviz.schedules.choosers import as_called_now, woken
from concviz.schedules.plan import Plan
from concviz.schedules.races import Order

if TYPE_CHECKING:
    from concviz.schedules.dependence import Effect
    from concviz.schedules.plan import Point
    from concviz.schedules.trial import Trial

DIVERGED = "the program did not do the same under the same choices"


@dataclass(slots=True, eq=False)
class Node:
    """A choice that a run came to. Owned by the search; forgotten when nothing below it is left to be tried."""

    parent: Node | None
    via: int
    """The index that was chosen at the parent."""
    depth: int
    point: Point
    sleep: dict[int, Effect]
    tried: dict[int, Effect] = field(default_factory=dict)
    """Workers that go here in some branch, in the order of the branches; done or yet to be done."""

    def covers(self, worker: int) -> bool:
        """Whether what begins with this worker's step has been tried, or will be."""
        return worker in self.tried or worker in self.sleep

    def index(self, worker: int) -> int:
        """Where the worker stands among those that could go."""
        return next(index for index, (one, _) in enumerate(self.point) if one == worker)


class Reduced:
    """The search. Owns the tree of choices that still have something to be tried."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Node | None, int]] = [(None, 0)]
        self._running: dict[int, tuple[Node | None, int]] = {}
        self._number = 0
        self._tried = self._redundant = 0
        self._broken = ""

    def plans(self, most: int) -> list[Plan]:
        """The deepest that wait, first."""
        found: list[Plan] = []
        while self._waiting and len(found) < most:
            node, worker = self._waiting.pop()
            self._number += 1
            self._running[self._number] = node, worker
            found.append(self._plan(node, worker))
        return found

    def learn(self, plan: Plan, trial: Trial) -> None:
        """Look for races, and add a branch for each that nobody covers yet."""
        node, worker = self._running.pop(plan.number)
        self._tried += 1
        self._redundant += trial.blocked is not None
        path = _path(node)
        if not self._same(path, worker, trial):
            self._broken, self._waiting = DIVERGED, []
            return
        end = len(trial.points) if trial.blocked is None else trial.blocked
        path += _grown(node, dict(plan.sleep), trial, (len(path), end))
        pending = _pending(trial)
        for reversal in Order(trial.points, trial.choices, end).reversals(max(len(plan.prefix) - 1, 0), pending):
            self._branch(path[reversal.at], reversal.candidates)

    @property
    def exhausted(self) -> bool:
        """Whether no race is left that was not tried both ways."""
        return not self._waiting and not self._running and not self._broken

    def claims(self) -> tuple[str, ...]:
        """That all is tried, once it is."""
        if not self.exhausted:
            return ()
        return (f"every interleaving, {self._tried:,} schedules stand for all of them",)

    def _plan(self, node: Node | None, worker: int) -> Plan:
        if node is None:
            return Plan(self._number, wants="effects")
        prefix = tuple(one.via for one in _path(node)[1:])
        does = node.point[node.index(worker)][1]
        earlier = dict(node.sleep)
        for one, its in node.tried.items():
            if one == worker:
                break
            earlier[one] = its
        sleep = tuple(woken(earlier, worker, does).items())
        return Plan(self._number, (*prefix, node.index(worker)), sleep=sleep, wants="effects")

    def _same(self, path: list[Node], worker: int, trial: Trial) -> bool:
        if trial.diverged is not None or len(trial.points) < len(path):
            return False
        return all(node.point == point for node, point in zip(path, trial.points, strict=False)) and (
            not path or trial.points[len(path) - 1][trial.choices[len(path) - 1]][0] == worker
        )

    def _branch(self, node: Node, candidates: tuple[int, ...]) -> None:
        """See to it that one of them is tried; with none, everyone."""
        if candidates and any(node.covers(worker) for worker in candidates):
            return
        for worker in candidates[:1] or [one for one, _ in node.point]:
            if not node.covers(worker):
                node.tried[worker] = node.point[node.index(worker)][1]
                self._waiting.append((node, worker))


def _path(node: Node | None) -> list[Node]:
    """From the first choice to this one."""
    found = []
    while node is not None:
        found.append(node)
        node = node.parent
    return found[::-1]


def _grown(node: Node | None, sleep: dict[int, Effect], trial: Trial, within: tuple[int, int]) -> list[Node]:
    """New nodes for the choices of a run behind the one that it was told."""
    found = []
    for at in range(*within):
        point, chosen = trial.points[at], trial.choices[at]
        worker, does = point[chosen]
        sleep = as_called_now(sleep, point)
        node = Node(node, trial.choices[at - 1] if at else 0, at, point, sleep, {worker: does})
        found.append(node)
        sleep = woken(sleep, worker, does)
    return found


def _pending(trial: Trial) -> list[tuple[int, Effect]]:
    """What was yet to come when the run ended, or when nothing new could come any more."""
    if trial.blocked is not None:
        return list(trial.points[trial.blocked])
    left = [option for index, option in enumerate(trial.points[-1]) if index != trial.choices[-1]] if trial.points else []
    return [*(left if trial.failed else []), *trial.stuck]
