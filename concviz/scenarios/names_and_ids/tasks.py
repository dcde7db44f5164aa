"""Tasks: each has a name; all run in the same thread of the same process."""

import asyncio
import os
import threading


async def tell():
    name = asyncio.current_task().get_name()
    print(f"{name}: process {os.getpid()}, thread {threading.get_native_id()}")


async def main():
    tasks = [asyncio.create_task(tell(), name=name) for name in ("reader", "writer", "printer")]
    await asyncio.gather(*tasks)
    await tell()


asyncio.run(main())
