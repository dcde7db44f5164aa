"""Play: a program as a person steps it, from its start to wherever it was led; going back is running it again up to there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

from concviz.schedules.token import check_of
from concviz.stepping.contested import Contested
from concviz.stepping.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from concviz.gates.choice import Option, Outcome, Step
    from concviz.stepping.request import Request
    from concviz.stepping.session import Stands, Words

MOST_STEPS = 20_000
"""A run that is led on by itself stops there, and says so: it may never end."""

AWAY_SECONDS = 1.0
"""A step that takes longer is said to: it waits for something outside control."""

AWAY = "it has not come to its next point for {:.0f} s: input, C code or a child process, outside control, keeps it"
"""What is said then."""

BEAT_SECONDS = 0.02
"""So long steps are led on before whoever polls can do something else."""


class Lead(Enum):
    """Who chooses now."""

    HAND = "you choose"
    CHANCE = "chance chooses"
    NEXT = "on to the next choice"
    AGAIN = "again, up to here"


@dataclass(frozen=True, slots=True)
class Way:
    """How a run begins."""

    prefix: tuple[int, ...] = ()
    """Choices that are made at once."""
    checks: tuple[tuple[int, int], ...] = ()
    """For some of them, by place from 0: `check_of` what is granted there, so that a run that does otherwise is noticed."""
    memory: bool = True
    """Whether each access to shared memory is a step, too."""
    seed: int | None = None
    """Of what chance chooses; None: another one each time."""
    to_the_end: bool = False
    """Whether it goes on without a switch behind the prefix."""


def granted(option: Option) -> str:
    """What a step is, as a token's checks have it."""
    return f"{option.worker} {option.operation} {option.resource}"


class Play:
    """Owns the run that is stepped, and one that is kept ready for the next time. Used by one thread; `poll` must be called."""

    def __init__(self, request: Request, way: Way, *, keeps_ready: bool = True, make: Callable[[Request], Session] = Session) -> None:
        """`keeps_ready`: whether a further run is kept ready, for going back. TargetError for what is not there."""
        self.request = request
        self.memory = way.memory
        """Whether each access to shared memory is a step, too."""
        self.lead = Lead.AGAIN if way.prefix or way.to_the_end else Lead.HAND
        self.diverged: int | None = None
        """The step, from 1, at which the choices that were to be made again could not be; None: there was no such step."""
        self.revision = 0
        """Changes whenever anything else does."""
        self._keeps_ready = keeps_ready
        self._make = make
        self._chance = Random(way.seed)  # noqa: S311 - a schedule, no secret
        self._way, self._checks = way, dict(way.checks)
        self._contested = Contested()
        self._session = make(request)
        self._spare: Session | None = None
        self._old: list[Session] = []
        self._granted_s = monotonic()
        self._session.go(memory=self.memory)

    # Where it stands

    @property
    def steps(self) -> Sequence[Step]:
        """What was granted, in order."""
        return self._session.steps

    @property
    def choices(self) -> tuple[int, ...]:
        """What was chosen at each step."""
        return tuple(step.chosen for step in self._session.steps)

    @property
    def stands(self) -> Stands | None:
        """Where everybody stands, when it is the person's turn; None: it runs on, or is over."""
        return self._session.stands if self.lead is Lead.HAND else None

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it lives, and where it could not be run."""
        return self._session.outcome

    @property
    def fault(self) -> str:
        """Why there is nothing to step; "" as long as there is."""
        return self._session.fault

    @property
    def lived(self) -> frozenset[int]:
        """Who stood when all stood last, by number."""
        return self._session.lived

    @property
    def words(self) -> Sequence[Words]:
        """What it printed."""
        return self._session.words

    @property
    def settled(self) -> bool:
        """Whether nothing happens any more until the person does something."""
        return self._session.over or self.stands is not None

    @property
    def away_s(self) -> float:
        """For how many seconds it has not come to its next point; 0: it stands, or is over."""
        return 0.0 if self._session.stands is not None or self._session.over else monotonic() - self._granted_s

    # What a person does

    def grant(self, worker: int) -> bool:
        """Let this worker go its step; False: it cannot go now."""
        stands = self.stands
        index = next((at for at, one in enumerate(stands.can) if one.worker == worker), None) if stands else None
        if index is None:
            return False
        self._grant(index)
        return True

    def let_chance(self) -> None:
        """Let chance go on, up to the end."""
        self._led_by(Lead.CHANCE)

    def to_next(self) -> None:
        """Go on without a switch up to the next choice that matters, at least one step."""
        if self.stands is not None:
            self._led_by(Lead.NEXT)
            self._grant(0)

    def pause(self) -> None:
        """The person chooses again, from the next step on."""
        self._led_by(Lead.HAND)

    def undo(self, steps: int = 1) -> None:
        """Go back so many steps, as far as the start."""
        kept = self.steps[: max(len(self.steps) - steps, 0)]
        checks = tuple((at, check_of(granted(step.option))) for at, step in enumerate(kept))
        self.start_again(Way(tuple(step.chosen for step in kept), checks, self.memory))

    def start_again(self, way: Way) -> None:
        """A fresh run, led so."""
        self._contested.learn(self.steps, whole=self.outcome is not None)
        self._session.ask_end()
        self._old.append(self._session)
        self._session, self._spare = self._spare or self._make(self.request), None
        self.memory = way.memory
        self._way, self._checks = way, dict(way.checks)
        self.diverged = None
        self.lead = Lead.AGAIN if way.prefix or way.to_the_end else Lead.HAND
        self._session.go(memory=self.memory)
        self._granted_s = monotonic()
        self.revision += 1

    # What happens meanwhile

    def poll(self, wait_s: float = 0.0) -> bool:
        """Hear what is new, and go on as led; whether anything changed. `wait_s`: for the first of it, at most."""
        until = monotonic() + BEAT_SECONDS
        news = self._session.poll(wait_s)
        while self._session.stands is not None and self.lead is not Lead.HAND and self._go_on():
            news = True
            self._session.poll(BEAT_SECONDS)
            if monotonic() > until:
                break
        if self._session.over and self.lead is not Lead.HAND:
            self.lead, news = Lead.HAND, True
        if self.settled:
            self._get_ready()
        self.revision += news
        return news

    def _go_on(self) -> bool:
        """One step as led; False: the person chooses from here on."""
        stands = self._session.stands
        assert stands is not None
        at = len(self._session.steps)
        match self.lead:
            case Lead.AGAIN if at < (MOST_STEPS if self._way.to_the_end else len(self._way.prefix)):
                if not self._fits(stands.can, at):
                    self.diverged = at + 1
                    self.lead = Lead.HAND
                    return False
                self._grant(self._choice(at))
            case Lead.CHANCE if at < MOST_STEPS:
                self._grant(self._chance.randrange(len(stands.can)))
            case Lead.NEXT if at < MOST_STEPS and not self._contested.matters(stands.can):
                self._grant(0)
            case _:
                self.lead = Lead.HAND
                return False
        return True

    def _choice(self, at: int) -> int:
        """Where one is led; behind the prefix, nobody switches."""
        return self._way.prefix[at] if at < len(self._way.prefix) else 0

    def _fits(self, can: Sequence[Option], at: int) -> bool:
        """Whether the choice of that place can be made again, and grants what it granted then."""
        chosen = self._choice(at)
        return chosen < len(can) and self._checks.get(at) in {None, check_of(granted(can[chosen]))}

    def _grant(self, index: int) -> None:
        self._session.grant(index)
        self._granted_s = monotonic()
        self.revision += 1

    def _led_by(self, lead: Lead) -> None:
        if not self._session.over:
            self.lead = lead
            self.revision += 1

    def _get_ready(self) -> None:
        """What the next run begins with, and the end of those before: neither is waited for by the person."""
        for session in [session for session in self._old if session.gone]:
            session.close()
            self._old.remove(session)
        if self._keeps_ready and self._spare is None and not self._session.fault:
            self._spare = self._make(self.request)

    def close(self) -> None:
        """End everything; nothing is left when this returns."""
        for session in (self._session, self._spare, *self._old):
            if session is not None:
                session.close()
        self._old, self._spare = [], None
