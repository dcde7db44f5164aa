"""Three waits, a task each: one thread is enough to wait for all of them."""

import asyncio
import os

WAIT = int(os.environ.get("WAIT_MS", 600)) / 1000  # seconds


async def wait(name):
    await asyncio.sleep(WAIT)
    print(f"{name} has waited")


async def main():
    await asyncio.gather(*[wait(name) for name in ("one", "two", "three")])


asyncio.run(main())
