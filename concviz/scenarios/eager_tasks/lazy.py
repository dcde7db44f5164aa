"""Ordinary tasks: create_task only makes them ready; they begin when the loop comes round to them."""

import asyncio

pages = {}


async def load(page):
    if page not in pages:
        await asyncio.sleep(0.5)
        pages[page] = f"text of {page}"
        print(f"{page}: loaded")
    else:
        print(f"{page}: was here already")


async def main():
    await load("index")
    tasks = [asyncio.create_task(load(page), name=page) for page in ("index", "news", "index")]
    print("all tasks are created")
    await asyncio.gather(*tasks)


asyncio.run(main())
