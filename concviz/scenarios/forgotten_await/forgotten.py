"""The call without await only makes a coroutine: nothing in it is ever run, and Python warns when it throws it away."""

import asyncio


async def save(order):
    await asyncio.sleep(0.5)
    print(f"{order} is saved")


async def main():
    print("the order comes in")
    save("the order")
    await asyncio.sleep(0.3)
    print("goodbye")


asyncio.run(main())
