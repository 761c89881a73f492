"""Compares Hone's search with the package `gepa` and with greedy acceptance: same cases, splits, seeds and rollouts.

    compare.py --hone PATH --out FILE [--world landscape|reviews] [--seeds 10] [--rollouts 150,300,600,1200]
               [--model URL --suite FILE --cache FOLDER]

A value is the accuracy of the prompt that one run found: on a landscape the true one, on reviews that on holdout cases
that no side has seen. A rollout is one trial of one prompt on one case; the package counts its own. It runs in several
settings, since its default validates every accepted prompt on all cases. With reviews `--model` is the local model's
address, and answers at temperature 0 are kept in a folder that both sides share.
"""

import argparse
import json
import pathlib
import statistics
import subprocess

import sides
import worlds

# validation cases, minibatch, selection, merge
SETTINGS = [(5, 3, "pareto", False), (10, 3, "pareto", False), (20, 3, "pareto", False), (40, 3, "pareto", False),
            (10, 3, "top_k_pareto", False), (10, 3, "current_best", False), (20, 10, "pareto", False),
            (20, 3, "pareto", True)]


def subjects(world_name, program):
    if world_name == "landscape":
        yield "hone", lambda world, rollouts: sides.hone(program, "gepa", world, rollouts)
        settings = SETTINGS
    else:
        for algorithm in ("gepa", "nsga2"):
            yield f"hone, {algorithm} with operators", lambda world, rollouts, algorithm=algorithm: sides.hone(
                program, algorithm, world, rollouts, operators=True)
        settings = SETTINGS[:4]
    for size in (3, 10):
        yield f"greedy, minibatch {size}", lambda world, rollouts, size=size: sides.greedy(world, rollouts, size)
    for validation, minibatch, selection, merge in settings:
        name = f"gepa, {validation} validation cases, minibatch {minibatch}, {selection}" + (", merge" if merge else "")
        yield name, lambda world, rollouts, chosen=(validation, minibatch, selection, merge): sides.package(
            world, rollouts, *chosen)


def measure(options, address):
    what = {"landscape": "prompt search on landscapes", "reviews": "prompt search with the local model"}[options.world]
    for rollouts in options.rollouts:
        for name, search in subjects(options.world, options.hone):
            found = []
            for seed in range(1, options.seeds + 1):
                world = (worlds.Landscape(address, options.hone, 77 + seed) if options.world == "landscape" else
                         worlds.Reviews(address, options.suite, seed, options.cache))
                result = search(world, rollouts)
                found.append((world.quality(result.prompt), result))
            values = [quality for quality, _ in found]
            config = {"seeds": options.seeds,
                      "rollouts": round(statistics.mean(result.rollouts for _, result in found)),
                      "proposals": round(statistics.mean(result.proposals for _, result in found)),
                      "mean": round(statistics.mean(values), 3)}
            print(f"{rollouts:>5} {name:<55} {statistics.median(values):.2f} {config}", flush=True)
            yield {"what": f"{what}, {rollouts:,} rollouts", "subject": name, "unit": "accuracy", "values": values,
                   "config": config}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hone", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--world", choices=["landscape", "reviews"], default="landscape")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--rollouts", type=lambda text: [int(part) for part in text.split(",")], default=[150, 300, 600, 1200])
    parser.add_argument("--model")
    parser.add_argument("--suite")
    parser.add_argument("--cache")
    options = parser.parse_args()
    server = None
    if options.world == "landscape":
        server = subprocess.Popen([options.hone, "serve"], stdout=subprocess.PIPE, text=True)
        address = server.stdout.readline().strip()
    else:
        address = options.model
        pathlib.Path(options.cache).mkdir(parents=True, exist_ok=True)
    try:
        rows = list(measure(options, address))
    finally:
        if server:
            server.terminate()
    options.out.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
