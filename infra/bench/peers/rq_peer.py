from redis import Redis
from rq import Queue

import payload
import rq_tasks

queue = Queue("default", connection=Redis.from_url(payload.URL))


def bulk(task, count):
    for start in range(0, count, 256):
        size = min(256, count - start)
        queue.enqueue_many([Queue.prepare_data(rq_tasks.noop, (task,), result_ttl=0) for _ in range(size)])


payload.produce(
    lambda task: queue.enqueue(rq_tasks.noop, task, result_ttl=0),
    lambda task: queue.enqueue(rq_tasks.timed, task, result_ttl=0),
    bulk,
)
