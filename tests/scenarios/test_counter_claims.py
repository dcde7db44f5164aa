"""What the lesson on the shared counter says, held against its timelines, and against what the interpreter does between two lines."""

from __future__ import annotations

import dis
from typing import TYPE_CHECKING

import pytest

from concviz.timeline.states import State
from tests.scenarios.programs import FOLDER
from tests.scenarios.watched import Seen, watched

if TYPE_CHECKING:
    from types import CodeType

WAYS = ("without_lock", "with_lock", "tasks", "await_between")

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    return watched((f"shared_counter/{way}.py" for way in WAYS), {"ROUNDS": "30"})


def test_only_a_lock_or_no_await_in_between_loses_nothing(seen: dict[str, Seen]) -> None:
    def lost(way: str) -> int:
        (told,) = [line.text for line in seen[f"shared_counter/{way}.py"].timeline.output if line.text.startswith("lost")]
        return int(told.split()[1])

    assert lost("with_lock") == lost("tasks") == 0
    assert lost("await_between") == 30
    assert lost("without_lock") > 0
    assert seen["shared_counter/with_lock.py"].spent("Thread-", State.LOCK) > 0
    assert seen["shared_counter/without_lock.py"].spent("Thread-", State.LOCK) == 0


def test_without_the_sleep_there_is_no_call_between_reading_and_writing_at_which_this_python_would_switch() -> None:
    code = compile((FOLDER / "shared_counter" / "tasks.py").read_text(), "tasks.py", "exec")
    (add,) = [constant for constant in constants(code) if constant.co_name == "add"]
    between = [step.opname for step in steps(add, "value = counter", "counter = value + 1")]

    assert between
    assert not [name for name in between if "CALL" in name or "JUMP" in name or "RESUME" in name]


def constants(code: CodeType) -> list[CodeType]:
    """Code inside this code."""
    return [constant for constant in code.co_consts if hasattr(constant, "co_name")]


def steps(code: CodeType, *texts: str) -> list[dis.Instruction]:
    """What the interpreter does for these lines of the counter's script."""
    source = (FOLDER / "shared_counter" / "tasks.py").read_text().splitlines()
    wanted = {number for number, line in enumerate(source, 1) if line.strip() in texts}
    line, found = 0, []
    starts = dict(dis.findlinestarts(code))
    for step in dis.get_instructions(code):
        line = starts.get(step.offset) or line
        if line in wanted:
            found.append(step)
    return found
