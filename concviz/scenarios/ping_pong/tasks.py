"""Two players, a task each: a condition tells each when it is its turn."""

import asyncio
import os

ROUNDS = int(os.environ.get("ROUNDS", 5))

turn = "ping"


async def play(me, other, changed):
    global turn
    for _ in range(ROUNDS):
        async with changed:
            await changed.wait_for(lambda: turn == me)
        print(me)
        await asyncio.sleep(0.1)
        async with changed:
            turn = other
            changed.notify()


async def main():
    changed = asyncio.Condition()
    await asyncio.gather(play("ping", "pong", changed), play("pong", "ping", changed))


asyncio.run(main())
