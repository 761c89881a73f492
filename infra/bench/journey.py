"""Measures the whole journey of tasks on the echo model: submitted, routed, executed, scored, reviewed, ranked.

    journey.py --redis URL --run-dir DIR [--tasks 5000] [--runs 3] [--paced-seconds 10] [--out FILE]

Throughput: a backlog of tasks is drained; tasks over the time from the first submission to the last reply.
Latency: tasks come evenly at half that rate; from a task's entry in hone:tasks.submitted to its reply's entry, both
stamped by Redis. Memory: each service's peak resident size (VmHWM).
"""

import argparse
import json
import pathlib
import platform
import statistics
import time
import uuid

from resp import Redis


def milliseconds(entry_id):
    return int(entry_id.split("-")[0])


def command(reply_to, task_id):
    text = f"Sentiment of this review: number {task_id} is fine and came on time, and I would buy it again."
    task = {"task_id": task_id, "input": text, "category": "echo", "expected": {"contains": ["fine"]}, "reply_to": reply_to}
    return ["XADD", "hone:tasks.submitted", "*", "data", json.dumps(task)]


def wait_for(redis, stream, count, seconds):
    deadline = time.monotonic() + seconds
    while (have := redis.call("XLEN", stream)) < count:
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: only {have} of {count} replies after {seconds} s")
        time.sleep(0.02)


def latencies(redis, stream, submitted):
    entries = redis.call("XRANGE", stream, "-", "+")
    replies = {}
    for entry_id, fields in entries:
        reply = json.loads(fields[fields.index("data") + 1])
        assert reply["status"] == "completed", reply
        replies[reply["task_id"]] = milliseconds(entry_id)
    return [replies[task] - at for task, at in submitted.items()]


def drain(redis, count):
    stream = f"hone:replies.{uuid.uuid4()}"
    tasks = [str(uuid.uuid4()) for _ in range(count)]
    ids = []
    for start in range(0, count, 500):
        ids += redis.pipeline([command(stream, task) for task in tasks[start : start + 500]])
    wait_for(redis, stream, count, 600)
    last = milliseconds(redis.call("XREVRANGE", stream, "+", "-", "COUNT", 1)[0][0])
    redis.call("DEL", stream)
    return count / ((last - milliseconds(ids[0])) / 1000)


def paced(redis, rate, seconds):
    stream = f"hone:replies.{uuid.uuid4()}"
    submitted, started = {}, time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0, started + number / rate - time.monotonic()))
        task = str(uuid.uuid4())
        submitted[task] = milliseconds(redis.call(*command(stream, task)))
    wait_for(redis, stream, len(submitted), 120)
    found = sorted(latencies(redis, stream, submitted))
    redis.call("DEL", stream)
    return found[len(found) // 2], found[int(len(found) * 0.99)]


def peaks(run_dir):
    found = {}
    for file in sorted(pathlib.Path(run_dir).glob("hone-*.pid")) + sorted(pathlib.Path(run_dir).glob("*.pid")):
        try:
            status = pathlib.Path(f"/proc/{file.read_text().split()[0]}/status").read_text()
        except (OSError, IndexError):
            continue
        found[file.stem] = int(status.split("VmHWM:")[1].split()[0]) / 1024
    return found


def spread(values):
    return f"{statistics.median(values):,.0f} [{min(values):,.0f}-{max(values):,.0f}]"


def results(options, rates, rate, timed, memory):
    """The rows that table.py reads."""
    config = {"tasks": options.tasks, "paced at": round(rate)}

    def row(what, unit, values):
        return {"what": f"journey, echo model: {what}", "subject": "hone", "unit": unit, "values": values, "config": config}

    yield row("drain", "tasks/s", rates)
    yield row("latency at half load, p50", "ms", [one[0] for one in timed])
    yield row("latency at half load, p99", "ms", [one[1] for one in timed])
    for name, size in memory.items():
        yield row(f"peak memory, {name}", "MB", [size])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redis", required=True)
    parser.add_argument("--run-dir", required=True)
    parser.add_argument("--tasks", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--paced-seconds", type=float, default=10)
    parser.add_argument("--out")
    options = parser.parse_args()
    redis = Redis(options.redis)
    drain(redis, 200)  # warm-up
    rates = [drain(redis, options.tasks) for _ in range(options.runs)]
    rate = statistics.median(rates) / 2
    timed = [paced(redis, rate, options.paced_seconds) for _ in range(options.runs)]
    memory = peaks(options.run_dir)
    print(f"journey, echo model, {options.runs} runs, {platform.machine()}, median [min-max]")
    print(f"  {'drain of ' + format(options.tasks, ',') + ' tasks':<28} {spread(rates)} tasks/s")
    print(f"  {'latency at ' + format(rate, ',.0f') + ' tasks/s, p50':<28} {spread([t[0] for t in timed])} ms")
    print(f"  {'latency, p99':<28} {spread([t[1] for t in timed])} ms")
    for name, size in memory.items():
        print(f"  {'peak memory ' + name:<28} {size:,.0f} MB")
    if options.out:
        rows = list(results(options, rates, rate, timed, memory))
        pathlib.Path(options.out).write_text(json.dumps(rows, indent=1) + "\n")


main()
