"""Measures the gateway's routes of tasks: GET /api/tasks/{id} and POST /api/tasks, requests/s and p99.

    gateway.py --url http://127.0.0.1:8080 [--key KEY] [--connections 32] [--seconds 5] [--runs 3] [--out FILE]

Closed loop: each connection asks again as soon as it is answered. The load comes from wrk, on one thread beside the gateway
and all that stands behind it.
"""

import argparse
import asyncio
import json
import pathlib
import statistics
import subprocess
import urllib.parse

from http11 import Connection

SCRIPT = pathlib.Path(__file__).with_suffix(".lua")
TASK = {"input": "Sentiment of this review: it is fine and came on time.", "category": "echo"}


def hammer(options, seconds, method, path):
    """Requests/s, and the latency in ms at the median and the 99th percentile."""
    command = ["wrk", "-t1", f"-c{options.connections}", f"-d{seconds}s", "-s", SCRIPT, options.url, "--", method, path]
    told = subprocess.run(command + ([options.key] if options.key else []), check=True, capture_output=True, text=True)
    found = json.loads(told.stdout.splitlines()[-1])
    assert not found["failed"], (method, path, told.stdout)
    return found["requests"] / found["seconds"], found["p50"], found["p99"]


async def measure(options):
    connection = await Connection(options.host, options.port, options.key).open()
    status, body = await connection.ask("POST", "/api/tasks?wait=30", {**TASK, "expected": {"contains": ["fine"]}})
    assert status == 200 and body["status"] == "completed", (status, body)
    await asyncio.sleep(1)  # the scores too
    for name, *route in [("GET /api/tasks/{id}", "GET", f"/api/tasks/{body['task_id']}"), ("POST /api/tasks", "POST", "/api/tasks")]:
        hammer(options, 1, *route)
        found = []
        for _ in range(options.runs):
            found.append(hammer(options, options.seconds, *route))
            while await waiting(connection):
                await asyncio.sleep(0.2)
        for index, what, unit in [(0, "requests/s", "requests/s"), (1, "p50", "ms"), (2, "p99", "ms")]:
            yield name, what, unit, [one[index] for one in found]


async def waiting(connection):
    """Whether tasks are still open: they would slow the next run."""
    for state in ["submitted", "routed", "running"]:
        if (await connection.ask("GET", f"/api/tasks?status={state}&limit=1"))[1]["items"]:
            return True
    return False


async def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True)
    parser.add_argument("--key")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out")
    options = parser.parse_args()
    url = urllib.parse.urlsplit(options.url)
    options.host, options.port = url.hostname, url.port
    config = {"connections": options.connections, "seconds": options.seconds}
    rows = []
    async for name, what, unit, values in measure(options):
        print(f"  {name + ', ' + what:<34} {statistics.median(values):,.1f} [{min(values):,.1f}-{max(values):,.1f}] {unit}")
        rows.append({"what": f"gateway, {name}: {what}", "subject": "hone", "unit": unit, "values": values, "config": config})
    if options.out:
        pathlib.Path(options.out).write_text(json.dumps(rows, indent=1) + "\n")


asyncio.run(main())
