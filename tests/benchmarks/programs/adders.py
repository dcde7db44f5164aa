"""Two threads that add to one counter, a hundred times each."""

import threading

counter = 0


def add() -> None:
    global counter  # noqa: PLW0603 - what the threads share
    for _ in range(100):
        counter += 1


adders = [threading.Thread(target=add) for _ in range(2)]
for adder in adders:
    adder.start()
for adder in adders:
    adder.join()
