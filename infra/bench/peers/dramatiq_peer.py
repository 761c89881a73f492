import dramatiq
from dramatiq.brokers.redis import RedisBroker

import payload

dramatiq.set_broker(RedisBroker(url=payload.URL))


@dramatiq.actor
def noop(task):
    pass


@dramatiq.actor
def timed(task):
    payload.record(task)


if __name__ == "__main__":
    payload.produce(noop.send, timed.send)
