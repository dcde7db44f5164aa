"""Jobs that first wait and then compute: the tasks wait, and give the computing to a pool of processes."""

import asyncio
import os
from concurrent.futures import ProcessPoolExecutor

JOBS = int(os.environ.get("JOBS", 4))
WAIT = int(os.environ.get("WAIT_MS", 300)) / 1000  # seconds
WORK = int(os.environ.get("WORK", 3_000_000))


def compute():
    return sum(value * value for value in range(WORK))


async def job(number, pool):
    await asyncio.sleep(WAIT)  # as for a disk or a network
    total = await asyncio.get_running_loop().run_in_executor(pool, compute)
    print(f"job {number}: {total}")


async def main():
    with ProcessPoolExecutor() as pool:
        await asyncio.gather(*[job(number, pool) for number in range(JOBS)])


if __name__ == "__main__":
    asyncio.run(main())
