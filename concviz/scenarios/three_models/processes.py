"""Four processes: each tells its name."""

from multiprocessing import Process, current_process


def work():
    name = current_process().name
    print("Worker:", name)


if __name__ == "__main__":
    workers = [Process(target=work) for _ in range(4)]

    for worker in workers:
        worker.start()

    for worker in workers:
        worker.join()

    print("Processing complete!")
