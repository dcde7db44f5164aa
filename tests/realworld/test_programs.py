"""Programs with libraries from PyPI: watched, they say what they say bare, and their workers are seen.

Asked for by its mark; it makes an environment of its own in a temporary folder, as requirements.lock has it:

    python -m pytest -m realworld tests/realworld
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.probes.harness import watch

pytestmark = [pytest.mark.realworld, pytest.mark.timeout(600)]

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs" / "any"

SEEN = {
    "aiohttp_server.py": ("task client 9", "task Task-.*"),
    "anyio_tasks.py": ("task .*child", "task child"),
    "celery_worker.py": ("thread ThreadPoolExecutor-.*",),
    "coverage_run.py": ("thread Thread-1 .work.",),
    "dask_threads.py": ("thread ThreadPoolExecutor-.*",),
    "flask_server.py": ("thread visitor", "thread Thread-.*process_request_thread.*"),
    "joblib_loky.py": ("process .*", "thread .*"),
    "prefork_worker.py": ("process ForkProcess-4|process Process-4",),
    "requests_pool.py": ("thread server", "thread ThreadPoolExecutor-0_0"),
    "trio_tasks.py": ("task child", "thread .*"),
    "uvicorn_server.py": ("thread uvicorn", "task Task-.*"),
    "xdist_tests.py": ("process python.*",),
}
"""Program -> what each of its workers is called, and some of the workers that it has."""

UNSTEADY = re.compile(rb"0x[0-9a-f]+|in [\d.]+s|tmp\w+")
"""What each run prints anew."""


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter with all that the programs import."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    found = str(home / "bin" / "python")
    install = [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(HERE / "requirements.lock")]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"pip cannot install requirements.lock here: {done.stderr[-300:]}")
    return found


def bare(python: str, folder: Path, name: str) -> bytes:
    """What the program prints without us."""
    script = folder / "program.py"
    script.write_text((PROGRAMS / name).read_text())
    done = subprocess.run([python, script], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=True)
    return done.stdout


@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_real_program_works_and_is_seen(tmp_path: Path, python: str, name: str) -> None:
    alone = bare(python, tmp_path, name)
    seen = watch(tmp_path, (PROGRAMS / name).read_text(), python)

    assert UNSTEADY.sub(b"", seen.stdout) == UNSTEADY.sub(b"", alone)
    workers = {f"{fields[1]} {fields[2]}" for fields in seen.workers.values()}
    assert [words for words in SEEN[name] if not any(re.fullmatch(words, worker) for worker in workers)] == [], sorted(workers)


def test_a_program_that_gevent_patches_is_refused_with_one_line(tmp_path: Path, python: str) -> None:
    seen = watch(tmp_path, (PROGRAMS / "gevent_patched.py").read_text(), python, fails=True)

    assert (seen.code, seen.stdout) == (2, b"")
    assert seen.stderr.startswith(b"concviz: gevent replaces threads, locks and sockets by its own")
    assert seen.stderr.count(b"\n") == 1
