"""`concviz explore`: what is typed, what comes back, and with which exit code."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from concviz.cli import main
from concviz.schedules.strategies import STRATEGIES
from concviz.verbs import explore
from tests.verbs.typed import script
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]

CLASSICS = ROOT / "tests" / "schedules" / "programs" / "classics.py"

BANK = """
    import threading

    class Account:
        def __init__(self):
            self.balance = 10

    def account():
        return Account()

    def withdraw(account):
        def take():
            if account.balance >= 10:
                account.balance = account.balance - 10
        threads = [threading.Thread(target=take) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return account.balance

    def never_negative(account):
        return account.balance >= 0
"""


def explored(capsys: Output, *words: str) -> tuple[int, str]:
    code = main(["explore", *words, "--processes", "1"])
    return code, capsys.readouterr().out


def data(capsys: Output, *words: str) -> tuple[int, dict[str, Any]]:
    code, out = explored(capsys, *words, "--json")
    (told,) = json.loads(out)["explorations"]
    return code, told


def test_a_failing_function_is_found_told_and_replayed(capsys: Output) -> None:
    code, out = explored(capsys, f"{CLASSICS}:lost_update")

    token = re.findall(r"--replay (\S+)$", out, re.MULTILINE)[0]
    assert code == 1
    assert "fails: AssertionError" in out
    assert "1 preemption" in out
    assert "100 of 100 came to the same" in out
    assert explored(capsys, f"{CLASSICS}:lost_update", "--replay", token)[0] == 1
    assert explored(capsys, f"{CLASSICS}:locked_update", "--replay", token)[0] == 0


def test_a_function_without_a_failure_holds(capsys: Output) -> None:
    code, out = explored(capsys, f"{CLASSICS}:locked_update", "--strategy", "reduced")

    assert (code, out.splitlines()[1][:16]) == (0, "holds: exhausted")


def test_a_deadlock_names_the_locks_and_their_lines(capsys: Output) -> None:
    code, told = data(capsys, f"{CLASSICS}:lock_order")

    circle = told["failure"]["circle"]
    assert (code, told["failure"]["end"], len(circle)) == (1, "deadlock", 2)
    assert all("is held by" in one["blocked"] and one["file"] == str(CLASSICS) and one["held_since_step"] for one in circle)


def test_setup_and_invariant_are_functions_of_the_file(tmp_path: Path, capsys: Output) -> None:
    target = f"{script(tmp_path, BANK)}:withdraw"

    code, told = data(capsys, target, "--setup", "account", "--invariant", "never_negative", "--no-races", "--schedules", "300")

    assert (code, told["failure"]["end"]) == (1, "invariant")


def test_a_script_can_have_one_outcome_or_more(tmp_path: Path, capsys: Output) -> None:
    source = """
        import threading
        n = 0
        def add():
            global n
            value = n
            n = value + 1
        threads = [threading.Thread(target=add) for _ in range(2)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(n)
    """
    path = script(tmp_path, source)

    any_code, whole = data(capsys, path, "--no-races", "--to-the-end", "--schedules", "300")
    one_code, one = data(capsys, path, "--one-outcome")

    assert (any_code, sorted(row["outcome"] for row in whole["outcomes"])) == (0, ["1", "2"])
    assert (one_code, one["verdict"]) == (1, "fails")


def test_a_data_race_is_a_failure_unless_it_is_said_to_be_none(tmp_path: Path, capsys: Output) -> None:
    target = f"{script(tmp_path, BANK)}:withdraw"
    words = [target, "--setup", "account", "--schedules", "60", "--strategy", "preemptions"]

    assert data(capsys, *words)[1]["failure"]["end"] == "race"
    assert data(capsys, *words, "--no-races")[0] == 0


def test_the_same_seed_gives_the_same_answer_on_one_core_and_on_two(capsys: Output) -> None:
    told = []
    for processes in ("1", "2"):
        main(["explore", f"{CLASSICS}:philosophers_3", "--processes", processes, "--seed", "3", "--json"])
        (one,) = json.loads(capsys.readouterr().out)["explorations"]
        del one["seconds"]
        told.append(one)

    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["no.py"], "there is no file no.py"),
        (["xyzzy"], "there is no scenario 'xyzzy'"),
        ([f"{CLASSICS}:lost_updat"], "classics.py has no function 'lost_updat' (did you mean 'lost_update'?)"),
        ([f"{CLASSICS}:lost_update", "--setup", "nothing"], "classics.py has no function 'nothing'"),
        (["deadlock", "--setup", "x"], "--setup and --invariant name functions of a file"),
        (["deadlock", "--replay", "!"], "'!' is not a token"),
        (["deadlock", "--seconds", "0"], "--seconds 0: that is no number of seconds above 0"),
        (["deadlock", "--schedules", "0"], "--schedules 0: that is no whole number from 1"),
        (["deadlock", "--strategy", "luck"], "--strategy luck: it is none of 'mixed'"),
        (["deadlock", "--memory", "--no-memory"], "--no-memory and --memory do not go together"),
        (["primes", "--only", "sequential"], "primes has no program that can be explored"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_explored_is_one_clear_line(words: list[str], says: str, capsys: Output) -> None:
    code = main(["explore", *words])

    err = capsys.readouterr().err
    assert (code, err.count("\n")) == (2, 1)
    assert says in err


def test_a_file_that_is_not_python_is_one_clear_line(tmp_path: Path, capsys: Output) -> None:
    code = main(["explore", script(tmp_path, "def f(:")])

    assert code == 2
    assert "program.py is not Python: line 1" in capsys.readouterr().err


def test_the_names_of_strategies_stand_where_they_cost_nothing() -> None:
    assert set(explore.STRATEGIES) == set(STRATEGIES)


def test_a_cluster_that_is_not_there_is_one_clear_line(capsys: Output) -> None:
    assert main(["explore", f"{CLASSICS}:lost_update", "--on", "tcp://127.0.0.1:1"]) == 2
    assert "Dask" in capsys.readouterr().err
