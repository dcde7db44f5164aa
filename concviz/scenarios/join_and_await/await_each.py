"""Each coroutine is awaited before the next one begins: they run inside the task that awaits them, one after another."""

import asyncio
import os

WAIT = int(os.environ.get("WAIT_MS", 500)) / 1000  # seconds


async def work(name):
    await asyncio.sleep(WAIT)
    print(f"{name} is done")


async def main():
    for name in ("one", "two", "three"):
        await work(name)


asyncio.run(main())
