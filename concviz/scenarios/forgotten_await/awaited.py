"""With await the coroutine is run, inside the task that awaits it."""

import asyncio


async def save(order):
    await asyncio.sleep(0.5)
    print(f"{order} is saved")


async def main():
    print("the order comes in")
    await save("the order")
    await asyncio.sleep(0.3)
    print("goodbye")


asyncio.run(main())
