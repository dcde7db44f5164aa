"""A process that is told to end while it has a lock never gives it back."""

import multiprocessing
import time


def work(lock):
    with lock:
        time.sleep(10)


def main():
    lock = multiprocessing.Lock()
    process = multiprocessing.Process(target=work, args=(lock,))
    process.start()
    process.terminate()
    process.join()
    with lock:
        pass


if __name__ == "__main__":
    main()
