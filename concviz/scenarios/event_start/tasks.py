"""Runners wait for the start signal, a task each."""

import asyncio
import os

RUNNERS = int(os.environ.get("RUNNERS", 4))


async def run(runner, start):
    await start.wait()
    await asyncio.sleep(0.2 + 0.1 * runner)
    print(f"runner {runner} has arrived")


async def main():
    start = asyncio.Event()
    runners = [asyncio.create_task(run(runner, start)) for runner in range(RUNNERS)]

    await asyncio.sleep(0.8)
    print("go!")
    start.set()

    await asyncio.gather(*runners)


asyncio.run(main())
