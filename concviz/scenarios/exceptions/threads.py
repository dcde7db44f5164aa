"""An exception in a thread: it is printed, the thread ends, and the program goes on."""

import threading
import time


def divide(number):
    time.sleep(0.3)
    print(f"result {100 // number}")


threads = [threading.Thread(target=divide, args=(number,), name=f"by {number}") for number in (5, 0, 2)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()  # raises nothing

print("main goes on")
