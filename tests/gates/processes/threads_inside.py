"""Two threads of a process add one each to a variable of its own; the first process has another one of that name."""

import multiprocessing
import threading

total = 0


def add():
    global total
    total += 1


def work():
    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total == 2, f"{total} of 2"


def main():
    process = multiprocessing.Process(target=work)
    process.start()
    process.join()
    assert total == 0


if __name__ == "__main__":
    main()
