"""A timeout for a task: it is cancelled where it waits, and may clean up."""

import asyncio


async def work():
    try:
        await asyncio.sleep(1.5)
        print("the work is done all the same")
    finally:
        print("cleaned up", flush=True)


async def main():
    try:
        await asyncio.wait_for(asyncio.create_task(work(), name="worker"), timeout=0.5)
    except TimeoutError:
        print("gave up")


asyncio.run(main())
