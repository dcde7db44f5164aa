"""A thread's local is of no use to tasks: they all run in the same thread."""

import asyncio
import threading

current = threading.local()


def answer():
    print(f"{asyncio.current_task().get_name()} is greeted as {current.user}")


async def handle(name):
    current.user = name
    await asyncio.sleep(0.3)
    answer()


async def main():
    await asyncio.gather(*[asyncio.create_task(handle(name), name=name) for name in ("Anna", "Ben", "Carl")])


asyncio.run(main())
