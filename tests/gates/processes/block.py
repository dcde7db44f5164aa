"""Two processes add one each to a number in a block of shared memory, which has no lock."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add(name):
    memory = SharedMemory(name)
    memory.buf[0] += 1
    memory.close()


def main():
    memory = SharedMemory(create=True, size=1)
    processes = [multiprocessing.Process(target=add, args=(memory.name,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    total = memory.buf[0]
    memory.close()
    memory.unlink()
    assert total == 2, f"{total} of 2"


if __name__ == "__main__":
    main()
