"""The peers: how each is configured, started, fed, and asked how much is left."""

import dataclasses
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.dirname(sys.executable)
ARQ_BIN = os.environ.get("ARQ_BIN", BIN)


@dataclasses.dataclass
class Subject:
    name: str
    # Tasks per run: a few seconds of work.
    count: int
    workers: list
    producer: list
    left: object
    config: str
    environment: dict = dataclasses.field(default_factory=dict)
    has_bulk: bool = True


def celery(name, count, pools, children, results=False):
    command = [f"{BIN}/celery", "-A", "celery_peer", "worker", "-P", "prefork", "-c", str(children), "-l", "ERROR",
               "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Subject(
        name, count, [[*command, "-n", f"w{number}@bench"] for number in range(pools)],
        [sys.executable, "celery_peer.py"], lambda redis: redis.llen("celery") + redis.hlen("unacked"),
        f"{pools} × prefork -c {children}, prefetch 64, late acks, "
        + ("Redis results" if results else "no results") + ", no gossip, mingle, heartbeat, events",
        {"PREFETCH": "64", "CELERY_RESULTS": "1" if results else "0"})


def dramatiq(name, threads, prefetch=None):
    environment = {"dramatiq_queue_prefetch": str(prefetch)} if prefetch else {}
    return Subject(
        name, 20_000, [[f"{BIN}/dramatiq", "dramatiq_peer", "-p", "2", "-t", str(threads)]],
        [sys.executable, "dramatiq_peer.py"], lambda redis: redis.hlen("dramatiq:default.msgs"),
        f"2 processes of {threads} threads, prefetch {prefetch or 'default'}, default middleware", environment,
        has_bulk=False)


def taskiq_left(redis):
    groups = redis.xinfo_groups("taskiq") if redis.exists("taskiq") else []
    if not groups:
        return redis.xlen("taskiq")
    lag = groups[0]["lag"]
    return (redis.xlen("taskiq") if lag is None else lag) + groups[0]["pending"]


SUBJECTS = [
    celery("celery, 2 workers of 1", 10_000, 2, 1),
    celery("celery, 1 worker of 2", 8_000, 1, 2),
    celery("celery, results, 1 worker of 2", 4_000, 1, 2, results=True),
    dramatiq("dramatiq, 8 threads", 8),
    dramatiq("dramatiq, 2 threads, prefetch 256", 2, 256),
    Subject(
        "taskiq", 10_000,
        [[f"{BIN}/taskiq", "worker", "taskiq_peer:broker", "-w", "2", "--ack-type", "when_executed",
          "--max-async-tasks", "100", "--log-level", "ERROR"]],
        [sys.executable, "taskiq_peer.py"], taskiq_left, "2 workers, Redis stream, reads of 100, ack when executed"),
    Subject(
        "arq", 6_000, [[f"{ARQ_BIN}/arq", "arq_peer.WorkerSettings", "--custom-log-dict", "arq_peer.QUIET"]] * 2,
        [f"{ARQ_BIN}/python", "arq_peer.py"], lambda redis: redis.zcard("arq:queue"),
        "2 workers of 100 jobs, poll every 10 ms, no results"),
    Subject(
        "rq", 3_000,
        [[f"{BIN}/rq", "worker-pool", "-n", "2", "-w", "rq.worker.SimpleWorker", "-q", "-l", "ERROR",
          "-u", os.environ.get("BENCH_REDIS", ""), "default"]],
        [sys.executable, "rq_peer.py"], lambda redis: redis.llen("rq:queue:default"),
        "2 SimpleWorkers (no fork per job), no results"),
    Subject(
        "sidekiq", 40_000, [["sidekiq", "-r", "./sidekiq_peer.rb", "-c", "10", "-q", "default"]] * 2,
        ["ruby", "sidekiq_peer.rb"], lambda redis: redis.llen("queue:default"),
        "2 processes of 10 threads, basic fetch (at most once)"),
]
