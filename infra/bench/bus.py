"""Measures the bus against raw hiredis, in turn, on one Redis.

    bus.py --redis URL --hone HONE_BENCH --raw RAW --out FILE [--runs 5] [--count 200000]

Each run publishes COUNT messages of 500 bytes and consumes them again, for every subject one after the other, so that
a neighbour's load meets all of them. `raw hiredis` writes entries of one field, `raw hiredis, same fields` those that
the bus writes. Latency is from before the publication to the first line of the handler, in another process.
FILE gets a list of rows, see table.py.
"""

import argparse
import json
import pathlib
import random
import subprocess
import time
import urllib.parse

from resp import Redis

class Bench:
    def __init__(self, options):
        self.options = options
        self.redis = Redis(options.redis)
        self.url = urllib.parse.urlsplit(options.redis)
        self.rows = {}

    def note(self, what, subject, unit, value, **config):
        key = (what, subject, unit)
        row = self.rows.setdefault(key, {"what": what, "subject": subject, "unit": unit, "values": [], "config": config})
        row["values"].append(value)

    def server_time(self):
        info = self.redis.info("cpu")
        return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])

    def measure(self, what, subject, command, **config):
        """Runs one command and notes its rate, and what a message costs it and Redis."""
        before = self.server_time()
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        server = (self.server_time() - before) / config["count"] * 1e6
        what += self.policy()
        self.note(what, subject, "messages/s", figures["rate"], **config)
        self.note(what, subject, "CPU µs/message", figures["cpu_us"], **config)
        self.note(what, subject, "Redis CPU µs/message", server, **config)

    def policy(self):
        policy = self.redis.call("CONFIG", "GET", "appendfsync")[1]
        return "" if policy == "everysec" else f" (appendfsync {policy})"

    def raw(self, subject, kind, count, batch):
        self.redis.call("FLUSHALL")
        for verb in ("publish", "consume"):
            command = [self.options.raw, self.url.hostname, str(self.url.port), verb, str(count), str(batch), kind]
            single = {"publish": "enqueue, one by one", "consume": "consume, one by one"}[verb]
            self.measure(f"{verb}, bytes only" if batch > 1 else single, subject, command, count=count, batch=batch)

    def hone(self, verb, *words):
        return [self.options.hone, verb, "--redis", self.options.redis, *map(str, words)]

    def batched(self):
        """In batches of 256: the transport alone, then with messages and a handler."""
        count = self.options.count
        self.raw("raw hiredis", "PLAIN", count, 256)
        self.raw("raw hiredis, same fields", "EVENT", count, 256)
        self.redis.call("FLUSHALL")
        self.publish("publish, bytes only", "hone", count, 256, 2)
        self.consume("consume, bytes only", "hone", count, "bytes", batch=256)
        self.redis.call("FLUSHALL")
        self.publish("enqueue, in bulk", "hone", count, 256, 2, "--typed")
        self.consume("drain of no-op tasks", "hone, BatchHandler", count, "batches", batch=256)

    def unbatched(self):
        """One message per call."""
        count = self.options.count // 10
        self.raw("raw hiredis, same fields", "EVENT", count, 1)
        for callers, concurrency in ((1, 16), (64, 256)):
            self.redis.call("FLUSHALL")
            who = "hone" if callers == 1 else f"hone, {callers} callers"
            self.publish("enqueue, one by one", who, count, 1, callers, "--typed")
            who = f"hone, MessageHandler, {concurrency} side by side"
            self.consume("drain of no-op tasks", who, count, "single", concurrency=concurrency)

    def publish(self, what, subject, count, batch, callers, *flags):
        command = self.hone("publish", "--count", count, "--batch", batch, "--callers", callers, *flags)
        self.measure(what, subject, command, count=count, batch=batch, callers=callers)

    def consume(self, what, subject, count, way, **how):
        words = [word for name, value in how.items() for word in (f"--{name}", value)]
        self.measure(what, subject, self.hone("consume", "--count", count, "--way", way, *words), count=count, **how)

    def listen(self, count, *flags):
        listener = subprocess.Popen(self.hone("listen", "--count", count, *flags), stdout=subprocess.PIPE, text=True)
        if listener.stdout.readline().strip() != "ready":
            raise SystemExit("bench: the listener did not get ready")
        return listener

    def latency(self, name, rate, seconds, *flags):
        """Messages at an even rate to an idle consumer in another process."""
        self.redis.call("FLUSHALL")
        count = int(rate * seconds)
        listener = self.listen(count, "--warm-up", 50, *flags)
        subprocess.run(self.hone("send", "--count", count, "--rate", rate, "--warm-up", 50), check=True)
        figures = json.loads(listener.communicate(timeout=60)[0])
        for share in ("p50", "p99"):
            what = f"hop latency, {name}, {share}{self.policy()}"
            self.note(what, "hone", "ms", figures[share], rate=rate, count=count)

    def recovery(self):
        """From kill -9 of the process that holds a message to the handler of another that runs it."""
        self.redis.call("FLUSHALL")
        holder = self.listen(1, "--hold")
        subprocess.run(self.hone("send", "--count", 1), check=True)
        if holder.stdout.readline().strip() != "holding":
            raise SystemExit("bench: the message did not arrive")
        successor = self.listen(1)
        time.sleep(random.uniform(1, 3))
        holder.kill()
        killed = time.monotonic()
        successor.stdout.readline()
        self.note("recovery from kill -9", "hone", "s", time.monotonic() - killed)
        for process in (holder, successor):
            process.communicate(timeout=60)

    def run(self):
        runs = range(self.options.runs)
        for policy in ("everysec", "always"):
            self.redis.call("CONFIG", "SET", "appendfsync", policy)
            for _ in runs:
                self.batched()
                self.unbatched()
                self.latency("one every 20 ms", 50, 4)
        self.redis.call("CONFIG", "SET", "appendfsync", "everysec")
        for _ in runs:
            self.latency("1,000/s", 1_000, 3)
            self.latency("10,000/s", 10_000, 3, "--batches")
            self.recovery()
        self.redis.call("FLUSHALL")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redis", required=True)
    parser.add_argument("--hone", required=True)
    parser.add_argument("--raw", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--count", type=int, default=200_000)
    options = parser.parse_args()
    bench = Bench(options)
    bench.run()
    pathlib.Path(options.out).write_text(json.dumps(list(bench.rows.values()), indent=1) + "\n")


if __name__ == "__main__":
    main()
