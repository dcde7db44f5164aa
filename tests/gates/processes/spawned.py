"""Two processes that are spawned tell each other things by all that `multiprocessing` has for it, and go on together."""

import multiprocessing


def work(things, pipe):
    event, condition, semaphore, barrier, counter, queue = things
    event.wait()
    with condition:
        counter.value += 1
        condition.notify()
    with semaphore:
        queue.put(pipe.recv())
    barrier.wait()


def main():
    context = multiprocessing.get_context("spawn")
    event, condition, semaphore = context.Event(), context.Condition(), context.Semaphore(1)
    barrier, counter, queue = context.Barrier(3), context.Value("i", 0), context.Queue()
    here, there = zip(*[context.Pipe() for _ in range(2)])
    things = event, condition, semaphore, barrier, counter, queue
    processes = [context.Process(target=work, args=(things, end)) for end in there]
    for process in processes:
        process.start()
    event.set()
    with condition:
        while counter.value < 2:
            condition.wait()
    for number, end in enumerate(here):
        end.send(number)
    barrier.wait()
    assert {queue.get() for _ in processes} == {0, 1}
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
