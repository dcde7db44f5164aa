"""What a timeline means, in words: one check a file, each a function of the timeline alone."""

CHECKS: tuple[str, ...] = (
    "deadlock",
    "stuck",
    "lock_order",
    "contention",
    "convoy",
    "starvation",
    "task_exception",
    "never_awaited",
    "blocked_loop",
    "gil_bound",
    "queue_ends",
    "pool_size",
    "crowded",
    "start_up",
    "left_running",
    "noted",
)
"""The files with a check, in the order in which findings of equal weight are listed."""
