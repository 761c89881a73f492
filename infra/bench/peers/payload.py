"""What every Python peer shares: the 500-byte payload, its latency log, and the producer's command line."""

import json
import os
import sys
import time

URL = os.environ["BENCH_REDIS"]
_log = None


def payload(number=0):
    """A JSON object of 500 bytes."""
    task = {
        "id": f"0190f5a2-7c1e-7b3a-9d4e-{number:012d}", "kind": "job.step", "tenant": "acme-research",
        "attempt": 1, "generation": number % 400, "population": 200, "objectives": 3,
        "point": [0.123456, 0.234567, 0.345678, 0.456789, 0.567891, 0.678912],
        "trace": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "t": time.time_ns(), "pad": "",
    }
    task["pad"] = "x" * (500 - len(json.dumps(task)))
    return task


def record(task):
    """One line per task: microseconds from before its publication to the first line of its function."""
    global _log
    arrived = time.time_ns()
    if _log is None:
        _log = os.open(os.environ["LATENCY_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(_log, b"%d\n" % ((arrived - task["t"]) // 1000))


def _rate(count, began):
    print(json.dumps({"rate": count / (time.perf_counter() - began)}))


def produce(noop, timed, bulk=None):
    """`one COUNT`, `bulk COUNT` or `paced COUNT RATE`; the first two print the rate."""
    mode, count = sys.argv[1], int(sys.argv[2])
    if mode == "paced":
        for number in range(count):
            timed(payload(number))
            time.sleep(1 / float(sys.argv[3]))
        return
    task, began = payload(), time.perf_counter()
    if mode == "bulk" and bulk:
        bulk(task, count)
    else:
        for _ in range(count):
            noop(task)
    _rate(count, began)


async def produce_async(noop, timed):
    """The same for asyncio; in bulk means a hundred sends in flight."""
    import asyncio

    mode, count = sys.argv[1], int(sys.argv[2])
    if mode == "paced":
        for number in range(count):
            await timed(payload(number))
            await asyncio.sleep(1 / float(sys.argv[3]))
        return
    task, began = payload(), time.perf_counter()
    width = 100 if mode == "bulk" else 1
    for start in range(0, count, width):
        sends = [noop(task) for _ in range(min(width, count - start))]
        await (asyncio.gather(*sends) if width > 1 else sends[0])
    _rate(count, began)
