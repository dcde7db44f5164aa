"""A pipeline: each stage is a task that takes from one queue and puts into the next."""

import asyncio
import os

ITEMS = int(os.environ.get("ITEMS", 12))


async def fetch(fetched):
    for item in range(ITEMS):
        await asyncio.sleep(0.04)
        await fetched.put(item)
    await fetched.put(None)  # no more


async def parse(fetched, parsed):
    while (item := await fetched.get()) is not None:
        await asyncio.sleep(0.12)
        await parsed.put(item)
    await parsed.put(None)


async def store(parsed):
    while (item := await parsed.get()) is not None:
        await asyncio.sleep(0.02)
        print(f"stored {item}")


async def main():
    fetched, parsed = asyncio.Queue(maxsize=3), asyncio.Queue(maxsize=3)
    async with asyncio.TaskGroup() as stages:
        stages.create_task(fetch(fetched), name="fetch")
        stages.create_task(parse(fetched, parsed), name="parse")
        stages.create_task(store(parsed), name="store")


asyncio.run(main())
