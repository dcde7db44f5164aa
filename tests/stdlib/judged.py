"""Run tests of the standard library and note each one's verdict. Copied into a folder of its own, and run there:

python -m judged NOTES SECONDS TEST ...

TEST: "test.test_queue", or a class or a test in it. After SECONDS all stacks go to standard error, and the process ends.
"""

# ruff: noqa: N802 - the methods are called what unittest calls them

from __future__ import annotations

import contextlib
import faulthandler
import json
import sys
import unittest
from importlib import import_module
from pathlib import Path
from typing import Any

NOTES = Path(sys.argv[1] if sys.argv[2:] else "notes").absolute()


class Verdicts(unittest.TextTestResult):
    """Writes a line for each test that begins, and one for each verdict."""

    def note(self, verdict: str, test: unittest.TestCase, words: str = "") -> None:
        with NOTES.open("a", encoding="utf-8") as file:
            file.write(json.dumps([verdict, test.id(), words]) + "\n")

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.note("begins", test)

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self.note("passes", test)

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        super().addError(test, err)
        self.note("fails", test, self.errors[-1][1])

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addFailure(test, err)
        self.note("fails", test, self.failures[-1][1])

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.note("fails", test, (self.failures or self.errors)[-1][1])

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        self.note("skips", test, reason)

    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addExpectedFailure(test, err)
        self.note("fails as expected", test)

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        super().addUnexpectedSuccess(test)
        self.note("passes unexpectedly", test)


def judge(seconds: float, tests: list[str]) -> None:
    """Run the tests, without those that need the network, much time or much memory."""
    support: Any = import_module("test.support")
    support.use_resources = []
    faulthandler.dump_traceback_later(seconds, exit=True)
    with contextlib.suppress(SystemExit):
        runner: Any = unittest.TextTestRunner
        unittest.main(module=None, argv=["judged", *tests], testRunner=runner(resultclass=Verdicts, verbosity=2))
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    judge(float(sys.argv[2]), sys.argv[3:])
