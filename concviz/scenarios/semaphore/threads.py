"""Cars look for a place: a semaphore lets so many in as there are places."""

import os
import threading
import time

CARS = int(os.environ.get("CARS", 6))
PLACES = int(os.environ.get("PLACES", 2))

places = threading.BoundedSemaphore(PLACES)


def park(car):
    with places:
        print(f"car {car} parks")
        time.sleep(0.4)
    print(f"car {car} leaves")


cars = [threading.Thread(target=park, args=(car,)) for car in range(CARS)]

for car in cars:
    car.start()

for car in cars:
    car.join()
