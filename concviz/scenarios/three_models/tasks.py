"""One coroutine: it counts to ten, and lets the loop go on between two numbers."""

import asyncio


async def count():
    for number in range(1, 11):
        print(number)
        await asyncio.sleep(1)


asyncio.run(count())
