"""Small concurrent programs as one writes them, each a function; what is wrong with each, `EXPECTED` says."""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

Work = Callable[[], object]


class Counter:
    def __init__(self) -> None:
        self.n = 0

    def add(self) -> None:
        value = self.n
        self.n = value + 1


def together(*works: Work) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def lost_update() -> None:
    counter = Counter()
    together(counter.add, counter.add)
    assert counter.n == 2


def locked_update() -> None:
    counter, lock = Counter(), threading.Lock()

    def add() -> None:
        with lock:
            counter.add()

    together(add, add)
    assert counter.n == 2


def lost_update_in_pool() -> None:
    counter = Counter()
    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(counter.add) for _ in range(2)]:
            job.result()
    assert counter.n == 2


def barrier_then_lost_update() -> None:
    counter, barrier = Counter(), threading.Barrier(2)

    def add() -> None:
        barrier.wait()
        counter.add()

    together(add, add)
    assert counter.n == 2


def simple_queue() -> None:
    items: queue.SimpleQueue[int] = queue.SimpleQueue()
    got: list[int] = []

    def produce() -> None:
        items.put(1)
        items.put(2)

    def consume() -> None:
        got.append(items.get())
        got.append(items.get())

    together(produce, consume)
    assert got == [1, 2]


class Shelf:
    """Consumers that wait for items with `while`, or wrongly with `if`."""

    def __init__(self) -> None:
        self.ready = threading.Condition()
        self.items: list[int] = []

    def put(self) -> None:
        with self.ready:
            self.items.append(1)
            self.ready.notify()

    def take(self) -> None:
        with self.ready:
            while not self.items:
                self.ready.wait()
            self.items.pop()

    def take_with_if(self) -> None:
        with self.ready:
            if not self.items:
                self.ready.wait()
            self.items.pop()


def condition_while() -> None:
    shelf = Shelf()
    together(shelf.take, shelf.put)


def condition_if() -> None:
    shelf = Shelf()

    def put_two() -> None:
        shelf.put()
        shelf.put()

    together(shelf.take_with_if, shelf.take_with_if, put_two)


def in_order(first: threading.Lock, second: threading.Lock) -> Work:
    def work() -> None:
        with first, second:
            pass

    return work


def lock_order() -> None:
    a, b = threading.Lock(), threading.Lock()
    together(in_order(a, b), in_order(b, a))


def philosophers(count: int) -> None:
    forks = [threading.Lock() for _ in range(count)]
    together(*[in_order(forks[seat], forks[(seat + 1) % count]) for seat in range(count)])


def philosophers_3() -> None:
    philosophers(3)


def philosophers_5() -> None:
    philosophers(5)


def lost_wakeup() -> None:
    ready: list[bool] = []
    condition = threading.Condition()

    def wait() -> None:
        if not ready:
            with condition:
                condition.wait()

    def wake() -> None:
        ready.append(True)
        with condition:
            condition.notify()

    together(wait, wake)


class Registry:
    def __init__(self) -> None:
        self.made = 0
        self.one: object = None

    def get(self) -> object:
        if self.one is None:
            self.made += 1
            self.one = object()
        return self.one


def double_checked() -> None:
    registry = Registry()
    together(registry.get, registry.get)
    assert registry.made == 1


def check_then_act() -> None:
    stock = {"book": 1}
    sold: list[int] = []

    def buy() -> None:
        if stock["book"] > 0:
            stock["book"] = stock["book"] - 1
            sold.append(1)

    together(buy, buy)
    assert stock["book"] == 0
    assert len(sold) == 1


async def across_await() -> None:
    counter = Counter()

    async def add() -> None:
        value = counter.n
        await asyncio.sleep(0)
        counter.n = value + 1

    await asyncio.gather(add(), add())
    assert counter.n == 2


async def lost_quietly() -> None:
    """As `across_await`, without a word: what peers are measured with too."""
    counter = Counter()

    async def add() -> None:
        value = counter.n
        await asyncio.sleep(0)
        counter.n = value + 1

    await asyncio.gather(add(), add())


async def across_await_late() -> None:
    counter = Counter()

    async def add(later: int) -> None:
        for _ in range(later):
            await asyncio.sleep(0)
        value = counter.n
        await asyncio.sleep(0)
        counter.n = value + 1

    await asyncio.gather(add(0), add(4))
    assert counter.n == 2


async def two_to_thread() -> None:
    counter = Counter()
    await asyncio.gather(asyncio.to_thread(counter.add), asyncio.to_thread(counter.add))
    assert counter.n == 2


def semaphore_leak() -> None:
    permits = threading.Semaphore(1)
    done: list[int] = []

    def fail() -> None:
        permits.acquire()
        try:
            raise OSError("no")  # noqa: TRY301 - as it happens
        except OSError:
            return  # the permit is never given back
        finally:
            done.append(1)

    def use() -> None:
        with permits:
            done.append(2)

    together(fail, use)


def queue_ended_too_early() -> None:
    items: queue.Queue[int | None] = queue.Queue()
    got: list[int] = []

    def produce() -> None:
        items.put(1)

    def end() -> None:
        items.put(None)

    def consume() -> None:
        while (item := items.get()) is not None:
            got.append(item)

    together(produce, end, consume)
    assert got == [1]


EXPECTED = {
    "lost_update": "exception",
    "locked_update": "",
    "lost_update_in_pool": "exception",
    "barrier_then_lost_update": "exception",
    "simple_queue": "",
    "condition_while": "",
    "condition_if": "fails",
    "lock_order": "deadlock",
    "philosophers_3": "deadlock",
    "philosophers_5": "deadlock",
    "lost_wakeup": "deadlock",
    "double_checked": "exception",
    "check_then_act": "exception",
    "across_await": "exception",
    "across_await_late": "exception",
    "two_to_thread": "exception",
    "semaphore_leak": "deadlock",
    "queue_ended_too_early": "exception",
}
