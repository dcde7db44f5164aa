"""Whoever wakes up believes that there is an apple; but another one woke up too, and was there first."""

import threading
import time

apples = []
basket = threading.Condition()


def eat():
    with basket:
        if not apples:
            basket.wait()
        apples.pop()
    print("an apple is eaten")


def pick():
    for _ in range(2):
        time.sleep(0.4)
        with basket:
            apples.append("apple")
            basket.notify_all()


threads = [
    threading.Thread(target=eat, name="Anna"),
    threading.Thread(target=eat, name="Ben"),
    threading.Thread(target=pick, name="picker"),
]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

print(f"left {len(apples)}")
