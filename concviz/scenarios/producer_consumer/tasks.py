"""A quick producer and a slow consumer, a task each."""

import asyncio
import os

ITEMS = int(os.environ.get("ITEMS", 10))
ROOM = int(os.environ.get("ROOM", 3))


async def produce(shelf):
    for item in range(ITEMS):
        await asyncio.sleep(0.05)
        await shelf.put(item)
        print(f"put {item}")
    await shelf.put(None)  # no more


async def consume(shelf):
    while (item := await shelf.get()) is not None:
        await asyncio.sleep(0.15)
        print(f"used {item}")


async def main():
    shelf = asyncio.Queue(maxsize=ROOM)
    await asyncio.gather(produce(shelf), consume(shelf))


asyncio.run(main())
