"""An exception in a task: it waits there until somebody awaits the task, and is raised in that place."""

import asyncio


async def divide(number):
    await asyncio.sleep(0.3)
    print(f"result {100 // number}")


async def main():
    tasks = [asyncio.create_task(divide(number), name=f"by {number}") for number in (5, 0, 2)]
    for task in tasks:
        try:
            await task
        except ZeroDivisionError:
            print(f"{task.get_name()}: no result")


asyncio.run(main())
