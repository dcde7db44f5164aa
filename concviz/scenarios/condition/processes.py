"""Customers and a baker, a process each: the number of loaves lies in shared memory."""

import multiprocessing
import time


def buy(wanted, loaves, shop):
    with shop:
        shop.wait_for(lambda: loaves.value >= wanted)
        loaves.value -= wanted
    print(f"sold {wanted}")


def bake(loaves, shop):
    for _ in range(6):
        time.sleep(0.2)
        with shop:
            loaves.value += 1
            shop.notify_all()


if __name__ == "__main__":
    loaves = multiprocessing.Value("i", 0, lock=False)
    shop = multiprocessing.Condition()
    workers = [multiprocessing.Process(target=buy, args=(wanted, loaves, shop), name=f"wants {wanted}") for wanted in (1, 2, 3)]
    workers.append(multiprocessing.Process(target=bake, args=(loaves, shop), name="baker"))

    for worker in workers:
        worker.start()

    for worker in workers:
        worker.join()

    print(f"left {loaves.value}")
