"""What the run screen shows: the runs on stage, one playhead, one window and the focus, and nothing of Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.scenarios.lesson import BASELINE
from concviz.ui.look import GROWING, Look, begin_ns, lanes_of, span_ns
from concviz.ui.narrowing import Narrowing
from concviz.ui.playhead import Mode, Playhead
from concviz.ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.ui.discovery import Spot
    from concviz.ui.look import Shown


class StageModel:
    """Owns playhead, window and focus of the run screen; changed by that screen only. Times are from each run's zero."""

    def __init__(self, runs: Sequence[Shown] = ()) -> None:
        self.runs = tuple(runs)
        self.playhead = Playhead()
        self.window = Window()
        self.fit_pane: bool | None = False
        """Whether the window fits the focused pane (True), the stage (False), or neither, since a person chose it (None)."""
        self.focus = 0
        self.maximised = False
        self.waits = False
        """Whether who waits for whom is shown in the place of the source."""
        self.family = False
        """Whether the tree of who made whom is shown there."""
        self.narrowing = Narrowing()
        """Which workers have lanes."""
        self.big = False
        """Whether lanes are drawn high, for those who sit far away."""
        self.found: tuple[Spot, ...] = ()
        """What was found in the runs so far."""
        self._finding: Spot | None = None
        self._chosen: dict[int, int] = {}

    # What there is

    @property
    def visible(self) -> tuple[int, ...]:
        """The panes on screen, by their place on stage."""
        return (self.focus,) if self.maximised else tuple(range(len(self.runs)))

    @property
    def growing(self) -> bool:
        """Whether more is to come in a pane on screen."""
        return any(self.runs[pane].state in GROWING for pane in self.visible)

    @property
    def end_ns(self) -> int:
        """The last moment that there is anything of, in the panes on screen."""
        return max((span_ns(self.runs[pane]) for pane in self.visible), default=0)

    @property
    def begin_ns(self) -> int:
        """The first moment of which all is known, in the panes on screen; 0 where nothing was let go."""
        return max((begin_ns(self.runs[pane]) for pane in self.visible), default=0)

    def workers(self, pane: int) -> tuple[int, ...]:
        """The indices of a pane's workers, as the lanes stand from top to bottom."""
        return self.narrowing.narrowed(pane, self.runs[pane].timeline, lanes_of(self.runs[pane]))

    def worker(self, pane: int) -> int:
        """The focused worker of a pane: the chosen one, else the first; 0 while there is none."""
        workers = self.workers(pane)
        chosen = self._chosen.get(pane, 0)
        return chosen if chosen in workers else next(iter(workers), 0)

    @property
    def finding(self) -> int | None:
        """The place of the finding gone to last; None: none, or it is no longer true."""
        places = (place for place, spot in enumerate(self.found) if self._finding is not None and _same(spot, self._finding))
        return next(places, None)

    def look(self, pane: int) -> Look:
        """What a pane shows now."""
        run, playhead = self.runs[pane], self.playhead
        live = playhead.mode is Mode.LIVE
        return Look(
            title=run.launch.title,
            model=run.launch.model,
            timeline=run.timeline,
            revision=run.timeline.revision,
            state=run.state,
            ending=run.exit.words if run.exit else "",
            failure=run.failure,
            window=self.window,
            at_ns=min(playhead.at_ns, span_ns(run)) if live else playhead.at_ns,
            cursor=not live,
            workers=self.workers(pane),
            worker=self.worker(pane),
            focused=pane == self.focus and len(self.runs) > 1,
            waits=self.waits,
            family=self.family,
            narrowed=self.narrowing.words(len(self.workers(pane)), len(lanes_of(run))),
            big=self.big,
            baseline_ns=self._baseline_ns(run),
        )

    def _baseline_ns(self, run: Shown) -> int | None:
        """How long the sequential pane took, if both have ended."""
        others = (one for one in self.runs if one.launch.model == BASELINE)
        base = next(others, None)
        ended = base is not None and base is not run and base.state == run.state == "ended"
        return span_ns(base) if ended and base is not None else None

    # How it changes

    def change_runs(self, runs: Sequence[Shown]) -> None:
        """Other runs on stage: followed from their start; the focused pane stays the same."""
        self.runs = tuple(runs)
        self.playhead = Playhead()
        self.found, self._finding = (), None
        self.fit_pane = False
        self.focus = min(self.focus, max(len(self.runs) - 1, 0))
        self._chosen.clear()
        self.narrowing = Narrowing()

    def tick(self, elapsed_s: float) -> None:
        """Let the viewer's time go by, and bring the window to where the playhead then is."""
        self.playhead.advance(elapsed_s, self.end_ns, self.growing)
        self.window = self.window.above(self.begin_ns)
        self.playhead.at_ns = max(self.playhead.at_ns, self.begin_ns)
        if self.playhead.mode is Mode.PAUSED:
            return
        if self.fit_pane is None:
            self.window = self.window.showing(self.playhead.at_ns)
        else:
            self._fit()

    def resize(self, columns: int) -> None:
        """The lanes of the narrowest pane now have so many columns."""
        if columns != self.window.columns:
            self.window = self.window.resized(columns)
            if self.fit_pane is not None:
                self._fit()

    def pause(self) -> None:
        """Stand still."""
        self.playhead.jump(self.playhead.at_ns)

    def play(self) -> None:
        """Play on from here, or from the start if this is the end."""
        if self.playhead.mode is not Mode.PLAYING:
            self.playhead.toggle(self.end_ns, self.growing)

    def follow(self) -> None:
        """Show what is newest, all of it."""
        self.playhead.follow()
        self.fit()

    def step(self, step: int) -> bool:
        """To the next (1) or previous (-1) event of any pane on screen, whose worker gets the focus; False: no more."""
        found = [(self._event(pane, 0, step), pane) for pane in self.visible]
        candidates = [(event[0], pane, event[1]) for event, pane in found if event is not None]
        if not candidates:
            return False
        at_ns, pane, worker = min(candidates) if step > 0 else max(candidates)
        self.focus = pane
        self._chosen[pane] = worker if worker in self.workers(pane) else self.worker(pane)
        self.seek(at_ns)
        return True

    def step_worker(self, step: int) -> bool:
        """To the focused worker's next (1) or previous (-1) event; False: it has no more."""
        event = self._event(self.focus, self.worker(self.focus), step)
        if event is not None:
            self.seek(event[0])
        return event is not None

    def step_finding(self, step: int) -> None:
        """To the instant and the worker of the next (1) or previous (-1) finding, round and round."""
        if not self.found:
            return
        before = self.finding
        place = (before + step) % len(self.found) if before is not None else 0 if step > 0 else len(self.found) - 1
        self._finding = spot = self.found[place]
        self.show(spot.pane, spot.finding.workers, spot.finding.from_ns - self.runs[spot.pane].timeline.zero_ns)

    def show(self, pane: int, workers: Sequence[int], at_ns: int) -> None:
        """Stand still at a moment of a pane, on the first of these workers that has a lane."""
        self.focus = pane
        lanes = self.workers(pane)
        self._chosen[pane] = next((worker for worker in workers if worker in lanes), self.worker(pane))
        self.seek(max(at_ns, 0))

    def seek(self, at_ns: int) -> None:
        """Stand still at a moment, which is then on screen."""
        self.playhead.jump(max(min(at_ns, self.end_ns), self.begin_ns))
        self.window = self.window.showing(self.playhead.at_ns) if self.fit_pane is None else self.window

    def zoom(self, factor: float, anchor_ns: int | None = None) -> None:
        """Closer (above 1) or further away, around a moment; None: the playhead, or where the focused pane ended before it."""
        self.fit_pane = None
        own_ns = min(self.playhead.at_ns, span_ns(self.runs[self.focus])) if self.runs else 0
        self.window = self.window.zoomed(factor, own_ns if anchor_ns is None else anchor_ns)
        if anchor_ns is None:
            self.window = self.window.showing(own_ns)

    def pan(self, share: float) -> None:
        """Look at an earlier or a later stretch; what follows would pull it back, so the playhead stands still."""
        self.fit_pane = None
        if self.playhead.mode is Mode.LIVE:
            self.pause()
        self.window = self.window.panned(share)

    def fit(self) -> None:
        """Everything on screen at once; asked for twice: the focused pane's run at its own size."""
        self.fit_pane = self.fit_pane is False and len(self.visible) > 1
        self._fit()

    def maximise(self) -> None:
        """The focused pane alone on its own time scale, or all of them again."""
        self.maximised = not self.maximised
        self.fit_pane = False
        self._fit()

    def show_waits(self) -> None:
        """Who waits for whom, or the source again."""
        self.waits, self.family = not self.waits, False

    def show_family(self) -> None:
        """Who made whom, or the source again."""
        self.family, self.waits = not self.family, False

    def narrow(self) -> None:
        """The next choice of workers that have lanes; "this one" is the focused worker of each pane, as it is now."""
        self.narrowing.turn({pane: self.worker(pane) for pane in range(len(self.runs))})

    def focus_pane(self, pane: int) -> None:
        """Keys go to this pane from now on."""
        self.focus = pane % max(len(self.runs), 1)
        if self.maximised or self.fit_pane:
            self._fit()

    def focus_lane(self, step: int) -> None:
        """The worker below (1) or above (-1) in the focused pane."""
        workers = self.workers(self.focus)
        if workers:
            place = workers.index(self.worker(self.focus)) + step
            self._chosen[self.focus] = workers[min(max(place, 0), len(workers) - 1)]

    def choose(self, pane: int, worker: int) -> None:
        """A worker of a pane, as a click does."""
        self.focus = pane
        self._chosen[pane] = worker

    def _event(self, pane: int, worker: int, step: int) -> tuple[int, int] | None:
        """Time and worker of the event after or before the playhead, in one pane; worker 0: of any."""
        timeline = self.runs[pane].timeline
        place = timeline.next_event(self.playhead.at_ns + timeline.zero_ns, worker or None, step)
        if place is None:
            return None
        event = timeline.event(place)
        return event.time_ns - timeline.zero_ns, event.worker

    def _fit(self) -> None:
        self.window = self.window.above(self.begin_ns)
        end_ns = span_ns(self.runs[self.focus]) if self.fit_pane and self.runs else self.end_ns
        self.window = self.window.grown(end_ns) if self.growing else self.window.fitted(end_ns)


def _same(one: Spot, other: Spot) -> bool:
    """Whether two findings are the same thing, of which by now more may be known."""
    return (one.pane, one.finding.kind, one.finding.from_ns, one.finding.workers) == (
        other.pane,
        other.finding.kind,
        other.finding.from_ns,
        other.finding.workers,
    )
