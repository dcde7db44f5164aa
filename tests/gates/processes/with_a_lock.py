"""Two processes add one each to a shared value, and have its lock meanwhile."""

import multiprocessing


def add(counter):
    with counter.get_lock():
        counter.value += 1


def main():
    counter = multiprocessing.Value("i", 0)
    processes = [multiprocessing.Process(target=add, args=(counter,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert counter.value == 2, f"{counter.value} of 2"


if __name__ == "__main__":
    main()
