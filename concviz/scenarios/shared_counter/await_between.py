"""Tasks that add to one counter, with an await between reading and writing: there the others may go on, and updates are lost."""

import asyncio
import os

ADDERS = int(os.environ.get("ADDERS", 2))
ROUNDS = int(os.environ.get("ROUNDS", 300))

counter = 0


async def add():
    global counter
    for _ in range(ROUNDS):
        value = counter
        await asyncio.sleep(0)  # whoever runs here reads the same value
        counter = value + 1


async def main():
    await asyncio.gather(*[add() for _ in range(ADDERS)])


asyncio.run(main())

print(f"expected {ADDERS * ROUNDS}")
print(f"counted {counter}")
print(f"lost {ADDERS * ROUNDS - counter}")
