"""The scripts are programs of their own."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from concviz.comparing.scripts import PARTS
from concviz.comparing.variants import LIST, Variant, lay_out, source, variants, write
from concviz.comparing.work import Work, each, from_word
from tests.comparing.work_files import HERE, written

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "def f(n): return n\nasync def g(n): return n"


@pytest.mark.parametrize("part", PARTS)
def test_every_script_is_python(part: tuple[str, bool], tmp_path: Path) -> None:
    model, coroutine = part
    work = Work(written(tmp_path, SOURCE), "g" if coroutine else "f", coroutine, each(3))

    text = source(Variant(model, 2, HERE), work, "tcp://127.0.0.1:1")

    compile(text, model, "exec")
    assert "CALL" not in text
    assert "{" not in text.replace("{}", "").replace("{sys.path}", "")


@pytest.mark.parametrize("part", [part for part in PARTS if part[0] not in {"interpreters", "dask"}])
def test_every_script_runs_alone_and_says_what_it_took(part: tuple[str, bool], tmp_path: Path) -> None:
    model, coroutine = part
    work = Work(written(tmp_path, SOURCE), "g" if coroutine else "f", coroutine, each(3))
    lay_out(work, tmp_path)

    ran = subprocess.run([sys.executable, write(Variant(model, 2, HERE), work, tmp_path)], capture_output=True, text=True, check=True)

    assert ran.stdout.startswith("work 0.")
    assert ran.stderr == ""


def test_long_inputs_lie_beside_the_scripts(tmp_path: Path) -> None:
    work = Work(written(tmp_path, SOURCE), "f", coroutine=False, inputs=from_word(str(["x" * 100] * 100)))
    lay_out(work, tmp_path)
    script = write(Variant("sequential", 1, HERE), work, tmp_path)

    subprocess.run([sys.executable, script], capture_output=True, check=True)

    assert len(script.read_text()) < 2000
    assert (tmp_path / LIST).stat().st_size > 10_000


def test_the_rows_are_each_model_with_each_count(tmp_path: Path) -> None:
    work = Work(tmp_path / "work.py", "f", coroutine=False, inputs=each(4))

    found = variants(work, ["sequential", "threads", "dask", "interpreters"], [1, 3], [HERE])

    assert [one.title for one in found] == ["sequential", "threads × 1", "threads × 3", "dask", "interpreters"]
    assert [bool(one.missing) for one in found] == [False, False, False, True, True]
