"""What each built-in script prints with QUICK's values; in which order is the workers' business."""

from __future__ import annotations

MODELS = ("sequential", "threads", "processes", "tasks")
SHARED = ("threads", "processes", "tasks")
"""Where nothing is shared one after another."""

WAITED = ["one has waited", "three has waited", "two has waited"]
WORKED = [f"{name} is done" for name in ("one", "two", "three")]
SWEPT = [f"workers {workers}: # s" for workers in (1, 2, 4, 8)]
FILES = [f"file {number}: 1600 bytes" for number in range(6)]
PRIMES = ["part 0: 669 primes", "part 1: 560 primes", "part 2: 525 primes", "part 3: 508 primes"]
TOTALS = [f"job {number}: 332833500" for number in range(5)]
DONE = [f"job {number} is done" for number in range(5)]
EXACT = ["counted 20", "expected 20", "lost 0"]
PRINTED = [f"{name} has printed letter {letter}" for name in ("Anna", "Ben", "Carl") for letter in range(2)]
SOLD = ["left 0", "sold 1", "sold 2", "sold 3"]
GREETED = [f"{name} is greeted as {name}" for name in ("Anna", "Ben", "Carl")]
PARKING = [f"car {car} {does}" for car in range(6) for does in ("leaves", "parks")]
PHASES = ["all phases are done", *(f"worker {worker} is done with phase {phase}" for worker in range(3) for phase in range(3))]
ITEMS = [f"{does} {item}" for does in ("put", "used") for item in range(5)]
ARRIVED = ["go!", *(f"runner {runner} has arrived" for runner in range(4))]
BALLS = ["ping", "pong"] * 10
COOKED = [f"{name} has {what}" for name in ("Anna", "Ben") for what in ("both", "one and waits for the other")]
EATEN = [f"philosopher {seat} has eaten" for seat in range(5)] * 2

FIRST_STEPS = {
    "three_models/threads.py": ["Cube: 1000", "Done!", "Square: 100"],
    "three_models/processes.py": ["Processing complete!", *(f"Worker: Process-{number}" for number in range(1, 5))],
    "three_models/tasks.py": [str(number) for number in range(1, 11)],
    **{f"waiting/{model}.py": WAITED for model in MODELS},
    **{f"join_and_await/{way}.py": WORKED for way in ("join_each", "join_all", "await_each", "await_all")},
    "daemon_threads/ordinary.py": ["main is done", "the log is written"],
    "daemon_threads/daemon.py": ["main is done"],
    "daemon_threads/daemon_process.py": ["main is done"],
    "exceptions/threads.py": ["main goes on", "result 20", "result 50"],
    "exceptions/processes.py": ["by 0: exit code 1", "by 2: exit code 0", "by 5: exit code 0", "result 20", "result 50"],
    "exceptions/tasks.py": ["by 0: integer division or modulo by zero", "result 20", "result 50"],
}

WORK = {
    **{f"downloads/{model}.py": FILES for model in MODELS},
    **{f"primes/{model}.py": PRIMES for model in MODELS},
    **{f"mixed/{model}.py": TOTALS for model in MODELS},
    **{f"how_many_workers/{way}.py": SWEPT for way in ("waiting", "computing", "processes")},
    **{f"amdahl/{way}.py": ["main has done 25 % of the work", "the rest is done"] for way in ("one_worker", "two_workers", "four_workers")},
    **{
        f"start_methods/{method.lower()}.py": ["Processing complete!", *(f"Worker: {method}Process-{number}" for number in range(1, 5))]
        for method in ("Fork", "Spawn", "ForkServer")
    },
    **{f"pickling/{way}.py": ["the sum is 1999000"] for way in ("sent", "made_there", "shared")},
    **{f"hashing/{way}.py": [f"hash {number} has 32 bytes" for number in range(4)] for way in ("sequential", "threads")},
    "hashing/in_python.py": [f"checksum {number} has 4 bytes" for number in range(4)],
    **{f"convoy/{way}.py": ["questions 5: # s"] for way in ("alone", "beside_a_thread", "beside_a_process")},
    **{f"without_gil/{way}.py": ["all is computed", "with a GIL"] for way in ("one_thread", "two_threads", "four_threads")},
    **{f"sub_interpreters/{way}.py": ["all is computed"] for way in ("threads", "interpreters", "processes")},
}

ORDER = {
    **{f"shared_counter/{way}.py": EXACT for way in ("with_lock", "tasks")},
    **{f"one_at_a_time/{model}.py": PRINTED for model in SHARED},
    "reentrant_lock/rlock.py": ["balance 101", "the thread has the lock, and asks for it again"],
    **{f"condition/{model}.py": SOLD for model in SHARED},
    **{f"semaphore/{model}.py": PARKING for model in SHARED},
    **{f"event_start/{model}.py": ARRIVED for model in SHARED},
    **{f"barrier_phases/{model}.py": PHASES for model in SHARED},
    **{f"thread_local/{way}.py": GREETED for way in ("thread_local", "context_variable")},
    "thread_local/local_in_tasks.py": [f"{name} is greeted as Carl" for name in ("Anna", "Ben", "Carl")],
}

TALKING = {
    **{f"producer_consumer/{model}.py": ITEMS for model in SHARED},
    **{f"ping_pong/{model}.py": BALLS for model in SHARED},
}

POOLS = {
    **{f"pool/{model}.py": DONE for model in ("threads", "executor", "processes", "tasks")},
}

BREAKING = {
    "deadlock/same_order.py": [*COOKED, "Dinner is ready!"],
    **{f"dining_philosophers/{way}.py": EATEN for way in ("lower_first", "tasks")},
    "task_group_failure/task_group.py": ["failed: this one fails", "quick is done"],
    "task_group_failure/gather.py": ["failed: this one fails", "quick is done", "slow is done"],
    "task_group_failure/threads.py": ["all threads have ended", "quick is done", "slow is done"],
    **{f"giving_up/{model}.py": ["gave up"] for model in SHARED},
}

REAL_WORK: dict[str, list[str]] = {}

LINES = FIRST_STEPS | WORK | ORDER | TALKING | POOLS | BREAKING | REAL_WORK
"""By script. A number of seconds is a #."""

LAST = {
    "three_models/threads.py": "Done!",
    "three_models/processes.py": "Processing complete!",
    "daemon_threads/ordinary.py": "the log is written",
    "exceptions/threads.py": "main goes on",
    "condition/threads.py": "left 0",
    "barrier_phases/threads.py": "all phases are done",
    "deadlock/same_order.py": "Dinner is ready!",
}
"""What is printed after all else."""

IN_ORDER = {
    "three_models/tasks.py": [str(number) for number in range(1, 11)],
    "join_and_await/join_each.py": WORKED,
    "join_and_await/await_each.py": WORKED,
    "how_many_workers/waiting.py": SWEPT,
    "ping_pong/threads.py": BALLS,
    "pool/threads.py": DONE,
}
"""What has an order of its own."""

COMPLAINS = {
    "exceptions/threads.py": "ZeroDivisionError",
    "exceptions/processes.py": "ZeroDivisionError",
    "task_group_failure/threads.py": "ValueError: this one fails",
}
"""What stands on standard error, which is empty for all others."""

SINCE = {"sub_interpreters/interpreters.py": (3, 14)}
"""What an older Python ends with one line that says so."""

NEVER_END = {
    "deadlock/opposite_order.py": (2, "deadlock/same_order.py"),
    "dining_philosophers/left_first.py": (5, "dining_philosophers/lower_first.py"),
    "reentrant_lock/lock.py": (1, "reentrant_lock/rlock.py"),
}
"""How many lines are all that it ever prints, and the way that ends."""

SERVERS = ("downloads/server.py", "convoy/echo.py")
"""No panes: what other scripts start."""

OTHERS = (
    "shared_counter/without_lock.py",
    "thread_local/global_value.py",
    *(f"readers_writer/{way}.py" for way in ("one_lock", "readers_together")),
    *(f"names_and_ids/{model}.py" for model in SHARED),
    *(f"blocking_the_loop/{way}.py" for way in ("blocked", "awaited", "in_a_thread")),
)
"""Scripts with tests of their own, since what they print differs from time to time."""
