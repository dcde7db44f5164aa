"""A task group: when one of its tasks fails, the others are cancelled."""

import asyncio


async def work(name, seconds):
    await asyncio.sleep(seconds)
    if name == "bad":
        raise ValueError("this one fails")
    print(f"{name} is done")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work("quick", 0.2))
            group.create_task(work("bad", 0.5))
            group.create_task(work("slow", 1.2))
    except* ValueError as failures:
        print(f"failed: {failures.exceptions[0]}")


asyncio.run(main())
