"""Two threads take two locks in the same order: whoever has the first gets the second too."""

import threading
import time

apples = threading.Lock()
bread = threading.Lock()


def cook(name, first, second):
    with first:
        print(f"{name} has one and waits for the other", flush=True)
        time.sleep(0.5)
        with second:
            print(f"{name} has both")


anna = threading.Thread(target=cook, args=("Anna", apples, bread))
ben = threading.Thread(target=cook, args=("Ben", apples, bread))

anna.start()
ben.start()

anna.join()
ben.join()

print("Dinner is ready!")
