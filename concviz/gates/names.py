"""What locks, queues and events are called in the source, and in what numbers: the same in each run that is made the same choices."""

from __future__ import annotations

import sys
from types import ModuleType

from concviz.gates.choice import Access
from concviz.gates.places import own_frame
from concviz.probes.labels import names_in, names_in_main
from concviz.probes.targets import IN_CONTAINER, target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType

_targets: dict[tuple[CodeType, int], str] = {}


def shared(thing: object) -> bool:
    """Whether processes share it."""
    return bool(getattr(thing, "_concviz_shared", False))


def mark(thing: object, name: str) -> None:
    """What processes share takes its name along when it is pickled for another one."""
    if shared(thing):
        thing._concviz_name = name  # type: ignore[attr-defined]


class Names:
    """Owns the names of one run. A thing keeps its name while the run lasts; two things never have the same."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[str, object]] = {}
        self._taken: dict[str, int] = {}
        self._labels: dict[int, tuple[str, object]] = {}
        self._numbers: dict[str, int] = {}
        self._accesses: dict[tuple[str, bool], Access] = {}
        self._attributes: dict[tuple[int, str], str] = {}
        self._made: dict[int, tuple[str, FrameType]] = {}
        self.shared: list[tuple[object, str]] = []
        """Things that processes share, each with its kind, until they are named."""

    def made(self, thing: object, frame: FrameType | None) -> None:
        """Somebody makes this thing: what the statement stores it in is its likeliest name."""
        if frame is not None:
            key = frame.f_code, frame.f_lasti
            found = _targets.get(key)
            if found is None:
                found = _targets[key] = target(*key)
            self._made[id(thing)] = found, frame

    def of(self, thing: object, kind: str, frame: FrameType | None = None) -> str:
        """Its name. `frame`: who uses it; None: whoever calls the caller."""
        known = self._of.get(id(thing))
        if known is not None:
            return known[0]
        name = self.unique(self._found(thing, kind, own_frame(frame or sys._getframe(2))))
        self._of[id(thing)] = name, thing
        mark(thing, name)
        return name

    def called(self, thing: object, words: str) -> str:
        """Its name, where the source says it; the words of its first use stay with it."""
        known = self._of.get(id(thing))
        if known is None:
            known = self._of[id(thing)] = self.unique(words or type(thing).__name__), thing
        return known[0]

    def alias(self, thing: object, other: object, kind: str) -> None:
        """From now on the one is called like the other."""
        self._of[id(thing)] = self.of(other, kind, sys._getframe(2)), thing

    def access(self, key: str, write: bool) -> Access:
        """An access; the same object for the same one."""
        found = self._accesses.get((key, write))
        if found is None:
            found = self._accesses[key, write] = Access(key, write)
        return found

    def label(self, thing: object) -> str:
        """What an object is called whose attributes are accessed: its class, and a number from the second on."""
        found = self._labels.get(id(thing))
        if found is None:
            kind = getattr(thing, "__name__", None) if isinstance(thing, type | ModuleType) else type(thing).__name__
            self._numbers[str(kind)] = number = self._numbers.get(str(kind), 0) + 1
            found = self._labels[id(thing)] = (str(kind) if number == 1 else f"{kind} #{number}"), thing
        return found[0]

    def attribute(self, thing: object, attribute: str) -> str:
        """What its attribute is called."""
        found = self._attributes.get((id(thing), attribute))
        if found is None:
            found = self._attributes[id(thing), attribute] = f"{self.label(thing)}.{attribute}"
        return found

    def candidate(self, thing: object, kind: str, frame: FrameType | None) -> str:
        """What the source would call it."""
        return self._found(thing, kind, frame)

    def _found(self, thing: object, kind: str, frame: FrameType | None) -> str:
        made, maker = self._made.get(id(thing), ("", None))
        if made and made != IN_CONTAINER:
            return made
        found = list(names_in(maker, (thing,))) if maker is not None else []
        found += list(names_in(frame, (thing,))) if frame is not None and not found else []
        found = found or list(names_in_main((thing,)))
        if made:
            found.sort(key=lambda name: not name.endswith("]"))
        elif shared(thing):
            found.sort(key=lambda name: not name.isidentifier())  # a process that was just made has it among its arguments
        return found[0] if found else kind

    def settle(self) -> None:
        """Name what processes share and nobody has used yet: after a fork, all of them are to call it the same."""
        for thing, kind in self.shared:
            self.of(thing, kind)
        self.shared.clear()

    def variable(self, name: str) -> str:
        """The key of a variable of the program."""
        return f"variable {name}"

    def unique(self, name: str) -> str:
        """A name that no other thing has."""
        self._taken[name] = times = self._taken.get(name, 0) + 1
        return name if times == 1 else f"{name} #{times}"
