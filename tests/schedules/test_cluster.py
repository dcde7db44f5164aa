"""Schedules on a Dask cluster: a real one, of this machine's own, where Dask is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from concviz.errors import PlatformError
from concviz.schedules import executors
from concviz.schedules.asking import Question, ask
from tests.schedules.toys import Toy
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from concviz.schedules.exploration import Exploration

CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A cluster of two workers that can import what we can; gives its scheduler's address."""
    script = folder / "cluster.py"
    script.write_text(CLUSTER)
    pipe = subprocess.PIPE
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate(timeout=30)


def told(exploration: Exploration) -> tuple[object, ...]:
    survey = exploration.survey
    return exploration.found, survey.schedules, survey.claims, [(tally.words, tally.count) for tally in survey.outcomes]


@pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed: pip install concviz[dask]")
def test_a_cluster_gives_the_same_answer(tmp_path: Path) -> None:
    with cluster(tmp_path) as address, executors.dask(address) as (executor, hands):
        there = [told(ask(Toy(name), Question(seed=3), executor, hands)) for name in ("philosophers", "locked")]

    assert hands == 2
    assert there == [told(ask(Toy(name), Question(seed=3))) for name in ("philosophers", "locked")]


@pytest.mark.skipif(find_spec("distributed") is not None, reason="Dask is installed here")
def test_where_dask_is_not_installed_one_line_says_how_to_get_it() -> None:
    with pytest.raises(PlatformError, match=r'pip install "concviz\[dask\]"'), executors.dask("tcp://127.0.0.1:1"):
        pass
