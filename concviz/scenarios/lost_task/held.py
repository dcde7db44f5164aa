"""A task that is held in a set lives until it is done, or cancelled."""

import asyncio
import gc

background = set()


async def wait_for_visitor(bell):
    try:
        await bell.wait()
    finally:
        print("nobody waits for visitors any more", flush=True)


async def main():
    porter = asyncio.create_task(wait_for_visitor(asyncio.Event()), name="porter")
    background.add(porter)
    porter.add_done_callback(background.discard)
    del porter
    await asyncio.sleep(0.5)
    gc.collect()  # as Python does by itself, now and then
    print("main goes on", flush=True)
    await asyncio.sleep(0.5)
    print("main is done", flush=True)


asyncio.run(main())
