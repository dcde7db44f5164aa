"""Philosophers, a task each, and a waiter: not all may sit at the table at once, so one of them can always eat."""

import asyncio
import os

PHILOSOPHERS = int(os.environ.get("PHILOSOPHERS", 5))
MEALS = int(os.environ.get("MEALS", 2))


async def dine(seat, forks, waiter):
    left, right = seat, (seat + 1) % PHILOSOPHERS
    for _ in range(MEALS):
        async with waiter, forks[left]:
            await asyncio.sleep(0.05)
            async with forks[right]:
                await asyncio.sleep(0.1)
                print(f"philosopher {seat} has eaten")


async def main():
    forks = [asyncio.Lock() for _ in range(PHILOSOPHERS)]
    waiter = asyncio.Semaphore(PHILOSOPHERS - 1)
    await asyncio.gather(*[dine(seat, forks, waiter) for seat in range(PHILOSOPHERS)])


asyncio.run(main())
