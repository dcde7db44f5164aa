"""A timeout for a process: it can be terminated from outside, wherever it is."""

import multiprocessing
import time


def work():
    time.sleep(1.5)
    print("the work is done all the same")


if __name__ == "__main__":
    worker = multiprocessing.Process(target=work, name="worker")
    worker.start()
    worker.join(timeout=0.5)
    if worker.is_alive():
        print("gave up", flush=True)
        worker.terminate()
        worker.join()
        print(f"exit code {worker.exitcode}")
