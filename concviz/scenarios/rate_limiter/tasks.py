"""A rate limiter for tasks: whoever wants to start waits until the last start is long enough ago."""

import asyncio
import os

REQUESTS = int(os.environ.get("REQUESTS", 8))
PER_SECOND = int(os.environ.get("PER_SECOND", 5))

gate = asyncio.Lock()


async def request(number):
    async with gate:
        print(f"request {number} starts")
        await asyncio.sleep(1 / PER_SECOND)
    await asyncio.sleep(0.5)
    print(f"request {number} is answered")


async def main():
    await asyncio.gather(*[asyncio.create_task(request(number), name=f"request {number}") for number in range(REQUESTS)])


asyncio.run(main())
