"""Measures how many events a second one stats-aggregator counts: evaluations, then ratings by people.

    aggregator.py --redis URL --database URL --hone PATH --migrations DIR [--events 20000] [--runs 3] [--out FILE]

The backlog is made while no aggregator is up: tasks that the echo model did and a check scored, then one rating of each.
Counted is from the first row that it writes to the moment when its group has nothing left to do: rewards, statistics and
points are durable in Postgres by then, and the board is rebuilt meanwhile.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import time
import uuid

from resp import Redis

GROUP = "stats-aggregator"


def psql(options, statement):
    command = ["psql", options.database, "--quiet", "--no-psqlrc", "--tuples-only", "--no-align", "--command", statement]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def scale(options, count):
    subprocess.run([options.hone, "scale", f"{GROUP}={count}", "--dir", options.migrations], check=True, capture_output=True)


def wait(what, seconds, is_done):
    deadline = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: {what} took more than {seconds} s")
        time.sleep(0.01)
    return time.time()


def left(redis, stream):
    """What the group has still to do: not delivered yet, or not acknowledged."""
    for group in redis.call("XINFO", "GROUPS", stream):
        found = dict(zip(group[::2], group[1::2]))
        if found["name"] == GROUP:
            return found["pending"] + (found["lag"] if found["lag"] is not None else 1)
    return 1


def in_bulk(redis, commands, at_once=500):
    for start in range(0, len(commands), at_once):
        redis.pipeline(commands[start : start + at_once])


def evaluate(redis, options):
    """Tasks that are scored, and whose scores nobody has counted. Returns their ids."""
    tasks = [str(uuid.uuid4()) for _ in range(options.events)]
    stream = f"hone:replies.{uuid.uuid4()}"
    text = {"category": "echo", "expected": {"contains": ["fine"]}, "reply_to": stream}
    in_bulk(redis, [
        ["XADD", "hone:tasks.submitted", "*", "data",
         json.dumps({**text, "task_id": task, "complexity": 1 + number % 5, "input": f"Number {task} is fine."})]
        for number, task in enumerate(tasks)])
    wait("scoring", 600, lambda: redis.call("XLEN", stream) >= len(tasks))
    redis.call("DEL", stream)
    return tasks


def rate(redis, options, tasks):
    in_bulk(redis, [
        ["XADD", "hone:feedback.received", "*", "data", json.dumps({"task_id": task, "rating": 1 + number % 5})]
        for number, task in enumerate(tasks)])


def count(redis, options, stream):
    """Events/s, from the backlog in `stream` to the ledger."""
    since = psql(options, "select clock_timestamp()")
    scale(options, 1)
    end = wait("counting", 600, lambda: left(redis, stream) == 0)
    question = f"select extract(epoch from min(updated_at)), count(*) from rewards where updated_at > '{since}'"
    first, rows = psql(options, question).split("|")
    assert int(rows) == options.events, (stream, rows)
    scale(options, 0)
    return options.events / (end - float(first))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redis", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--hone", required=True)
    parser.add_argument("--migrations", required=True)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out")
    options = parser.parse_args()
    redis = Redis(options.redis)
    figures = {"evaluations": [], "ratings": []}
    for _ in range(options.runs):
        scale(options, 0)
        tasks = evaluate(redis, options)
        figures["evaluations"].append(count(redis, options, "hone:evaluations.completed"))
        rate(redis, options, tasks)
        figures["ratings"].append(count(redis, options, "hone:feedback.received"))
    scale(options, 1)
    rows = []
    for name, values in figures.items():
        print(f"  {name + ' counted':<44} {statistics.median(values):,.0f} [{min(values):,.0f}-{max(values):,.0f}] events/s")
        rows.append({"what": f"stats-aggregator: {name} counted", "subject": "hone", "unit": "events/s", "values": values,
                     "config": {"events": options.events}})
    if options.out:
        pathlib.Path(options.out).write_text(json.dumps(rows, indent=1) + "\n")


main()
