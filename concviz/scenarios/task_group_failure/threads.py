"""Threads: when one of them fails, its traceback is printed, and nobody else is told."""

import threading
import time


def work(name, seconds):
    time.sleep(seconds)
    if name == "bad":
        raise ValueError("this one fails")
    print(f"{name} is done")


threads = [threading.Thread(target=work, args=job) for job in (("quick", 0.2), ("bad", 0.5), ("slow", 1.2))]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

print("all threads have ended")
