"""Complete programs to watch, side by side, each folder with its lesson. `ORDER` is how the library shows them."""

ORDER = (
    # First steps
    "three_models",
    "waiting",
    "start_methods",
    # I/O-bound and CPU-bound
    "downloads",
    "primes",
    "mixed",
    # Keeping order
    "shared_counter",
    "semaphore",
    "barrier_phases",
    # Talking
    "producer_consumer",
    "event_start",
    "ping_pong",
    # Pools
    "pool",
    # How it breaks
    "deadlock",
    "dining_philosophers",
    "blocking_the_loop",
    "task_group_failure",
    "giving_up",
)
"""The built-in folders. Chapters stand in the order of their first scenario."""
