"""Names: as the source has them, found without running anything of the program's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def names(folder: Path, source: str, python: str) -> list[str]:
    """The resources' names, in the order of their first events."""
    seen = watch(folder, source, python)
    return list(dict.fromkeys(event.resource for event in seen.events if event.resource))


def test_variables_attributes_and_items_give_their_names(tmp_path: Path, python: str) -> None:
    found = names(
        tmp_path,
        """
        import threading
        from threading import Lock

        class Table:
            shared = Lock()

            def __init__(self):
                self.lock = Lock()
                self.forks = [Lock() for _ in range(3)]

            def use(self):
                with self.lock, self.forks[2], self.shared:
                    pass

        class Slotted:
            __slots__ = ("guard",)

            def __init__(self):
                self.guard = threading.RLock()

            def use(self):
                with self.guard:
                    pass

        one = Lock()
        locks = {"a": Lock(), 7: Lock()}
        pair = (Lock(), Lock())
        with one, locks["a"], locks[7], pair[1]:
            pass
        Table().use()
        Slotted().use()

        def local():
            mine = Lock()
            with mine:
                pass

        local()
        """,
        python,
    )

    assert found == ["one", "locks['a']", "locks[7]", "pair[1]", "self.lock", "self.forks[2]", "self.shared", "self.guard", "mine"]


def test_what_a_thread_is_handed_has_its_starter_s_name(tmp_path: Path, python: str) -> None:
    found = names(
        tmp_path,
        """
        import threading

        def eat(left, right):
            with left:
                with right:
                    pass

        def main():
            forks = [threading.Lock() for _ in range(3)]
            for i in range(3):
                thread = threading.Thread(target=eat, args=(forks[i], forks[(i + 1) % 3]))
                thread.start()
                thread.join()

        main()
        """,
        python,
    )

    assert found == ["forks[0]", "forks[1]", "forks[2]"]


def test_a_loop_variable_is_not_preferred_to_the_list(tmp_path: Path, python: str) -> None:
    found = names(
        tmp_path,
        """
        import threading
        locks = [threading.Lock() for _ in range(2)]
        for lock in locks:
            with lock:
                pass
        """,
        python,
    )

    assert found == ["locks[0]", "locks[1]"]


def test_an_object_at_hand_lends_its_name(tmp_path: Path, python: str) -> None:
    found = names(
        tmp_path,
        """
        import threading

        class Account:
            def __init__(self):
                self.lock = threading.Lock()

        savings = Account()
        with savings.lock:
            pass

        def transfer(source, target):
            with source.lock, target.lock:
                pass

        transfer(Account(), Account())
        """,
        python,
    )

    assert found == ["savings.lock", "source.lock", "target.lock"]


def test_two_of_one_name_are_told_apart(tmp_path: Path, python: str) -> None:
    found = names(
        tmp_path,
        """
        import threading

        class Counter:
            def __init__(self):
                self.lock = threading.Lock()

            def use(self):
                with self.lock:
                    pass

        Counter().use()
        Counter().use()
        """,
        python,
    )

    assert found == ["self.lock", "self.lock #2"]


def test_without_a_name_it_is_its_type_and_place(tmp_path: Path, python: str) -> None:
    found = names(
        tmp_path,
        """
        import threading
        with threading.Lock():
            pass
        """,
        python,
    )

    assert found == ["Lock at program.py:3"]


def test_nothing_of_the_program_runs(tmp_path: Path, python: str) -> None:
    found = names(
        tmp_path,
        """
        import threading

        class Trap:
            def __getattr__(self, name):
                raise SystemExit("asked for an attribute")
            def __getattribute__(self, name):
                raise SystemExit("asked for an attribute")
            def __eq__(self, other):
                raise SystemExit("compared")
            __hash__ = None
            @property
            def __dict__(self):
                raise SystemExit("asked for its dict")
            @property
            def lock(self):
                raise SystemExit("asked for a property")

        class TrapList(list):
            def __iter__(self):
                raise SystemExit("iterated")
            def __len__(self):
                raise SystemExit("measured")

        trap, traps, listed = Trap(), [Trap()], TrapList()
        def use(self, hidden):
            with hidden:
                pass
        use(Trap(), threading.Lock())
        """,
        python,
    )

    assert found == ["hidden"]
