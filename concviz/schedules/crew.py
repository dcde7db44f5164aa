"""Who runs the schedules: this process itself, one after the other, or any executor, in chunks. Answers come in the order of the asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.errors import TargetError
from concviz.gates.choice import End
from concviz.schedules.errors import StuckError
from concviz.schedules.subject import try_all
from concviz.schedules.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor, Future

    from concviz.schedules.plan import Plan
    from concviz.schedules.subject import Subject

CHUNK_MOST = 16
"""Schedules in one piece of work: with more, others wait for the last one at the end of a wave."""


class Crew:
    """Hands out schedules of one subject. The executor is its owner's to shut down."""

    def __init__(self, subject: Subject, executor: Executor | None = None, hands: int = 1) -> None:
        """None: they run in this process and thread, each when its answer is asked for. `hands`: how many an executor runs at once."""
        self._subject, self._executor = subject, executor
        self._hands = max(hands, 1)
        self._sent: set[Future[list[Trial]]] = set()

    def send(self, plans: Sequence[Plan]) -> Iterator[Trial]:
        """The answers, one for each plan."""
        if self._executor is None:
            return (trial for plan in plans for trial in try_all(self._subject, [plan]))
        size = min(max(len(plans) // self._hands, 1), CHUNK_MOST)
        chunks = [plans[at : at + size] for at in range(0, len(plans), size)]
        return self._answers([(chunk, self._submit(chunk)) for chunk in chunks])

    def load(self) -> None:
        """Load the program in one process, so that this costs no schedule its time. TargetError when it cannot be loaded."""
        if self._executor is None:
            try_all(self._subject, [])
            return
        try:
            self._executor.submit(try_all, self._subject, []).result()
        except StuckError as error:
            raise TargetError(f"{self._subject.title} cannot be loaded: {error}", "try `concviz run` with it") from None

    def call_off(self) -> None:
        """What was sent and has not begun will not run."""
        for future in self._sent:
            future.cancel()

    def _submit(self, plans: Sequence[Plan]) -> Future[list[Trial]]:
        assert self._executor is not None
        future = self._executor.submit(try_all, self._subject, plans)
        self._sent.add(future)
        return future

    def _answers(self, sent: list[tuple[Sequence[Plan], Future[list[Trial]]]]) -> Iterator[Trial]:
        for chunk, future in sent:
            try:
                yield from future.result()
            except StuckError as error:
                yield from self._one_by_one(chunk, error)
            self._sent.discard(future)

    def _one_by_one(self, chunk: Sequence[Plan], error: StuckError) -> Iterator[Trial]:
        """What is stuck alone is known by itself."""
        if len(chunk) == 1:
            yield stuck(chunk[0], str(error))
            return
        for plan in chunk:
            try:
                yield from self._submit([plan]).result()
            except StuckError as one:
                yield stuck(plan, str(one))


def stuck(plan: Plan, words: str) -> Trial:
    """What is known of a run that had to be killed."""
    return Trial(End.OK, "", "", "killed", (words,), plan.prefix, 0, 0, diverged=0)
