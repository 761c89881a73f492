"""Prints the rows of one run as a table, and how they stand to the goals.

    table.py FILE…

A file is a list of rows {"what", "subject", "unit", "values": […], "config": {…}}, one value per run; rows of all files
with the same `what` and `unit` are compared. What Hone and its peers are compared by:

    "enqueue, one by one", "enqueue, in bulk", "drain of no-op tasks"      messages/s
    "hop latency, one every 20 ms, p50", "hop latency, one every 20 ms, p99"       ms
    "NSGA-II's sort, 200 of 400 × 3 live on", …                                     ms

A goal names subjects by how they begin (`celery`, `sidekiq`); of several the best counts. `celery, results` is Celery
with a result backend, which only the journey is compared with.
"""

import json
import os
import pathlib
import platform
import statistics
import sys

RAW = "raw hiredis, same fields"
# what, unit, subject, limit, the subject and `what` that the limit is a multiple of (none: the limit is absolute)
AT_LEAST = [
    ("publish, bytes only", "messages/s", "hone", 0.7, RAW, None),
    ("consume, bytes only", "messages/s", "hone", 0.7, RAW, None),
    ("drain of no-op tasks", "messages/s", "hone, BatchHandler", 30, "celery", None),
    ("drain of no-op tasks", "messages/s", "hone, BatchHandler", 3, "sidekiq", None),
    ("journey, echo model: drain", "tasks/s", "hone", 3, "celery, results", "drain of no-op tasks"),
    ("WebSocket fan-out, 200 sockets, flood", "deliveries/s", "hone", 1, "picows", None),
    *[(f"prompt search on landscapes, {half} rollouts", "accuracy", "hone", 1, "gepa",
       f"prompt search on landscapes, {whole} rollouts")
      for half, whole in [("150", "300"), ("300", "600"), ("600", "1,200")]],
    *[(f"prompt search on landscapes, {rollouts} rollouts", "accuracy", "hone", 1, "greedy", None)
      for rollouts in ("150", "300", "600", "1,200")],
    *[(f"prompt search on landscapes, {more} rollouts", "accuracy", "hone", 1, "hone",
       f"prompt search on landscapes, {less} rollouts")
      for less, more in [("150", "300"), ("300", "600"), ("600", "1,200")]],
    ("prompt search with the local model, 200 rollouts", "accuracy", "hone", 1, "gepa",
     "prompt search with the local model, 400 rollouts"),
    ("WebSocket fan-out, 1,000 sockets, flood", "deliveries/s", "hone", 1, "picows", None),
]
AT_MOST = [
    ("journey, echo model: latency at half load, p99", "ms", "hone", 100),
    ("hop latency, one every 20 ms, p50", "ms", "hone", 0.5),
    ("hop latency, one every 20 ms, p99", "ms", "hone", 2),
    ("hop latency, 1,000/s, p50", "ms", "hone", 1),
    ("hop latency, 1,000/s, p99", "ms", "hone", 5),
    ("hop latency, 10,000/s, p50", "ms", "hone", 1),
    ("hop latency, 10,000/s, p99", "ms", "hone", 5),
    ("routing decision, p99", "us", "hone", 200),
    ("classification of a task, p99", "us", "hone", 100),
    ("recovery from kill -9", "s", "hone", 10),
    ("gateway, added to a chat: whole, end, p99", "ms", "hone", 5),
    ("gateway, added to a chat: stream, end, p99", "ms", "hone", 5),
    ("WebSocket fan-out, 200 sockets, 20,000/s, p99", "ms", "hone", 2.8),
    ("10,000 idle WebSockets", "KB/socket", "hone", 20),
    ("corrected 95 % interval, judge's bias up to 15 points: furthest from 95 %", "points", "hone", 1),
]
# what, unit, subject: below every other subject
BELOW_ALL = [
    (f"NSGA-II's sort, {count:,} of {2 * count:,} × 3 live on", "ms", "hone") for count in (200, 1_000, 5_000, 10_000)
]


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def spread(row):
    values = row["values"]
    median = number(statistics.median(values))
    return median if len(values) == 1 else f"{median} [{number(min(values))}-{number(max(values))}]"


def describe(row):
    return ", ".join([f"{len(row['values'])} runs"] + [f"{name} {value}" for name, value in row["config"].items()])


def best(rows, what, unit, subject, pick=max):
    """The best median among the subjects that begin like this; None when there is none."""
    units = {unit, "messages/s", "tasks/s"} if unit.endswith("/s") else {unit}
    found = [statistics.median(row["values"]) for row in rows
             if row["what"] == what and row["unit"] in units and row["subject"].startswith(subject)]
    return pick(found, default=None)


def verdicts(rows):
    for what, unit, subject, factor, other, other_what in AT_LEAST:
        own, peer = best(rows, what, unit, subject), best(rows, other_what or what, unit, other)
        if own is not None and peer:
            yield what, f"{own / peer:.2f} × {other}", f"≥ {factor} ×", own / peer >= factor
    for what, unit, subject, limit in AT_MOST:
        own = best(rows, what, unit, subject, min)
        if own is not None:
            yield what, f"{number(own)} {unit}", f"≤ {limit} {unit}", own <= limit
    for what, unit, subject in BELOW_ALL:
        own = best(rows, what, unit, subject, min)
        others = {row["subject"] for row in rows if row["what"] == what and not row["subject"].startswith(subject)}
        if own is not None and others:
            fastest = min(others, key=lambda other: best(rows, what, unit, other, min))
            share = own / best(rows, what, unit, fastest, min)
            yield what, f"{number(own)} {unit}, {share:.2f} × {fastest}", "< 1 ×", share < 1


def machine():
    names = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    return f"{os.cpu_count()} cores, {names[0] if names else platform.machine()}, {platform.system()} {platform.release()}"


def main():
    rows = [row for file in sys.argv[1:] for row in json.loads(pathlib.Path(file).read_text())]
    print(f"{machine()}; median [min-max]")
    for what in dict.fromkeys(row["what"] for row in rows):
        print(f"\n{what}")
        found = [row for row in rows if row["what"] == what]
        for subject in dict.fromkeys(row["subject"] for row in found):
            own = [row for row in found if row["subject"] == subject]
            figures = "; ".join(f"{spread(row)} {row['unit']}" for row in own)
            print(f"  {subject:<40} {figures}  ({describe(own[0])})")
    goals = list(verdicts(rows))
    if goals:
        print("\ngoals")
    for what, found, goal, is_met in goals:
        print(f"  {what:<45} {found:>40}   {goal:<12} {'met' if is_met else 'MISSED'}")


main()
