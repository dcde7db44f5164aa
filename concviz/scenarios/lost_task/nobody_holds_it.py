"""A task that nobody holds: the loop itself keeps only a weak reference, so garbage collection may take it away."""

import asyncio
import gc


async def wait_for_visitor(bell):
    try:
        await bell.wait()
    finally:
        print("nobody waits for visitors any more", flush=True)


async def main():
    asyncio.create_task(wait_for_visitor(asyncio.Event()), name="porter")
    await asyncio.sleep(0.5)
    gc.collect()  # as Python does by itself, now and then
    print("main goes on", flush=True)
    await asyncio.sleep(0.5)
    print("main is done", flush=True)


asyncio.run(main())
