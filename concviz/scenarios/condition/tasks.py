"""Customers and a baker, a task each."""

import asyncio

loaves = 0


async def buy(wanted, shop):
    global loaves
    async with shop:
        await shop.wait_for(lambda: loaves >= wanted)
        loaves -= wanted
    print(f"sold {wanted}")


async def bake(shop):
    global loaves
    for _ in range(6):
        await asyncio.sleep(0.2)
        async with shop:
            loaves += 1
            shop.notify_all()


async def main():
    shop = asyncio.Condition()
    workers = [asyncio.create_task(buy(wanted, shop), name=f"wants {wanted}") for wanted in (1, 2, 3)]
    workers.append(asyncio.create_task(bake(shop), name="baker"))
    await asyncio.gather(*workers)
    print(f"left {loaves}")


asyncio.run(main())
