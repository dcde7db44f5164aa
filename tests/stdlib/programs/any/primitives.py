"""What locks, queues and threads are, and what can be done with them beside using them."""

import _thread
import asyncio
import copy
import inspect
import os
import pickle
import queue
import select
import sys
import threading
import time
import weakref

MADE = {
    "Lock": threading.Lock(),
    "RLock": threading.RLock(),
    "Event": threading.Event(),
    "Condition": threading.Condition(),
    "Semaphore": threading.Semaphore(),
    "Barrier": threading.Barrier(2),
    "Queue": queue.Queue(),
    "SimpleQueue": queue.SimpleQueue(),
    "Thread": threading.Thread(),
    "asyncio.Lock": asyncio.Lock(),
    "asyncio.Event": asyncio.Event(),
    "asyncio.Queue": asyncio.Queue(),
    "asyncio.Semaphore": asyncio.Semaphore(),
    "asyncio.Condition": asyncio.Condition(),
}


def tried(function, thing):
    try:
        return type(function(thing)).__qualname__
    except Exception as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]


for name, thing in MADE.items():
    print(f"{name} type:", type(thing), type(thing).__mro__)
    print(f"{name} public:", [word for word in dir(thing) if not word.startswith("_")])
    print(f"{name} copy:", tried(copy.copy, thing), tried(copy.deepcopy, thing))
    print(f"{name} pickle:", tried(pickle.dumps, thing), tried(lambda it: pickle.loads(pickle.dumps(it)), thing))
    print(f"{name} weak:", weakref.ref(thing)() is thing)

print("Lock is an instance:", isinstance(threading.Lock(), _thread.LockType), isinstance(threading.RLock(), type(threading.RLock())))
print("Lock has that very type:", type(threading.Lock()) is _thread.LockType)
print("signatures:", *(inspect.signature(f) for f in (threading.Thread.start, threading.Thread.join, queue.Queue.get, queue.Queue.put)))
print("names:", threading.Lock.__module__, threading.Thread.start.__qualname__, queue.Queue.get.__doc__)


class Own(threading.Thread):
    def start(self):
        self.began = True
        super().start()

    def run(self):
        self.result = 42


class Stack(queue.Queue):
    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()


class OwnSimple(queue.SimpleQueue):
    pass


own, stack, simple = Own(), Stack(), OwnSimple()
own.start()
own.join()
stack.put(1)
stack.put(2)
simple.put(3)
print("subclasses:", own.began, own.result, own.name, stack.get(), stack.get(), simple.get())


class Kept:
    sleep = time.sleep
    read = os.read
    select = select.select


Kept().sleep(0)
print("kept in a class:", Kept().select([], [], [], 0), type(Kept().read) is type(Kept.read))
print(
    "of the interpreter:",
    *(tried(pickle.dumps, it) for it in (time.sleep, os.waitpid, input, sys.settrace)),
    time.sleep,
    isinstance(time.sleep, type(len)),
)
print(
    "said:",
    time.sleep.__qualname__,
    time.sleep.__self__,
    inspect.signature(os.read),
    inspect.isbuiltin(os.read),
    copy.deepcopy(time.sleep) is time.sleep,
)
print("equal:", time.sleep == time.sleep, {time.sleep: 1}[time.sleep], callable(time.sleep))
