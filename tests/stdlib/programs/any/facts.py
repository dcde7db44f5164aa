"""What a program finds when it begins."""

import __main__
import os
import signal
import sys
import threading

import neighbour

print("argv:", sys.argv)
print("file:", __file__, neighbour.__file__)
print("main:", __main__.__dict__ is globals(), sorted(name for name in globals() if name.startswith("__")))
print("spec:", __spec__, __package__, type(__loader__).__name__, __doc__)
print("path:", sys.path)
print("environment:", sorted(item for item in os.environ.items() if item[0] != "_"))
print("stdin:", sys.stdin.read(), sys.stdin.encoding)
print("stdout buffered by line:", sys.stdout.line_buffering)
print("signals:", [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGCHLD)])
print("hooks:", sys.excepthook, sys.displayhook, sys.breakpointhook, threading.excepthook, sys.unraisablehook)
print("tracing:", sys.gettrace(), sys.getprofile())
print("limits:", sys.getrecursionlimit(), sys.getswitchinterval())
print("threads:", [thread.name for thread in threading.enumerate()], threading.main_thread().name)
print("descriptors:", len(os.listdir("/proc/self/fd")))
print("monitoring tools:", [sys.monitoring.get_tool(n) for n in range(6)] if hasattr(sys, "monitoring") else None)
