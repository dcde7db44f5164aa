"""A task group: the block ends when all of its tasks have ended, so none of them can outlive it."""

import asyncio


async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    print(f"{dish} is ready", flush=True)
    return dish


async def main():
    async with asyncio.TaskGroup() as kitchen:
        soup = kitchen.create_task(cook("soup", 0.9), name="soup")
        salad = kitchen.create_task(cook("salad", 0.3), name="salad")
        bread = kitchen.create_task(cook("bread", 0.6), name="bread")
    print("served:", ", ".join(dish.result() for dish in (soup, salad, bread)))


asyncio.run(main())
