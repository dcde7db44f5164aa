"""The scripts that are compared, a text for each model: complete programs, as one would write them, with stamps in them.

`CALL` stands for the function, or for what runs its coroutine to the end. Nothing but the stamps, and a wait until all
workers are there, stands between the model's own idiom and its figures.
"""

from __future__ import annotations

HEAD = '''\
"""{words}

Written by `concviz compare`; runs alone too: it needs the file concviz_measured.py beside it.
"""

{imports}

from concviz_measured import {measured}

FUNCTION = load({path!r}, {name!r})
INPUTS = {inputs}
{constants}

'''

TAIL = """

if __name__ == "__main__":
    run(main)
"""

SEQUENTIAL = """
def main():
    measured = Measured()
    measured.begins()
    results = [FUNCTION(item) for item in INPUTS]
    measured.ends()
    measured.report(INPUTS, results)
"""

SEQUENTIAL_COROUTINES = """
async def work(measured):
    measured.begins()
    results = [await FUNCTION(item) for item in INPUTS]
    measured.ends()
    return results


def main():
    measured = Measured()
    results = asyncio.run(work(measured))
    measured.report(INPUTS, results)
"""

THREADS = """
def main():
    measured = Measured()
    with ThreadPoolExecutor(WORKERS) as pool:
        there = Barrier(WORKERS)
        list(pool.map(lambda _: there.wait(WAIT_SECONDS), range(WORKERS)))
        measured.begins()
        results = list(pool.map(CALL, INPUTS))
        measured.ends()
    measured.report(INPUTS, results)
"""

PROCESSES = """
def arrive(barrier):
    global there
    there = barrier


def answer(_):
    there.wait(WAIT_SECONDS)


def main():
    measured = Measured()
    with ProcessPoolExecutor(WORKERS, initializer=arrive, initargs=(Barrier(WORKERS),)) as pool:
        list(pool.map(answer, range(WORKERS)))
        measured.begins()
        results = list(pool.map(CALL, INPUTS))
        measured.ends()
    measured.report(INPUTS, results)
"""

ASYNCIO = """
async def work(measured):
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(WORKERS))
    there = Barrier(WORKERS)
    await asyncio.gather(*[asyncio.to_thread(there.wait, WAIT_SECONDS) for _ in range(WORKERS)])
    measured.begins()
    results = await asyncio.gather(*[asyncio.to_thread(FUNCTION, item) for item in INPUTS])
    measured.ends()
    return results


def main():
    measured = Measured()
    results = asyncio.run(work(measured))
    measured.report(INPUTS, results)
"""

ASYNCIO_COROUTINES = """
async def work(measured):
    room = asyncio.Semaphore(WORKERS)

    async def one(item):
        async with room:
            return await FUNCTION(item)

    measured.begins()
    results = await asyncio.gather(*[asyncio.create_task(one(item)) for item in INPUTS])
    measured.ends()
    return results


def main():
    measured = Measured()
    results = asyncio.run(work(measured))
    measured.report(INPUTS, results)
"""

INTERPRETERS = """
SET_UP = f"import sys; sys.path[:] = {sys.path}; import concviz_measured; concviz_measured.load{TARGET}"


def main():
    measured = Measured()
    arrivals, departures = os.pipe(), os.pipe()
    with InterpreterPoolExecutor(WORKERS, initializer=exec, initargs=(SET_UP, {})) as pool:
        there = [pool.submit(arrive, arrivals[1], departures[0]) for _ in range(WORKERS)]
        await_arrivals(arrivals[0], there)
        os.write(departures[1], b"." * WORKERS)
        measured.begins()
        results = list(pool.map(CALL, INPUTS))
        measured.ends()
    measured.report(INPUTS, results)
"""

DASK = """
def main():
    measured = Measured()
    register_pickle_by_value(sys.modules[FUNCTION.__module__])
    with Client(ADDRESS, timeout=WAIT_SECONDS) as client:
        client.wait_for_workers(1, timeout=WAIT_SECONDS)
        measured.begins()
        results = client.gather(client.map(CALL, INPUTS, pure=False))
        measured.ends()
        measured.elsewhere()
    measured.report(INPUTS, results)
"""

MANY_CHARACTERS = 4000
"""Longer lists of inputs do not stand in the scripts but in a file beside them."""

Part = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A body, what it imports, and what it takes from the file beside it."""

_THREADS = ("from concurrent.futures import ThreadPoolExecutor", "from threading import Barrier")
_PROCESSES = ("from concurrent.futures import ProcessPoolExecutor", "from multiprocessing import Barrier")
_INTERPRETERS = ("import os", "import sys", "from concurrent.futures import InterpreterPoolExecutor")
_DASK = ("import sys", "from cloudpickle import register_pickle_by_value", "from distributed import Client")
_PARTIAL = "from functools import partial"

PARTS: dict[tuple[str, bool], Part] = {
    ("sequential", False): (SEQUENTIAL, (), ()),
    ("sequential", True): (SEQUENTIAL_COROUTINES, ("import asyncio",), ()),
    ("threads", False): (THREADS, _THREADS, ("WAIT_SECONDS",)),
    ("threads", True): (THREADS, (*_THREADS, _PARTIAL), ("WAIT_SECONDS", "finished")),
    ("processes", False): (PROCESSES, _PROCESSES, ("WAIT_SECONDS",)),
    ("processes", True): (PROCESSES, (*_PROCESSES, _PARTIAL), ("WAIT_SECONDS", "finished")),
    ("asyncio", False): (ASYNCIO, ("import asyncio", *_THREADS), ("WAIT_SECONDS",)),
    ("asyncio", True): (ASYNCIO_COROUTINES, ("import asyncio",), ()),
    ("interpreters", False): (INTERPRETERS, _INTERPRETERS, ("arrive", "await_arrivals")),
    ("interpreters", True): (INTERPRETERS, (*_INTERPRETERS, _PARTIAL), ("arrive", "await_arrivals", "finished")),
    ("dask", False): (DASK, _DASK, ("WAIT_SECONDS",)),
    ("dask", True): (DASK, _DASK, ("WAIT_SECONDS",)),
}
"""(model, whether the function is a coroutine function) -> its script's parts."""
