"""An exception in a process: it is printed, and all that the parent gets is an exit code."""

import multiprocessing
import time


def divide(number):
    time.sleep(0.3)
    print(f"result {100 // number}")


if __name__ == "__main__":
    processes = [multiprocessing.Process(target=divide, args=(number,), name=f"by {number}") for number in (5, 0, 2)]

    for process in processes:
        process.start()

    for process in processes:
        process.join()
        print(f"{process.name}: exit code {process.exitcode}")
