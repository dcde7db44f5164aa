"""A cluster beside the other models: a real one, of this machine's own, where Dask is installed."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from concviz.comparing.variants import DASK, variants
from concviz.comparing.work import Work, each
from tests.comparing.work_files import HERE, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    """A cluster of two workers; gives its scheduler's address."""
    script = folder / "cluster.py"
    script.write_text(CLUSTER)
    with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate(timeout=30)


@pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed: pip install concviz[dask]")
@pytest.mark.parametrize("source", ["def f(n): return n * n", "async def f(n): return n * n"])
def test_a_cluster_computes_the_same(tmp_path: Path, source: str, capsys: pytest.CaptureFixture[str]) -> None:
    with cluster(tmp_path) as address:
        words = ["--on", address, "--only", "dask", "--repeat", "1", "--workers", "2", "--json"]
        assert main(["compare", f"{written(tmp_path, source)}:f", *words]) == 0

    told = json.loads(capsys.readouterr().out)
    (row,) = [row for row in told["rows"] if row["model"] == DASK]
    assert (row["failure"], row["cpu_s"], row["memory_bytes"]) == (None, None, None)
    assert row["speed_up"]["median"] > 0
    assert told["results"]["differences"] == []


def test_where_dask_is_not_installed_its_row_says_how_to_get_it(tmp_path: Path) -> None:
    work = Work(tmp_path / "work.py", "f", coroutine=False, inputs=each(4))

    (_, row) = variants(work, [DASK], [1], [HERE])

    assert "pip install distributed" in row.missing
