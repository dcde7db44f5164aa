"""More jobs than may run: every job is a task at once, and a semaphore lets some of them go on."""

import asyncio
import os

JOBS = int(os.environ.get("JOBS", 10))
WORKERS = int(os.environ.get("WORKERS", 3))


async def job(number, limit):
    async with limit:
        await asyncio.sleep(0.1 * (1 + number % 4))
        return f"job {number} is done"


async def main():
    limit = asyncio.Semaphore(WORKERS)
    for words in await asyncio.gather(*[job(number, limit) for number in range(JOBS)]):
        print(words)


asyncio.run(main())
