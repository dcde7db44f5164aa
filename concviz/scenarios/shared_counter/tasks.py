"""Tasks that add to one counter: only an await lets another one in, and there is none between reading and writing."""

import asyncio
import os

ADDERS = int(os.environ.get("ADDERS", 2))
ROUNDS = int(os.environ.get("ROUNDS", 300))

counter = 0


async def add():
    global counter
    for _ in range(ROUNDS):
        value = counter
        counter = value + 1
        await asyncio.sleep(0.001)  # here the others may go on


async def main():
    await asyncio.gather(*[add() for _ in range(ADDERS)])


asyncio.run(main())

print(f"expected {ADDERS * ROUNDS}")
print(f"counted {counter}")
print(f"lost {ADDERS * ROUNDS - counter}")
