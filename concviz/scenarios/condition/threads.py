"""Customers wait until there is enough bread for them; the baker tells them each time there is more."""

import threading
import time

loaves = 0
shop = threading.Condition()


def buy(wanted):
    global loaves
    with shop:
        shop.wait_for(lambda: loaves >= wanted)
        loaves -= wanted
    print(f"sold {wanted}")


def bake():
    global loaves
    for _ in range(6):
        time.sleep(0.2)
        with shop:
            loaves += 1
            shop.notify_all()


workers = [threading.Thread(target=buy, args=(wanted,), name=f"wants {wanted}") for wanted in (1, 2, 3)]
workers.append(threading.Thread(target=bake, name="baker"))

for worker in workers:
    worker.start()

for worker in workers:
    worker.join()

print(f"left {loaves}")
