"""coverage.py, with its tracer made in C, over a function with a branch that is not taken, on two threads."""

import threading

import coverage

measure = coverage.Coverage(data_file=None, include=[__file__])
measure.start()


def work(number):
    lock = threading.Lock()
    with lock:
        if number > 5:
            print("never")
    return number


threads = [threading.Thread(target=work, args=(n,)) for n in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
measure.stop()
print(measure.analysis(__file__)[1:3])
