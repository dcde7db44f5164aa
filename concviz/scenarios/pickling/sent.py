"""A list is sent to another process: it is pickled here, goes through a pipe, and is built again there."""

import multiprocessing
import os

NUMBERS = int(os.environ.get("NUMBERS", 3_000_000))


def add_up(receiver):
    numbers = receiver.recv()
    print(f"the sum is {sum(numbers)}")


if __name__ == "__main__":
    receiver, sender = multiprocessing.Pipe(duplex=False)
    adder = multiprocessing.Process(target=add_up, args=(receiver,), name="adder")
    adder.start()

    numbers = list(range(NUMBERS))
    sender.send(numbers)
    adder.join()
