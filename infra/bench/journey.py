"""Measures the whole journey of tasks on the echo model: submitted, routed, executed, scored, reviewed, ranked.

    journey.py --redis URL --run-dir DIR [--tasks 5000] [--runs 3] [--paced-seconds 10] [--in-flight 10000] [--out FILE]
    journey.py --redis URL --database URL --table-sizes 1000,10000,100000,1000000 [--tasks 5000] [--runs 3] [--out FILE]

Throughput: a backlog of tasks is drained; tasks over the time from the first submission to the last reply.
Latency: tasks come evenly at half that rate; from a task's entry in hone:tasks.submitted to its reply's entry, both
stamped by Redis. Memory: each process's peak resident size (VmHWM) while --in-flight tasks are submitted at once and
drained. The curve: the drain again, on a fresh stack, with that many finished tasks in the tables (multiply.sql).
"""

import argparse
import json
import pathlib
import platform
import statistics
import subprocess
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


def drain(redis, count, at_once=500):
    stream = f"hone:replies.{uuid.uuid4()}"
    commands = [command(stream, str(uuid.uuid4())) for _ in range(count)]
    ids = []
    for start in range(0, count, at_once):
        ids += redis.pipeline(commands[start : start + at_once])
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


def processes(run_dir):
    """The stack's processes: name and folder under /proc. Not Postgres, which is many."""
    for file in sorted(pathlib.Path(run_dir).glob("*.pid")):
        if file.stem != "postgres":
            yield file.stem, pathlib.Path("/proc") / file.read_text().split()[0]


def peaks(redis, run_dir, count):
    """MB per process while `count` tasks come at once and are drained."""
    for _, process in processes(run_dir):
        (process / "clear_refs").write_text("5")  # forgets the peak so far
    drain(redis, count, at_once=count)
    return {
        name: int((process / "status").read_text().split("VmHWM:")[1].split()[0]) / 1024
        for name, process in processes(run_dir)
    }


def psql(options, *words):
    command = ["psql", options.database, "--quiet", "--no-psqlrc", "--tuples-only", "--no-align", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def settled(options):
    """How many tasks there are, once nothing is under way."""
    question = """select count(*), count(finished_at), (select count(*) from rewards), (select count(*) from review_plans)
        from agent_tasks"""
    for _ in range(600):
        counts = set(psql(options, "--command", question).split("|"))
        if len(counts) == 1:
            return int(counts.pop())
        time.sleep(0.1)
    raise SystemExit(f"bench: the tables do not settle: {sorted(counts)}")


def fill(redis, options, size):
    """Brings the tables to about `size` tasks: the first thousand done, the others copied from what was done."""
    if (have := settled(options)) < 1000:
        drain(redis, min(size, 1000) - have)
        have = settled(options)
    if copies := round(size / have) - 1:
        psql(options, "--set", f"copies={copies}", "--file", str(pathlib.Path(__file__).with_name("multiply.sql")))
    return settled(options)


def curve(redis, options):
    """The drain rates by table size. Drains are short beside the tables, so that these keep their size."""
    for size in map(int, options.table_sizes.split(",")):
        have, tasks = fill(redis, options, size), min(options.tasks, max(size // 10, 1000))
        drain(redis, 200)  # what the processes kept of the tables is found anew
        rates = [drain(redis, tasks) for _ in range(options.runs)]
        print(f"  {'drain with ' + format(size, ',') + ' tasks in the tables':<44} {spread(rates)} tasks/s")
        yield row(f"drain with {size:,} tasks in the tables", "tasks/s", rates, {"tasks": tasks, "in the tables": have})


def spread(values):
    return f"{statistics.median(values):,.0f} [{min(values):,.0f}-{max(values):,.0f}]"


def row(what, unit, values, config, subject="hone"):
    """As table.py reads it."""
    return {"what": f"journey, echo model: {what}", "subject": subject, "unit": unit, "values": values, "config": config}


def journey(redis, options):
    drain(redis, 200)  # warm-up
    rates = [drain(redis, options.tasks) for _ in range(options.runs)]
    rate = statistics.median(rates) / 2
    timed = [paced(redis, rate, options.paced_seconds) for _ in range(options.runs)]
    memory = peaks(redis, options.run_dir, options.in_flight)
    print(f"  {'drain of ' + format(options.tasks, ',') + ' tasks':<44} {spread(rates)} tasks/s")
    print(f"  {'latency at ' + format(rate, ',.0f') + ' tasks/s, p50':<44} {spread([t[0] for t in timed])} ms")
    print(f"  {'latency, p99':<44} {spread([t[1] for t in timed])} ms")
    config = {"tasks": options.tasks, "paced at": round(rate)}
    yield row("drain", "tasks/s", rates, config)
    yield row("latency at half load, p50", "ms", [one[0] for one in timed], config)
    yield row("latency at half load, p99", "ms", [one[1] for one in timed], config)
    what = f"peak memory, {options.in_flight:,} tasks in flight"
    for name, size in memory.items():
        print(f"  {what + ', ' + name:<60} {size:,.0f} MB")
        yield row(what, "MB", [size], {"tasks": options.in_flight}, subject=f"hone, {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redis", required=True)
    parser.add_argument("--database")
    parser.add_argument("--run-dir")
    parser.add_argument("--tasks", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--paced-seconds", type=float, default=10)
    parser.add_argument("--in-flight", type=int, default=10_000)
    parser.add_argument("--table-sizes")
    parser.add_argument("--out")
    options = parser.parse_args()
    if not (options.database if options.table_sizes else options.run_dir):
        parser.error("--table-sizes needs --database" if options.table_sizes else "--run-dir is missing")
    print(f"journey, echo model, {options.runs} runs, {platform.machine()}, median [min-max]")
    rows = list((curve if options.table_sizes else journey)(Redis(options.redis), options))
    if options.out:
        pathlib.Path(options.out).write_text(json.dumps(rows, indent=1) + "\n")


main()
