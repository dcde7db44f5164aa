"""What is run: a model, so many workers, an interpreter; and the script that does it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.comparing import scripts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.comparing.target import Python
    from concviz.comparing.work import Work

SEQUENTIAL, THREADS, PROCESSES, ASYNCIO, INTERPRETERS, DASK = "sequential", "threads", "processes", "asyncio", "interpreters", "dask"

MODELS = (SEQUENTIAL, THREADS, PROCESSES, ASYNCIO, INTERPRETERS)
"""What is compared unless someone names fewer, in the table's order."""

SHARED = "concviz_measured.py"
"""What lies beside the scripts."""

LIST = "inputs.txt"
"""Likewise, when the inputs are too long to stand in a script."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One row of the comparison."""

    model: str
    workers: int
    """How many work at a time; of a cluster, 0: as many as it has."""
    python: Python
    missing: str = ""
    """Why it cannot be run here, in words; "" when it can."""

    @property
    def title(self) -> str:
        """As in "threads × 4"."""
        return f"{self.model} × {self.workers}" if self.workers and self.model != SEQUENTIAL else self.model


def variants(work: Work, models: Sequence[str], workers: Sequence[int], pythons: Sequence[Python]) -> tuple[Variant, ...]:
    """All rows, by interpreter, the first one's sequential run first. `workers`: each count once, in order."""
    found = []
    for python in pythons:
        found.append(Variant(SEQUENTIAL, 1, python))
        for model in models:
            if model == INTERPRETERS and not python.interpreters:
                found.append(Variant(model, 0, python, f"Python {python.version} has no InterpreterPoolExecutor (3.14 has)"))
            elif model == DASK:
                found.append(Variant(model, 0, python, "" if python.dask else f"{python.path} -m pip install distributed brings it"))
            elif model != SEQUENTIAL:
                found += [Variant(model, count, python) for count in _counts(work, model, workers)]
    return tuple(found)


def _counts(work: Work, model: str, workers: Sequence[int]) -> list[int]:
    """Tasks cost next to nothing: all at once is one of the ways to run them."""
    more = {work.inputs.count} if work.coroutine and model == ASYNCIO else set()
    return sorted({*workers, *more})


def share(folder: Path) -> None:
    """Put into a folder what even a look at the function needs."""
    shutil.copyfile(Path(__file__).with_name("measured.py"), folder / SHARED)


def lay_out(work: Work, folder: Path) -> None:
    """Put into a folder what all scripts need beside them."""
    share(folder)
    if len(work.inputs.text) > scripts.MANY_CHARACTERS:
        (folder / LIST).write_text(work.inputs.text, encoding="utf-8")


def write(variant: Variant, work: Work, folder: Path, address: str = "") -> Path:
    """The variant's script, in a folder that is laid out. `address`: of the cluster, for dask."""
    path = folder / f"{variant.model}_{variant.workers}.py"
    path.write_text(source(variant, work, address), encoding="utf-8")
    return path


def source(variant: Variant, work: Work, address: str = "") -> str:
    """A complete program."""
    body, needed, measured = scripts.PARTS[variant.model, work.coroutine]
    call = "partial(finished, FUNCTION)" if "finished" in measured else "FUNCTION"
    constants = [f"WORKERS = {variant.workers}"] if "WORKERS" in body else []
    constants += [f"ADDRESS = {address!r}"] if "ADDRESS" in body else []
    inputs, imports = work.inputs.text, list(needed)
    if len(inputs) > scripts.MANY_CHARACTERS:
        inputs = f"ast.literal_eval(Path(__file__).with_name({LIST!r}).read_text(encoding='utf-8'))"
        imports += ["import ast", "from pathlib import Path"]
    head = scripts.HEAD.format(
        words=f"{work.name} of {work.file.name}, {variant.title}",
        imports="\n".join(sorted(imports, key=lambda line: (line.startswith("from"), line))),
        measured=", ".join(sorted({"Measured", "load", "run", *measured})),
        path=str(work.file),
        name=work.name,
        inputs=inputs,
        constants="\n".join(constants),
    )
    target = f"({str(work.file)!r}, {work.name!r})"
    return head.rstrip() + "\n\n" + body.replace("CALL", call).replace("{TARGET}", target) + scripts.TAIL
