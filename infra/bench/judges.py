"""Measures what Hone says of judges: how often corrected intervals hold the truth, and whether a model can judge.

    judges.py --hone PATH --out FILE [--runs 5] [--cases 20] [--model ID]

The first part is a simulation, once per run with another seed. The second shows the model of the sample job right and
wrong answers to the sample cases; at temperature 0 it says the same each time, so once is enough.
"""

import argparse
import json
import pathlib
import subprocess
import time


def hone(program, *words):
    done = subprocess.run([program, "judges", *words, "--json"], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def row(what, unit, values, **config):
    return {"what": what, "subject": "hone", "unit": unit, "values": values, "config": config}


def simulation(program, runs):
    """The lowest and the highest coverage over all biases, in per cent, per seed."""
    found = [hone(program, "simulate", "--seed", str(seed)) for seed in range(1, runs + 1)]
    shares = [[100 * bias["coverage"] for bias in one["biases"]] for one in found]
    plain = [min(100 * bias["uncorrected_coverage"] for bias in one["biases"]) for one in found]
    config = {name: found[0][name] for name in ("judged", "rated")} | {"runs per bias": found[0]["runs"]}
    what = "corrected 95 % interval, judge's bias up to 15 points"
    return [
        row(f"{what}: furthest from 95 %", "points", [max(abs(share - 95) for share in one) for one in shares], **config),
        row(f"{what}: lowest coverage", "%", [min(one) for one in shares], **config),
        row(f"{what}: highest coverage", "%", [max(one) for one in shares], **config),
        row("uncorrected interval, the same: lowest coverage", "%", plain, **config),
    ]


def measurement(program, cases, model):
    began = time.monotonic()
    found = hone(program, "measure", "--cases", str(cases), "--form", "forced", *(["--model", model] if model else []))
    seconds = round(time.monotonic() - began)
    rows = []
    for suite, mark in [*sorted(found["suites"].items()), ("all suites", found["together"])]:
        config = {"model": found["model"], "form": found["form"], "works": mark["works"], "unknown": mark["unknown"],
                  "seconds": seconds}
        for what, value in [
            ("prefers the right answer", mark["prefers_right"]),
            ("agrees on pass and fail", mark["agreement"]["agreement"]),
            ("Cohen's κ", mark["agreement"]["kappa"]["value"]),
            ("Spearman's ρ", mark["agreement"]["spearman"]["value"]),
        ]:
            if value is not None:
                rows.append(row(f"judge on gold answers, {suite}: {what}", "share", [value], **config))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hone", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cases", type=int, default=20, help="of each suite; each with a right and a wrong answer")
    parser.add_argument("--model")
    options = parser.parse_args()
    rows = simulation(options.hone, options.runs) + measurement(options.hone, options.cases, options.model)
    options.out.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
