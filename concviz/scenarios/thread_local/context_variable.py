"""A context variable: each task has a value of its own, since each runs in a copy of the context."""

import asyncio
from contextvars import ContextVar

user = ContextVar("user")


def answer():
    print(f"{asyncio.current_task().get_name()} is greeted as {user.get()}")


async def handle(name):
    user.set(name)
    await asyncio.sleep(0.3)
    answer()


async def main():
    await asyncio.gather(*[asyncio.create_task(handle(name), name=name) for name in ("Anna", "Ben", "Carl")])


asyncio.run(main())
