"""Count primes, a task for each part: a task that never awaits holds the loop until it is done."""

import asyncio
import os

LIMIT = int(os.environ.get("LIMIT", 500_000))
PARTS = int(os.environ.get("PARTS", 4))


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


async def count(part):
    numbers = range(part * LIMIT // PARTS, (part + 1) * LIMIT // PARTS)
    found = sum(map(is_prime, numbers))
    print(f"part {part}: {found} primes")


async def main():
    await asyncio.gather(*[count(part) for part in range(PARTS)])


asyncio.run(main())
