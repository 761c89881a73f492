"""Publishes one task with Celery and waits for its result: python publish_celery.py "the input" [seconds]

Needs celery[redis], REDIS_URL, and a router that runs with HONE_CELERY_QUEUE=celery. No worker of Celery's own: Hone is
the worker. Prints the output, or fails with the reason.
"""

import os
import sys

import celery
import celery.exceptions

text, seconds = sys.argv[1], int((sys.argv[2:] or [60])[0])
app = celery.Celery(broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
# The keyword arguments are the fields of a task; expires is its deadline, the task's id is Celery's.
result = app.send_task("hone.submit", kwargs={"input": text, "category": "sentiment"}, expires=seconds)
try:
    reply = result.get(timeout=seconds)
except celery.exceptions.TimeoutError:
    sys.exit(f"no answer within {seconds} s")
except Exception as error:  # hone.TaskFailed(code, message)
    sys.exit(": ".join(map(str, error.args)))
print(reply["output"])
