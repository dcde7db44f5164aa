"""A task that waits for a lock, but not for ever: when its time is up, what it awaits is cancelled."""

import asyncio
import os

PATIENCE = int(os.environ.get("PATIENCE_MS", 500)) / 1000  # seconds


async def hold(lock):
    async with lock:
        await asyncio.sleep(1)


async def hurry(lock):
    try:
        async with asyncio.timeout(PATIENCE), lock:
            print("got it")
    except TimeoutError:
        print("gave up")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(hold(lock), hurry(lock))


asyncio.run(main())
