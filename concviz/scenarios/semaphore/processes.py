"""Cars look for a place, a process each: this semaphore is one for all of them."""

import multiprocessing
import os
import time

CARS = int(os.environ.get("CARS", 6))
PLACES = int(os.environ.get("PLACES", 2))


def park(car, places):
    with places:
        print(f"car {car} parks")
        time.sleep(0.4)
    print(f"car {car} leaves")


if __name__ == "__main__":
    places = multiprocessing.BoundedSemaphore(PLACES)
    cars = [multiprocessing.Process(target=park, args=(car, places)) for car in range(CARS)]

    for car in cars:
        car.start()

    for car in cars:
        car.join()
