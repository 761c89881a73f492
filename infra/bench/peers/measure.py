"""Measures Hone's peers on no-op tasks of 500 bytes.

    measure.py --redis URL --out FILE [--runs 5] [--only NAME,…] [--scale 1.0]

Per run a producer fills the queue, one by one and once more in bulk, then the workers start and the backlog is watched:
the drain rate and the CPU time are taken from 95 % to 2 % of it, so that start-up is not in them. Latency is of one task
every 20 ms to idle workers, from before the publication to the first line of the task. The database that URL names must
be empty and is emptied between runs. FILE gets a list of rows {"what", "subject", "unit", "values", "config"}.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import psutil
import redis

import subjects
from workers import Workers

PACED, WARM_UP, RATE = 150, 50, 50


class Bench:
    def __init__(self, options):
        self.options = options
        self.redis = redis.Redis.from_url(options.redis)
        self.latencies = tempfile.NamedTemporaryFile("r")
        self.rows = {}
        policy = self.redis.config_get("append*")
        self.server = f"appendonly {policy['appendonly']}, appendfsync {policy['appendfsync']}"
        self.suffix = "" if policy["appendfsync"] == "everysec" else f" (appendfsync {policy['appendfsync']})"

    def note(self, what, subject, unit, value, **config):
        row = {"what": what + self.suffix, "subject": subject.name, "unit": unit, "values": [],
               "config": {**config, "setup": subject.config, "redis": self.server}}
        self.rows.setdefault((what, subject.name, unit), row)["values"].append(value)

    def environment(self, subject):
        own = {"BENCH_REDIS": self.options.redis, "LATENCY_LOG": self.latencies.name, "PYTHONPATH": subjects.HERE,
               "PYTHONDONTWRITEBYTECODE": "1"}
        return {**os.environ, **own, **subject.environment}

    def produce(self, subject, *words):
        done = subprocess.run(
            [*subject.producer, *map(str, words)], cwd=subjects.HERE, env=self.environment(subject),
            capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{subject.name}: the producer failed: {done.stderr[-2000:]}")
        return json.loads(done.stdout)["rate"] if done.stdout else None

    def fill(self, subject, count):
        if subject.has_bulk:
            self.redis.flushdb()
            rate = self.produce(subject, "bulk", count)
            self.note("enqueue, in bulk", subject, "messages/s", rate, count=count)
        self.redis.flushdb()
        rate = self.produce(subject, "one", count)
        self.note("enqueue, one by one", subject, "messages/s", rate, count=count)

    def reading(self, subject, workers):
        info, machine = self.redis.info("cpu"), psutil.cpu_times()
        return {
            "time": time.perf_counter(), "left": subject.left(self.redis), "workers": workers.cpu(),
            "redis": info["used_cpu_user"] + info["used_cpu_sys"],
            "machine": machine.user + machine.nice + machine.system,
        }

    def reach(self, subject, workers, goal, limit):
        """Waits until no more than `goal` tasks are left."""
        deadline, peak = time.monotonic() + limit, 0
        while subject.left(self.redis) > goal:
            if time.monotonic() > deadline:
                raise SystemExit(f"{subject.name}: nothing left the queue in {limit} s: {workers.complaint()}")
            peak = max(peak, workers.resident())
            time.sleep(0.02)
        return peak

    def drain(self, subject, count):
        with Workers(subject, self.environment(subject)) as workers:
            self.reach(subject, workers, 0.95 * count, 90)
            first = self.reading(subject, workers)
            peak = self.reach(subject, workers, 0.02 * count, 120)
            last = self.reading(subject, workers)
            peak = max(peak, workers.resident())
        used = {name: last[name] - first[name] for name in first}
        done, what = -used["left"], "drain of no-op tasks"
        self.note(what, subject, "messages/s", done / used["time"], count=count)
        self.note(what, subject, "CPU µs/message", used["workers"] / done * 1e6, count=count)
        self.note(what, subject, "Redis CPU µs/message", used["redis"] / done * 1e6, count=count)
        others = (used["machine"] - used["workers"] - used["redis"]) / used["time"]
        self.note(what, subject, "cores of others", max(0, others), count=count)
        self.note("memory of the workers", subject, "MiB", peak, count=count)

    def paced(self, subject, workers, count):
        """Publishes one task every 20 ms and returns the latencies in milliseconds, sorted."""
        open(self.latencies.name, "w").close()
        self.produce(subject, "paced", count, RATE)
        deadline = time.monotonic() + 20
        while len(found := pathlib.Path(self.latencies.name).read_text().split()) < count:
            if time.monotonic() > deadline:
                raise SystemExit(f"{subject.name}: {len(found)} of {count} tasks ran: {workers.complaint()}")
            time.sleep(0.02)
        return sorted(int(line) / 1000 for line in found)

    def latency(self, subject):
        self.redis.flushdb()
        with Workers(subject, self.environment(subject)) as workers:
            self.paced(subject, workers, WARM_UP)
            for _ in range(self.options.runs):
                found = self.paced(subject, workers, PACED)
                for share, name in ((0.5, "p50"), (0.99, "p99")):
                    value = found[int(len(found) * share)]
                    self.note(f"hop latency, one every 20 ms, {name}", subject, "ms", value, count=PACED)

    def measure(self, subject):
        count = max(500, int(subject.count * self.options.scale))
        for _ in range(self.options.runs):
            self.fill(subject, count)
            self.drain(subject, count)
        self.latency(subject)
        self.redis.flushdb()
        for (what, name, unit), row in self.rows.items():
            if name == subject.name:
                values = ", ".join(f"{value:,.4g}" for value in row["values"])
                print(f"{name}: {what}: {values} {unit}", file=sys.stderr)

    def save(self):
        pathlib.Path(self.options.out).write_text(json.dumps(list(self.rows.values()), indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redis", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="subjects whose names begin like one of these, separated by commas")
    parser.add_argument("--skip", default="", help="the same, to leave out")
    parser.add_argument("--scale", type=float, default=1, help="share of the usual number of tasks")
    options = parser.parse_args()
    bench = Bench(options)
    if bench.redis.dbsize():
        raise SystemExit(f"{options.redis} is not empty: name a database that may be emptied")
    wanted, unwanted = (tuple(filter(None, names.split(","))) for names in (options.only, options.skip))
    for subject in subjects.SUBJECTS:
        if (not wanted or subject.name.startswith(wanted)) and not subject.name.startswith(unwanted):
            bench.measure(subject)
            bench.save()


main()
