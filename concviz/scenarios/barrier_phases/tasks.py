"""Workers go through phases together, a task each."""

import asyncio
import os

WORKERS = int(os.environ.get("WORKERS", 3))
PHASES = int(os.environ.get("PHASES", 3))


async def work(worker, barrier):
    for phase in range(PHASES):
        await asyncio.sleep(0.15 * (1 + (worker + phase) % WORKERS))
        print(f"worker {worker} is done with phase {phase}")
        await barrier.wait()


async def main():
    barrier = asyncio.Barrier(WORKERS)
    await asyncio.gather(*[work(worker, barrier) for worker in range(WORKERS)])
    print("all phases are done")


asyncio.run(main())
