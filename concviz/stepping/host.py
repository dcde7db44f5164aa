"""What a stepped program's interpreter runs first: the engine in, wait for the word, the program under control, how it ended.

    PYTHON -u host.py ANSWERS_FD ASKS_FD SETUP INVARIANT TARGET [ARG ...]

Runs as a script, under any interpreter: it makes `concviz` importable from this file's place without touching `sys.path`. The
program's standard input is closed, its output is its own; what is said to us and heard from us goes through two descriptors.
SETUP and INVARIANT are names of functions of the target's file, or empty.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.choice import Option, Outcome, Step


class Person:
    """Who chooses: somebody at the other end of two pipes."""

    def __init__(self, answers: int, asks: int) -> None:
        self._answers = open(answers, "rb")  # noqa: SIM115 - it lives as long as the process
        self._asks = asks
        self._blocked: tuple[Option, ...] = ()
        self._told = 0

    def say(self, kind: str, told: object) -> None:
        """One message. Where nobody listens any more, there is nothing left to do."""
        from concviz.stepping.messages import line

        left = memoryview(line(kind, told))
        try:
            while left:
                left = left[os.write(self._asks, left) :]
        except OSError:
            os._exit(0)

    def hear(self) -> Any:
        """What the next message tells; waits for it."""
        from concviz.stepping.messages import read

        text = self._answers.readline()
        if not text:
            os._exit(0)
        return read(text)[1]

    def leave_child(self) -> None:
        """In a child that the program forks: it has nothing to say to us."""
        os.close(self._asks)
        os.close(self._answers.fileno())

    def stepped(self, step: Step) -> None:
        """A step is done."""
        from concviz.stepping.messages import step_data

        self._told += 1
        self.say("stepped", step_data(step))

    def ended(self, outcome: Outcome) -> None:
        """How it ended, after the steps that were not told yet."""
        from concviz.stepping.messages import outcome_data

        for step in outcome.steps[self._told :]:
            self.stepped(step)
        self.say("ended", outcome_data(outcome))

    def stand(self, _: tuple[Option, ...], blocked: tuple[Option, ...]) -> None:
        """Who cannot go at the choice that follows."""
        self._blocked = blocked

    def choose(self, can: tuple[Option, ...]) -> int:
        """The index of who goes."""
        from concviz.stepping.messages import option_data

        self.say("stands", {"can": [option_data(one) for one in can], "blocked": [option_data(one) for one in self._blocked]})
        return int(self.hear())


STARTS_CHILDREN = frozenset({"os.fork", "os.forkpty", "os.posix_spawn", "subprocess.Popen"})
"""Audit events of a new process. (multiprocessing's spawn and forkserver raise none.)"""

CHILD = "a child process was started: what it does is not controlled"
"""What is told then."""


def note_children(event: str, _: object) -> None:
    """An audit hook: a child process escapes control."""
    if event in STARTS_CHILDREN:
        from concviz.gates import forking, scheduler

        found = scheduler.current_run()
        if found is not None and not forking.ours() and CHILD not in found.escaped:
            found.escaped.append(CHILD)


def load_package(init: str) -> None:
    """Make `import concviz` find the package whose `__init__.py` this is, and nothing else that lies near it."""
    external: Any = sys.modules["_frozen_importlib_external"]
    internal: Any = sys.modules["_frozen_importlib"]
    spec = external.spec_from_file_location("concviz", init, submodule_search_locations=[init[: -len("/__init__.py")]])
    module = internal.module_from_spec(spec)
    sys.modules["concviz"] = module
    spec.loader.exec_module(module)


def main(argv: list[str]) -> None:
    """The process' whole life."""
    del sys.path[0]  # this file's folder: its modules are nobody's top-level ones
    load_package(os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + "/__init__.py")  # noqa: PTH100, PTH120 - no pathlib here
    from concviz.gates.run import run_once
    from concviz.gates.target import Target

    answers, asks, setup, invariant, target, *args = argv
    person = Person(int(answers), int(asks))
    sys.addaudithook(note_children)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=person.leave_child)
    person.say("ready", {})
    memory = bool(person.hear()["memory"])
    try:
        outcome = run_once(
            Target.named(target, tuple(args), setup, invariant),
            person.choose,
            memory=memory,
            pass_output=True,
            on_step=person.stepped,
            on_stand=person.stand,
        )
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told, not lost
        words = getattr(error, "message", "") or f"{type(error).__name__}: {error}"
        person.say("fault", {"words": words})
    else:
        sys.stdout.flush()
        person.ended(outcome)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
