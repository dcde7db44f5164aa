"""A worker as Celery's prefork has them: processes that take jobs from a queue, and are replaced after a few."""

import multiprocessing

JOBS, EACH = 12, 3


def work(jobs, results):
    for _ in range(EACH):
        job = jobs.get()
        results.put((job, job**2))


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    jobs, results = context.Queue(), context.Queue()
    for job in range(JOBS):
        jobs.put(job)
    done, workers = [], []
    while len(done) < JOBS:
        while len(workers) < min(2 + len(done) // EACH, JOBS // EACH):
            workers.append(context.Process(target=work, args=(jobs, results)))
            workers[-1].start()
        done.append(results.get())
    for worker in workers:
        worker.join()
    print(sorted(done))
