"""A spawned process begins with a lock of its own, which nobody holds."""

import multiprocessing
import threading
import time

log = threading.Lock()


def write_long_entry():
    with log:
        time.sleep(0.5)


def work():
    print("the child wants to write", flush=True)
    with log:
        print("the child has written")


if __name__ == "__main__":
    writer = threading.Thread(target=write_long_entry, name="writer")
    writer.start()

    child = multiprocessing.get_context("spawn").Process(target=work, name="child")
    child.start()

    writer.join()
    child.join()
    print("all is written")
