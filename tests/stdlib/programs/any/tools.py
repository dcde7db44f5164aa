"""A tracer, a profiler and a monitoring tool of the program's own see its lines and no others."""

import sys
import threading

lines, calls, monitored = set(), [], []


def trace(frame, event, arg):
    if frame.f_code is work.__code__ or "concviz" in frame.f_code.co_filename.replace(__file__, ""):
        lines.add((event, frame.f_code.co_name, frame.f_lineno))
    return trace


def profile(frame, event, arg):
    if event == "call":
        calls.append(frame.f_code.co_name)


def work():
    lock = threading.Lock()
    with lock:
        return 1


threading.settrace(trace)
sys.settrace(trace)
print("set:", sys.gettrace() is trace, threading.gettrace() is trace)
work()
thread = threading.Thread(target=work)
thread.start()
thread.join()
sys.settrace(None)
threading.settrace(None)
print("traced:", sorted(lines), sys.gettrace())
sys.setprofile(profile)
work()
sys.setprofile(None)
print("profiled:", calls)
if hasattr(sys, "monitoring"):
    tool, events = sys.monitoring.COVERAGE_ID, sys.monitoring.events
    sys.monitoring.use_tool_id(tool, "a tool")
    sys.monitoring.register_callback(tool, events.LINE, lambda code, line: monitored.append(line) if code is work.__code__ else None)
    sys.monitoring.set_events(tool, events.LINE)
    work()
    sys.monitoring.set_events(tool, 0)
    sys.monitoring.free_tool_id(tool)
print("monitored:", monitored)
