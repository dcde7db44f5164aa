"""10,000 tasks, all alive at once."""

import asyncio
import random


async def job() -> None:
    for _ in range(3):
        await asyncio.sleep(2 * random.random())


async def main() -> None:
    await asyncio.gather(*[job() for _ in range(10_000)])


asyncio.run(main())
