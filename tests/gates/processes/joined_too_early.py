"""A process that has put more into a queue than its pipe takes does not end before somebody gets it."""

import multiprocessing


def work(queue):
    queue.put("x" * 200_000)


def main():
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=work, args=(queue,))
    process.start()
    process.join()
    queue.get()


if __name__ == "__main__":
    main()
