"""Two processes put one thing each into a queue, from which the first process gets both."""

import multiprocessing


def put(queue, item):
    queue.put(item)


def main():
    queue = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=put, args=(queue, item)) for item in (1, 2)]
    for process in processes:
        process.start()
    got = {queue.get() for _ in processes}
    for process in processes:
        process.join()
    assert got == {1, 2}


if __name__ == "__main__":
    main()
