"""A lock around the check and a lock around the act, but between the two it is free: both get the money."""

import threading
import time

balance = 100
lock = threading.Lock()


def withdraw(name, amount):
    global balance
    with lock:
        enough = balance >= amount
    if enough:
        time.sleep(0.3)  # the machine counts the money
        with lock:
            balance -= amount
        print(f"{name} gets {amount}")
    else:
        print(f"{name} gets nothing")


threads = [threading.Thread(target=withdraw, args=(name, 80), name=name) for name in ("Anna", "Ben")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

print(f"balance {balance}")
