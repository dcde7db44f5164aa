"""All coroutines become tasks, then all are awaited: they wait at the same time."""

import asyncio
import os

WAIT = int(os.environ.get("WAIT_MS", 500)) / 1000  # seconds


async def work(name):
    await asyncio.sleep(WAIT)
    print(f"{name} is done")


async def main():
    tasks = [asyncio.create_task(work(name), name=name) for name in ("one", "two", "three")]
    for task in tasks:
        await task


asyncio.run(main())
