"""Errors that are printed by hand, signals, forks, and an end by an exception while a daemon still sleeps."""

import atexit
import faulthandler
import io
import logging
import os
import queue
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings

warnings.simplefilter("ignore")


def printed():
    text = io.StringIO()
    traceback.print_exc(file=text)
    return text.getvalue().replace("\n", "|")


def raised(function, *args):
    try:
        function(*args)
    except Exception:
        return printed()
    return "nothing"


print("queue:", raised(queue.Queue().get_nowait), raised(lambda: queue.Queue().get(timeout=0.001)))
print("lock:", raised(threading.Lock().release), raised(threading.RLock().release))
print("thread:", raised(threading.Thread().join))
print("sleep:", raised(time.sleep, "x"))
print("stack:", [frame.name for frame in traceback.extract_stack()])
log = io.StringIO()
logging.basicConfig(stream=log)
try:
    queue.Queue().get_nowait()
except queue.Empty:
    logging.exception("it is empty", stack_info=True)
print("log:", log.getvalue().replace("\n", "|"))

threading.excepthook = lambda it: print("hook:", it.exc_type.__name__, it.thread.name)
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()

signal.signal(signal.SIGUSR1, lambda number, frame: print("signal:", number, frame.f_code.co_name))
os.kill(os.getpid(), signal.SIGUSR1)

sys.stdout.flush()
pid = os.fork()
if pid == 0:
    print("child:", threading.active_count(), flush=True)
    os._exit(3)
print("waited:", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

with tempfile.TemporaryFile("w+") as file:
    faulthandler.dump_traceback(file)
    file.seek(0)
    print("faulthandler:", [line.rpartition(" in ")[2].strip() for line in file if " in " in line])

atexit.register(print, "atexit: called")
threading.Thread(target=time.sleep, args=(100,), daemon=True).start()


def fail():
    with threading.Lock():
        raise ValueError("the end")


fail()
