"""A thread is given the list itself: nothing is copied, since threads share their memory."""

import os
import queue
import threading

NUMBERS = int(os.environ.get("NUMBERS", 3_000_000))


def add_up(lists):
    numbers = lists.get()
    print(f"the sum is {sum(numbers)}")


lists = queue.Queue()
adder = threading.Thread(target=add_up, args=(lists,), name="adder")
adder.start()

numbers = list(range(NUMBERS))
lists.put(numbers)
adder.join()
