"""Two jobs that asyncio hands to threads add one each."""

import asyncio


class Counter:
    def __init__(self):
        self.value = 0

    def add(self):
        self.value += 1


async def both():
    counter = Counter()
    await asyncio.gather(asyncio.to_thread(counter.add), asyncio.to_thread(counter.add))
    assert counter.value == 2, f"{counter.value} of 2"


def main():
    asyncio.run(both())


if __name__ == "__main__":
    main()
