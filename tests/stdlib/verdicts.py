"""The standard library's tests, run bare and run watched: the verdict of each."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from concviz.probes import host
from tests.stdlib.exceptions import expected

Verdicts = dict[str, tuple[str, str]]
"""Test id -> its verdict and the words with it. A test that begins and never ends has the verdict "begins"."""

THE_END = "the end of the process"
"""Stands for a test, where the process that ran them has failed."""

WAYS = ("fork", "spawn", "forkserver")
MULTIPROCESSING = """\
from test import _test_multiprocessing
_test_multiprocessing.install_tests_in_module_dict(globals(), "{way}")
"""
"""What test_multiprocessing_fork and the like have in them: some Pythons came with the tests, but without these."""

NONE = ("no test ends so",)

ATTEMPTS = 3
"""A test that differs is run again alone, bare and watched: some fail now and then on a busy machine."""


def claim(python: str, tests: tuple[str, ...], seconds: float) -> None:
    """AssertionError, with what it says, for a test whose verdict differs each time, or that is said to and does not."""
    known = tuple(expected("tests", python))
    found, ran = differing(python, tests, seconds)
    same = [name for name in known if any(test.endswith(name) for test in ran) and not any(test.endswith(name) for test in found)]
    for _ in range(ATTEMPTS - 1):
        found = {test: verdicts for test, verdicts in found.items() if not test.endswith(known or NONE)}
        if not found or THE_END in found:
            break
        found, _ = differing(python, tuple(name.rpartition(" ")[2].strip("()") for name in found), seconds)
    assert not found, "\n\n".join(f"{name}: {one} -> {other}\n{words}" for name, (one, other, words) in found.items())
    assert not same, f"exceptions.toml says of these that they differ: {same}"


def differing(python: str, tests: tuple[str, ...], seconds: float) -> tuple[dict[str, tuple[str, str, str]], set[str]]:
    """(test id -> its verdicts bare and watched, and the words with the latter, where the two differ; all that ran)."""
    alone, seen = bare(python, tests, seconds), watched(python, tests, seconds)
    assert not any(test.startswith("unittest.loader.") for test in alone), f"not there: {tests}: {alone}"
    nothing = "is not run", ""
    ran = alone.keys() | seen.keys()
    found = {
        test: (alone.get(test, nothing)[0], *seen.get(test, nothing))
        for test in sorted(ran)
        if alone.get(test, nothing)[0] != seen.get(test, nothing)[0]
    }
    return found, ran


def bare(python: str, tests: tuple[str, ...], seconds: float) -> Verdicts:
    """Each test's verdict under the interpreter alone."""
    with TemporaryDirectory() as folder:
        return _verdicts([python, "-m", "judged"], tests, seconds, Path(folder), ())


def watched(python: str, tests: tuple[str, ...], seconds: float) -> Verdicts:
    """Each test's verdict under the probes, with its current lines, as `concviz run -m` starts it."""
    shared = Path("/dev/shm")
    with TemporaryDirectory() as folder, TemporaryDirectory(dir=shared if shared.is_dir() else None) as rings:
        ready, says_ready = os.pipe()
        go, says_go = os.pipe()
        os.write(says_go, b"g")
        try:
            command = [python, str(host.__file__), rings, str(says_ready), str(go), "1", "judged", "-m"]
            return _verdicts(command, tests, seconds, Path(folder), (says_ready, go))
        finally:
            for fd in (ready, says_ready, go, says_go):
                os.close(fd)


def _verdicts(command: list[str], tests: tuple[str, ...], seconds: float, folder: Path, fds: tuple[int, ...]) -> Verdicts:
    shutil.copy(Path(__file__).parent / "judged.py", folder)
    for way in WAYS:
        (folder / f"multiprocessing_{way}.py").write_text(MULTIPROCESSING.format(way=way))
    notes, words = folder / "notes", folder / "words"
    notes.touch()
    with (
        words.open("wb") as out,
        subprocess.Popen(
            [*command, str(notes), str(seconds), *tests],
            pass_fds=fds,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=folder,
            start_new_session=True,
            preexec_fn=_heed_interrupts,  # noqa: PLW1509 - one thread
        ) as program,
    ):
        try:
            program.wait(seconds + 10)
        except subprocess.TimeoutExpired:
            pass
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
    found = read(notes)
    if program.returncode:
        found[THE_END] = f"exit {program.returncode}", words.read_text(errors="replace")[-20_000:]
    return found


def _heed_interrupts() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would the tests that send it to themselves."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def read(notes: Path) -> Verdicts:
    """What `judged` has noted. Of several verdicts on one test the first that is no pass stands."""
    found: Verdicts = {}
    for line in notes.read_text(encoding="utf-8").splitlines():
        verdict, test, words = json.loads(line)
        if found.get(test, ("begins", ""))[0] in {"begins", "passes"} and verdict != "begins":
            found[test] = verdict, words
        found.setdefault(test, (verdict, words))
    return found


@cache
def has_tests(python: str) -> bool:
    """Whether this Python came with its tests; many of a system's do not."""
    return bool(modules(python, "test_sched"))


@cache
def modules(python: str, name: str) -> tuple[str, ...]:
    """The test module's full name; of a package those of its modules that are meant for this system. () when there is none."""
    found = subprocess.run([python, "-c", "import test; print(test.__path__[0])"], capture_output=True, text=True, check=False)
    where = Path(found.stdout.strip() or "/nowhere") / name
    if where.is_dir():
        return tuple(f"test.{name}.{path.stem}" for path in sorted(where.glob("test_*.py")) if "windows" not in path.stem)
    if where.with_suffix(".py").is_file():
        return (f"test.{name}",)
    short = name.removeprefix("test_")
    return (short,) if short.removeprefix("multiprocessing_") in WAYS and (where.parent / "_test_multiprocessing.py").is_file() else ()
