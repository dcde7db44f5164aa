"""Complete programs to watch, side by side, each folder with its lesson. `ORDER` is how the library shows them."""

ORDER = (
    # First steps
    "three_models",
    "waiting",
    "join_and_await",
    "daemon_threads",
    "names_and_ids",
    "exceptions",
    # I/O-bound and CPU-bound
    "downloads",
    "primes",
    "mixed",
    "how_many_workers",
    "amdahl",
    "start_methods",
    "pickling",
    "hashing",
    "convoy",
    "without_gil",
    "sub_interpreters",
    # Keeping order
    "shared_counter",
    "one_at_a_time",
    "reentrant_lock",
    "condition",
    "semaphore",
    "event_start",
    "barrier_phases",
    "readers_writer",
    "thread_local",
    # Talking
    "producer_consumer",
    "ping_pong",
    # Pools and structure
    "pool",
    # How it breaks
    "deadlock",
    "dining_philosophers",
    "blocking_the_loop",
    "task_group_failure",
    "giving_up",
)
"""The built-in folders. Chapters stand in the order of their first scenario."""
