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
LIMITED = ("threads", "tasks")
SERVED = ["bread is ready", "salad is ready", "served: soup, salad, bread", "soup is ready"]
HERE_ALREADY = "index: was here already"
GONE = "nobody waits for visitors any more"
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
    "exceptions/tasks.py": ["by 0: no result", "result 20", "result 50"],
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
    **{f"pipe/{size}.py": ["all are received", "all are sent"] for size in ("small", "large")},
    **{f"pipeline/{model}.py": [f"stored {item}" for item in range(5)] for model in SHARED},
    **{f"sentinel/{way}.py": ["all jobs are done", *DONE] for way in ("sentinel", "shutdown", "task_done")},
    **{f"shared_memory/{way}.py": EXACT for way in ("with_lock", "own_slots")},
    **{f"manager/{way}.py": ["notes 60"] for way in ("manager", "queue_of_results")},
}

POOLS = {
    **{f"pool/{model}.py": DONE for model in ("threads", "executor", "processes", "tasks")},
    **{f"as_completed/{way}.py": DONE[:4] for way in ("in_order", "as_completed", "tasks")},
    **{f"chunksize/{way}.py": ["the total is 4455100, after # s"] for way in ("sequential", "one_by_one", "in_chunks")},
    **{f"task_group/{way}.py": SERVED for way in ("gather", "task_group")},
    "task_group/nobody_waits.py": ["salad is ready", "served: salad"],
    "timeouts/threads.py": ["gave up", "the work is done all the same"],
    "timeouts/processes.py": ["exit code -15", "gave up"],
    "timeouts/tasks.py": ["cleaned up", "gave up"],
    "cancellation/cleans_up.py": ["begun", "cleaned up", "cancelled: True"],
    "cancellation/swallowed.py": ["begun", "whatever that was", "finished", "cancelled: False"],
    "cancellation/shielded.py": ["begun", "saved", "cancelled: True"],
    **{f"to_thread/{way}.py": [f"call {number} is back" for number in range(12)] for way in ("usual_threads", "own_threads")},
    "eager_tasks/lazy.py": ["index: loaded", "all tasks are created", *[HERE_ALREADY] * 2, "news: loaded"],
    "eager_tasks/eager.py": ["index: loaded", *[HERE_ALREADY] * 2, "all tasks are created", "news: loaded"],
    **{
        f"rate_limiter/{model}.py": [f"request {number} {does}" for number in range(8) for does in ("starts", "is answered")]
        for model in LIMITED
    },
    **{f"connection_pool/{model}.py": [f"request {number} is answered" for number in range(8)] for model in LIMITED},
}

BREAKING = {
    "deadlock/same_order.py": [*COOKED, "Dinner is ready!"],
    **{f"dining_philosophers/{way}.py": EATEN for way in ("lower_first", "tasks")},
    "task_group_failure/task_group.py": ["failed: this one fails", "quick is done"],
    "task_group_failure/gather.py": ["failed: this one fails", "quick is done", "slow is done"],
    "task_group_failure/threads.py": ["all threads have ended", "quick is done", "slow is done"],
    **{f"giving_up/{model}.py": ["gave up"] for model in SHARED},
    **{f"more_philosophers/{way}.py": EATEN for way in ("both_or_none", "give_back", "one_at_a_time")},
    **{
        f"starvation/{way}.py": ["written", *(f"reader {number} has read" for number in range(3))]
        for way in ("readers_first", "writer_next")
    },
    **{f"slow_holder/{way}.py": ["the report is loaded", "the urgent order is noted"] for way in ("inside", "outside")},
    **{f"lost_wakeup/{way}.py": ["the meal is ready", "the meal is eaten"] for way in ("look_first", "event")},
    "if_for_while/with_if.py": ["an apple is eaten", "left 1"],
    "if_for_while/with_while.py": ["an apple is eaten", "an apple is eaten", "left 0"],
    "forgotten_await/forgotten.py": ["the order comes in", "goodbye"],
    "forgotten_await/awaited.py": ["the order comes in", "the order is saved", "goodbye"],
    "lost_task/nobody_holds_it.py": [GONE, "main goes on", "main is done"],
    "lost_task/held.py": ["main goes on", "main is done", GONE],
    "lost_exception/never_asked.py": ["all is done, or so it seems", "result 20", "result 50"],
    "lost_exception/asked.py": ["one of them has no result", "result 20", "result 50"],
    "lost_exception/task.py": ["all is done, or so it seems", "result 20", "result 50"],
    "fork_with_a_lock/spawn.py": ["all is written", "the child has written", "the child wants to write"],
    "full_queue/get_first.py": ["the result has 1000000 characters", "the result is put"],
    "double_checked/checked_twice.py": ["times loaded: 1"],
}

REAL_WORK = {
    **{f"thumbnails/{way}.py": [f"picture {number}: 3600 bytes, small 225" for number in range(6)] for way in MODELS[:3]},
    **{f"word_count/{way}.py": ["words 2000 of which gon, ger, kit"] for way in MODELS[:3]},
    **{f"chat_server/{way}.py": [f"{name} has heard 3 greetings" for name in ("Anna", "Ben", "Carl")] for way in LIMITED},
    **{f"log_tailer/{way}.py": [f"read entry {number}" for number in range(3)] for way in ("threads", "processes")},
    **{f"web_server/{model}.py": ["answers: 8, of 1 kind"] for model in MODELS},
}

LINES: dict[str, list[str]] = FIRST_STEPS | WORK | ORDER | TALKING | POOLS | BREAKING | REAL_WORK
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
    "as_completed/in_order.py": DONE[:4],
    **{script: lines for script, lines in POOLS.items() if script.startswith(("cancellation/", "eager_tasks/"))},
    **{script: lines for script, lines in BREAKING.items() if script.startswith(("lost_task/", "forgotten_await/"))},
}
"""What has an order of its own."""

COMPLAINS = {
    "exceptions/threads.py": "ZeroDivisionError",
    "exceptions/processes.py": "ZeroDivisionError",
    "task_group_failure/threads.py": "ValueError: this one fails",
    "if_for_while/with_if.py": "IndexError: pop from empty list",
    "forgotten_await/forgotten.py": "coroutine 'save' was never awaited",
    "lost_task/nobody_holds_it.py": "Task was destroyed but it is pending!",
    "lost_exception/task.py": "Task exception was never retrieved",
}
"""What stands on standard error, which is empty for all others."""

SINCE = {"sub_interpreters/interpreters.py": (3, 14), "sentinel/shutdown.py": (3, 13), "eager_tasks/eager.py": (3, 12)}
"""What an older Python ends with one line that says so."""

NEVER_END = {
    "deadlock/opposite_order.py": (2, "deadlock/same_order.py"),
    "dining_philosophers/left_first.py": (5, "dining_philosophers/lower_first.py"),
    "reentrant_lock/lock.py": (1, "reentrant_lock/rlock.py"),
    "lost_wakeup/notify_first.py": (1, "lost_wakeup/event.py"),
    "fork_with_a_lock/fork.py": (1, "fork_with_a_lock/spawn.py"),
    "full_queue/join_first.py": (1, "full_queue/get_first.py"),
}
"""How many lines are all that it ever prints, and the way that ends."""

NO_PANES = (
    "downloads/server.py",
    "convoy/echo.py",
    "crawler/website.py",
    "thumbnails/pictures.py",
    "word_count/text.py",
    "web_server/load.py",
    "shared_counter/await_between.py",
)
"""What other scripts start, or share; and what only a challenge is about."""

OTHERS = (
    "shared_counter/without_lock.py",
    "shared_memory/without_lock.py",
    *(f"without_gil/{way}.py" for way in ("one_thread", "two_threads", "four_threads")),
    *(f"backpressure/{way}.py" for way in ("unbounded", "bounded")),
    *(f"check_then_act/{way}.py" for way in ("without_lock", "lock_each_step", "lock_both")),
    *(f"double_checked/{way}.py" for way in ("unguarded", "checked_once")),
    *(f"livelock/{way}.py" for way in ("same_pause", "random_pause")),
    *(f"crawler/{way}.py" for way in ("sequential", "threads", "tasks")),
    "thread_local/global_value.py",
    *(f"readers_writer/{way}.py" for way in ("one_lock", "readers_together")),
    *(f"names_and_ids/{model}.py" for model in SHARED),
    *(f"blocking_the_loop/{way}.py" for way in ("blocked", "awaited", "in_a_thread")),
)
"""Scripts with tests of their own, since what they print differs from time to time."""
