"""A million events from four threads, each at a lock of its own."""

import threading

locks = [threading.Lock() for _ in range(4)]


def work(i):
    lock = locks[i]
    for _ in range(125_000):
        with lock:
            pass


ts = [threading.Thread(target=work, args=(i,)) for i in range(4)]
for t in ts:
    t.start()
for t in ts:
    t.join()
