import os

from celery import Celery

import payload

RESULTS = os.environ.get("CELERY_RESULTS") == "1"
app = Celery("celery_peer", broker=payload.URL, backend=payload.URL if RESULTS else None)
app.conf.update(
    task_acks_late=True, task_reject_on_worker_lost=True, task_ignore_result=not RESULTS,
    worker_prefetch_multiplier=int(os.environ.get("PREFETCH", "64")), task_serializer="json", accept_content=["json"],
    worker_send_task_events=False, task_send_sent_event=False, broker_connection_retry_on_startup=True,
    worker_enable_remote_control=False,
)


@app.task(name="noop")
def noop(task):
    return None


@app.task(name="timed")
def timed(task):
    payload.record(task)


def bulk(task, count):
    """One producer held for all."""
    with app.producer_pool.acquire(block=True) as producer:
        for _ in range(count):
            noop.apply_async((task,), producer=producer)


if __name__ == "__main__":
    payload.produce(noop.delay, timed.delay, bulk)
