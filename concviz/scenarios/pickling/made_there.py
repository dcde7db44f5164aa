"""Only how long the list has to be is sent to the other process, which makes it itself."""

import multiprocessing
import os

NUMBERS = int(os.environ.get("NUMBERS", 3_000_000))


def add_up(receiver):
    numbers = list(range(receiver.recv()))
    print(f"the sum is {sum(numbers)}")


if __name__ == "__main__":
    receiver, sender = multiprocessing.Pipe(duplex=False)
    adder = multiprocessing.Process(target=add_up, args=(receiver,), name="adder")
    adder.start()

    sender.send(NUMBERS)
    adder.join()
