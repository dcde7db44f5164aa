"""Where the screens get what they show: the scenarios, what is remembered of them, and their runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.scenarios.lesson import Order, Scenario
    from concviz.stage import Conditions
    from concviz.ui.look import OnStage


class House:
    """Owns every stage that was opened, until it is closed; closing may happen in any thread, all else in the app's.

    Loads the lower floors when they are first needed, so that the first screen stands at once.
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        """`ascii_only`: the terminal has nothing else."""
        self.ascii_only = ascii_only
        self._open: list[OnStage] = []
        self._lock = Lock()
        self._conditions: dict[Scenario, Conditions] = {}
        self._usual: Conditions | None = None

    def warm_up(self) -> None:
        """Load what the run screen will need. May be called in a thread of its own."""
        from concviz.ui.screens import run  # noqa: F401 - loading it is the purpose

    def scenarios(self) -> Iterator[Scenario]:
        """Those that come with concviz, in the order of their chapters; each is read when it is asked for."""
        from concviz.scenarios import catalogue

        return catalogue.each_builtin()

    def remembered(self, scenario: Scenario) -> Mapping[str, int]:
        """A scenario's parameters as they were last used, by name; as it came when it never was."""
        from concviz import settings

        return settings.remembered(scenario)

    def load(self, path: str) -> Scenario:
        """A person's own: a folder, or a single script. ConcvizError when it cannot be run."""
        from concviz.runs.launch import Launch
        from concviz.scenarios import catalogue

        target = Path(path).expanduser()
        if target.is_dir():
            return catalogue.load(target)
        Launch(target).check()
        return catalogue.from_script(target)

    def open(
        self,
        scenario: Scenario,
        values: Mapping[str, int],
        order: Order | None = None,
        conditions: Conditions | None = None,
    ) -> OnStage:
        """Its runs, started; the values are remembered. ConcvizError when they cannot be.

        `order`: other than the scenario's. `conditions` hold whenever it is run again; their interpreter for all others too.
        """
        from concviz import settings
        from concviz.stage import Stage

        if conditions is not None:
            self._conditions[scenario] = conditions
            self._usual = replace(conditions, args=(), stdin=None, order=None)
        stage = Stage(scenario, values, self._under(scenario, order))
        self.admit(stage)
        stage.start()
        settings.remember(scenario, stage.values)
        return stage

    def _under(self, scenario: Scenario, order: Order | None) -> Conditions:
        from concviz.stage import Conditions

        conditions = self._conditions.get(scenario) or self._usual or Conditions()
        return conditions if order is None else replace(conditions, order=order)

    def replay(self, path: Path) -> OnStage:
        """A finished recording. RecordingError when it is not one."""
        from concviz.ui.recorded import Recording

        return self.admit(Recording(path))

    def admit(self, stage: OnStage) -> OnStage:
        """From now on it is closed at the latest by `close_all`; gives it back."""
        with self._lock:
            self._open.append(stage)
        return stage

    def close(self, stage: OnStage) -> None:
        """End its programs and give back all it holds; takes as long as a program takes to be killed."""
        with self._lock:
            if stage not in self._open:
                return
            self._open.remove(stage)
        stage.close()

    def close_all(self) -> None:
        """All that is still open: at the end of everything."""
        while self._open:
            self.close(self._open[-1])
