"""An exception in a task that nobody awaits: asyncio tells of it, but only when the task is thrown away."""

import asyncio


async def divide(number):
    await asyncio.sleep(0.3)
    print(f"result {100 // number}")


async def main():
    tasks = [asyncio.create_task(divide(number), name=f"by {number}") for number in (5, 0, 2)]
    await asyncio.sleep(0.6)
    print("all is done, or so it seems", flush=True)
    tasks.clear()
    await asyncio.sleep(0.2)


asyncio.run(main())
