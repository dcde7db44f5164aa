"""A pool of connections for tasks."""

import asyncio
import os

REQUESTS = int(os.environ.get("REQUESTS", 8))
CONNECTIONS = int(os.environ.get("CONNECTIONS", 2))


async def ask(number, free):
    connection = await free.get()
    try:
        await asyncio.sleep(0.25)  # the database thinks
        print(f"request {number} is answered")
    finally:
        await free.put(connection)


async def main():
    free = asyncio.LifoQueue()
    for connection in range(CONNECTIONS):
        await free.put(f"connection {connection}")
    await asyncio.gather(*[asyncio.create_task(ask(number, free), name=f"request {number}") for number in range(REQUESTS)])


asyncio.run(main())
