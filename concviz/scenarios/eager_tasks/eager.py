"""Eager tasks: create_task runs each at once, as far as its first real wait; many are done by then."""

import asyncio
import sys

if not hasattr(asyncio, "eager_task_factory"):
    sys.exit("this needs asyncio.eager_task_factory: Python 3.12 or later")
pages = {}


async def load(page):
    if page not in pages:
        await asyncio.sleep(0.5)
        pages[page] = f"text of {page}"
        print(f"{page}: loaded")
    else:
        print(f"{page}: was here already")


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    await load("index")
    tasks = [asyncio.create_task(load(page), name=page) for page in ("index", "news", "index")]
    print("all tasks are created")
    await asyncio.gather(*tasks)


asyncio.run(main())
