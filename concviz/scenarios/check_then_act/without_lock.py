"""Check, then act: both check before either has acted, and both get the money."""

import threading
import time

balance = 100


def withdraw(name, amount):
    global balance
    if balance >= amount:
        time.sleep(0.3)  # the machine counts the money
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
