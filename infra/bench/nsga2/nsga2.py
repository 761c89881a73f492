"""Measures one generation's sort of NSGA-II beside pymoo, pygmo and DEAP: N parents and N children, who lives on.

    nsga2.py --hone PATH --out FILE [--runs 5] [--sizes 200,1000,5000,10000] [--seed 1]

All sort the same points, of three objectives, uniform at random, in turn, several times a run; a run's figure is its median. Who
lives on must be the same for all, and so must the fronts of those that tell them: else nothing is written, and it ends with 1.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
from moocore import pareto_rank

import peers

OBJECTIVES = 3
SECONDS = 0.5  # of calls in a run, at least one
MOST_CALLS = 50


class Hone:
    """Another process, which reads the same points and times itself. Ours are to be made large."""

    def __init__(self, program, folder, points, count):
        self.file = pathlib.Path(folder) / f"{count}.points"
        self.file.write_bytes((-points).astype("=f8").tobytes())
        self.command = [program, "survive", "--points", str(self.file), "--columns", str(points.shape[1]), "--survivors", str(count)]

    def times(self, calls):
        done = subprocess.run([*self.command, "--calls", str(calls)], stdout=subprocess.PIPE, check=True)
        self.found = json.loads(done.stdout)
        return self.found["ms"]


def times(call, calls):
    taken = []
    for _ in range(calls):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1_000)
    return taken


def calls_in_a_run(milliseconds):
    return max(1, min(MOST_CALLS, int(SECONDS * 1_000 / milliseconds)))


def differences(hone, points, kept):
    """What the peers found that we did not, in words."""
    ranks = numpy.asarray(pareto_rank(points))
    if hone.found["ranks"] != ranks.tolist():
        yield "the fronts are not moocore's"
    ours = set(hone.found["survivors"])
    for name, theirs in kept.items():
        if ours != set(map(int, theirs)):
            yield f"{len(ours.symmetric_difference(map(int, theirs))) // 2} of {len(ours)} survivors are not those of {name}"


def measure(options, count, folder):
    points = numpy.random.default_rng(options.seed + count).random((2 * count, OBJECTIVES))
    hone, others = Hone(options.hone, folder, points, count), peers.subjects(points, count)
    calls = {name: calls_in_a_run(times(other, 1)[0]) for name, other in others.items()}
    own_calls = calls_in_a_run(statistics.median(hone.times(3)))
    faults = list(differences(hone, points, {name: other() for name, other in others.items()}))
    if faults:
        sys.exit("nsga2: " + "; ".join(faults))
    values = {name: [] for name in ["hone", *others]}
    for _ in range(options.runs):
        values["hone"].append(statistics.median(hone.times(own_calls)))
        for name, other in others.items():
            values[name].append(statistics.median(times(other, calls[name])))
    what = f"NSGA-II's sort, {count:,} of {2 * count:,} × {OBJECTIVES} live on"
    for name, found in values.items():
        print(f"{what}: {name} {statistics.median(found):.3g} ms", file=sys.stderr)
    return [
        {"what": what, "subject": name, "unit": "ms", "values": found, "config": {"calls": calls.get(name, own_calls)}}
        for name, found in values.items()
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hone", required=True, help="the program hone-bench")
    parser.add_argument("--out", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", default="200,1000,5000,10000")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for size in options.sizes.split(",") for row in measure(options, int(size), folder)]
    pathlib.Path(options.out).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


main()
