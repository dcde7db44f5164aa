"""Two processes take two locks in opposite order."""

import multiprocessing


def work(first, second):
    with first, second:
        pass


def main():
    a, b = multiprocessing.Lock(), multiprocessing.Lock()
    processes = [multiprocessing.Process(target=work, args=locks) for locks in ((a, b), (b, a))]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
