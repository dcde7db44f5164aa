"""The same in a pool's threads."""

from concurrent.futures import ThreadPoolExecutor


class Counter:
    def __init__(self):
        self.value = 0

    def add(self):
        self.value += 1


def main():
    counter = Counter()
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(counter.add) for _ in range(2)]:
            done.result()
    assert counter.value == 2, f"{counter.value} of 2"


if __name__ == "__main__":
    main()
