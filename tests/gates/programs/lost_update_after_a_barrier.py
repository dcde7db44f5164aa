"""Two threads meet at a barrier, then both add one."""

import threading


class Counter:
    def __init__(self):
        self.value = 0


def add(counter, barrier):
    barrier.wait()
    counter.value += 1


def main():
    counter, barrier = Counter(), threading.Barrier(2)
    threads = [threading.Thread(target=add, args=(counter, barrier)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.value == 2, f"{counter.value} of 2"


if __name__ == "__main__":
    main()
