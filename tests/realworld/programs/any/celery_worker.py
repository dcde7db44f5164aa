"""A Celery worker with threads, its broker in memory."""

from celery import Celery
from celery.contrib.testing.worker import start_worker

app = Celery("program", broker="memory://", backend="cache+memory://")
app.conf.worker_hijack_root_logger = False


@app.task
def add(one, other):
    return one + other


with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False, loglevel="ERROR"):
    results = [add.delay(n, n) for n in range(10)]
    print([result.get(timeout=30) for result in results])
