"""Results of tasks as they come."""

import asyncio


async def job(number):
    await asyncio.sleep(1.2 - 0.3 * number)
    return f"job {number} is done"


async def main():
    for first_done in asyncio.as_completed([job(number) for number in range(4)]):
        print(await first_done, flush=True)


asyncio.run(main())
