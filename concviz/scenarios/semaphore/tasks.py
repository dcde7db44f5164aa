"""Cars look for a place, a task each."""

import asyncio
import os

CARS = int(os.environ.get("CARS", 6))
PLACES = int(os.environ.get("PLACES", 2))


async def park(car, places):
    async with places:
        print(f"car {car} parks")
        await asyncio.sleep(0.4)
    print(f"car {car} leaves")


async def main():
    places = asyncio.BoundedSemaphore(PLACES)
    await asyncio.gather(*[park(car, places) for car in range(CARS)])


asyncio.run(main())
