"""Blocking calls in a pool of their own, with a thread for each of them."""

import asyncio
import os
import time
from concurrent.futures import ThreadPoolExecutor

CALLS = int(os.environ.get("CALLS", 12))


def blocking_call(number):
    time.sleep(0.3)
    print(f"call {number} is back")


async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=CALLS, thread_name_prefix="own") as pool:
        await asyncio.gather(*[loop.run_in_executor(pool, blocking_call, number) for number in range(CALLS)])


asyncio.run(main())
