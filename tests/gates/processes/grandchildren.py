"""A process starts another one, and a thread beside it; all of them take one lock."""

import multiprocessing
import threading


def add(lock, counter):
    with lock:
        counter.value += 1


def work(lock, counter):
    thread = threading.Thread(target=add, args=(lock, counter))
    process = multiprocessing.Process(target=add, args=(lock, counter))
    thread.start()
    process.start()
    add(lock, counter)
    process.join()
    thread.join()


def main():
    lock, counter = multiprocessing.Lock(), multiprocessing.Value("i", 0)
    process = multiprocessing.Process(target=work, args=(lock, counter))
    process.start()
    process.join()
    assert counter.value == 3


if __name__ == "__main__":
    main()
