"""Correct: what one thread puts into a SimpleQueue, another gets, in order."""

import queue
import threading


def main():
    things, got = queue.SimpleQueue(), []

    def produce():
        for number in range(3):
            things.put(number)

    def consume():
        for _ in range(3):
            got.append(things.get())

    threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [0, 1, 2], got


if __name__ == "__main__":
    main()
