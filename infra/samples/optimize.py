"""The second half of the sample job: has the weakest sample agent's prompt improved on real trials, and prints what came of it.

    optimize.py --gateway URL --database URL [--agent ID] [--suite sentiment] [--auto light] [--seed 7]

It is a client like any other: it asks the gateway, and reads the public tables for what was used. The sealed holdout is seen by
the gate alone, which is where the printed accuracies come from.
"""

import argparse
import json
import math
import subprocess
import sys
import time
import urllib.error
import urllib.request

PROBED = 20  # validation cases by which the weakest is found
OVER = ("completed", "failed", "cancelled")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gateway", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--agent", help="whose prompt; without it the weakest agent of the suite's category is found")
    parser.add_argument("--suite", default="sentiment")
    parser.add_argument("--algorithm", default="gepa")
    parser.add_argument("--auto", default="light")
    parser.add_argument("--seed", type=int, default=7, help="the same seed and answers give the same search")
    parser.add_argument("--rollouts", type=int, help="trials of the search; what --auto says when not given")
    parser.add_argument(
        "--tolerance", type=float, default=5,
        help="how much more the result may cost and how much longer it may take, as a share: examples are tokens")
    parser.add_argument("--minutes", type=float, default=7, help="after which the run ends with what it has")
    return parser.parse_args()


class Gateway:
    """On loopback, and so never through a proxy."""

    def __init__(self, url):
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def get(self, path):
        return self.ask(path)

    def post(self, path, body):
        return self.ask(path, json.dumps(body).encode())

    def ask(self, path, body=None):
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "application/json"})
        try:
            with self.opener.open(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            sys.exit(f"optimize: {path}: {error.code}: {error.read().decode(errors='replace')}")
        except OSError as error:
            sys.exit(f"optimize: {path}: {error}")


def query(url, sql, **values):
    """One row of the public tables."""
    given = [part for name, value in values.items() for part in ("-v", f"{name}={value}")]
    done = subprocess.run(
        ["psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", *given, url], input=sql, capture_output=True, text=True,
        timeout=60)
    if done.returncode:
        sys.exit(f"optimize: psql: {done.stderr.strip()}")
    return done.stdout.strip("\n").split("\t")


def show(line, is_last=False):
    """A line that the next one takes the place of, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="\n" if is_last else "", file=sys.stderr, flush=True)
    elif is_last:
        print(line, file=sys.stderr, flush=True)


def wilson(share, count, z=1.959964):
    """The 95 % interval of a share (Wilson, 1927)."""
    scale = 1 + z * z / count
    middle = (share + z * z / (2 * count)) / scale
    reach = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / scale
    return middle - reach, middle + reach


def accuracy(share, count):
    if share is None or not count:
        return "-"
    low, high = wilson(share, count)
    return f"{100 * share:.0f} %  [{100 * low:.0f} %, {100 * high:.0f} %]"


def workers(gateway, suite):
    category = gateway.get(f"/api/benchmarks/{suite}")["category"]
    agents = [
        agent["id"] for agent in gateway.get("/api/agents?limit=200")["items"]
        if category in agent["specialization"] and "worker" in agent["roles"] and agent["lifecycle"] == "live"
        and agent["type"] == "llm"]
    return agents or sys.exit(f"optimize: no agent works in the category {category}")


def pass_rate(gateway, agent, suite):
    """On a few validation cases; the holdout is left alone."""
    gateway.post(f"/api/evaluate/{agent}", {"benchmark": suite, "split": "validation", "limit": PROBED})
    while (latest := gateway.get(f"/api/evaluate/{agent}/latest"))["status"] not in OVER:
        show(f"who is the weakest at {suite}? {agent} has done {latest['done']} of {PROBED} validation cases")
        time.sleep(0.5)
    return latest["pass_rate"] or 0


def weakest(gateway, suite):
    """All workers of the suite's category do the same cases: one after the other, since a model that is asked with one prompt
    again and again need not read it anew."""
    found = {agent: pass_rate(gateway, agent, suite) for agent in workers(gateway, suite)}
    show("", is_last=sys.stderr.isatty())
    print(f"Accuracy on {PROBED} validation cases of {suite}, before")
    for agent, share in sorted(found.items(), key=lambda item: -item[1]):
        print(f"  {agent:<10} {accuracy(share, PROBED)}")
    return min(sorted(found), key=found.get)


def progress(run, trials, began):
    figures = run.get("progress") or {}
    used, left = figures.get("rollouts_used", 0), figures.get("rollouts_left", 0)
    best, before = figures.get("best_score"), figures.get("baseline_score")
    scores = "" if best is None or before is None else f", score {before:.2f} -> {best:.2f}"
    gate = f", {trials} trials at the gate" if trials else ""
    return (f"{run['status']}: {used} of {used + left} rollouts, {figures.get('candidates', 1)} prompts{scores}{gate}, "
            f"{time.monotonic() - began:.0f} s")


def gates(gateway, run):
    """The gates of this run, the first one first."""
    found = gateway.get(f"/api/experiments?kind=gate&optimization_id={run['id']}&limit=50")["items"]
    return sorted(found, key=lambda gate: gate["created_at"])


def follow(gateway, agent, minutes):
    began = time.monotonic()
    told = None
    while True:
        run = gateway.get(f"/api/optimize/{agent}/status")
        line = progress(run, sum(gate["done"] for gate in gates(gateway, run)), began)
        if run["status"] in OVER:
            show(line, is_last=True)
            return run, time.monotonic() - began
        if time.monotonic() - began > 60 * (minutes + 2):
            sys.exit(f"optimize: the run does not end: {line}")
        step = int(time.monotonic() - began) // 30
        show(line, is_last=not sys.stderr.isatty() and step != told)
        told = step
        time.sleep(1)


def print_gates(found):
    if not found:
        print("\nNo prompt was put to the gate: none did better on the validation cases than today's, or the run ended before.")
    for number, gate in enumerate(found, start=1):
        result = gate["results"] or {}
        pairs = result.get("pairs", 0)
        print(f"\nGate {number}, on the sealed holdout: {result.get('verdict', gate['status'])}")
        print(f"  {result.get('reason', '-')}")
        print(f"  accuracy before   {accuracy(result.get('parent_pass_rate'), pairs)}")
        print(f"  accuracy after    {accuracy(result.get('child_pass_rate'), pairs)}")
        gain, interval = result.get("gain"), result.get("gain_interval")
        if gain is not None and interval:
            low, high = (round(100 * bound) for bound in interval)
            print(f"  gain, paired      {round(100 * gain):+d} points  [{low:+d}, {high:+d}]")
        wins, losses = result.get("wins", []), result.get("losses", [])
        print(f"  pairs             {pairs}: {len(wins)} won, {len(losses)} lost; evidence "
              f"{result.get('evidence', 1):.3g} of {result.get('threshold', 20):.3g} needed")
        print(f"  controls          {result.get('controls', 0)}, broken: {', '.join(result.get('broken_controls', [])) or 'none'}")
        for name in ("cost", "time"):
            if ratio := result.get(name):
                print(f"  {name:<17} {ratio['ratio']:.2f} × today's  [{ratio['low']:.2f}, {ratio['high']:.2f}]")


def print_use(database, run, seconds):
    """Of every task of the run, those of the gate among them."""
    gated, tokens, cost = query(
        database,
        """select count(distinct task.id) filter (where experiment.kind = 'gate'), coalesce(sum(input_tokens + output_tokens), 0), coalesce(sum(cost_micro_usd), 0)
           from experiments as experiment join agent_tasks as task on task.experiment_id = experiment.id
                left join executions on executions.task_id = task.id
           where experiment.optimization_id = :'run';""",
        run=run["id"])
    rollouts = (run.get("progress") or {}).get("rollouts_used", 0)
    print(f"\nRollouts {rollouts}, trials at the gate {int(gated)}, tokens {int(tokens):,}, ${int(cost) / 1e6:.4f}, "
          f"{seconds:.0f} s")


def print_change(gateway, run, agent):
    best = run["best_prompt_id"]
    if not best:
        return
    before = run.get("baseline_prompt_id") or query_production(gateway, agent)
    diff = gateway.get(f"/api/prompts/{best}/diff?against={before}")
    print(f"\nThe prompt, against today's\n{diff['unified'] or '  nothing differs'}")
    if gateway.get(f"/api/prompts/{best}")["state"] == "candidate":
        print(f"\nIt waits for a person:  hone approve {best}")


def query_production(gateway, agent):
    return gateway.get(f"/api/agents/{agent}")["prompt_id"]


def main():
    options = arguments()
    gateway = Gateway(options.gateway.rstrip("/"))
    agent = options.agent or weakest(gateway, options.suite)
    gateway.post(f"/api/optimize/{agent}", {
        "benchmark": options.suite, "algorithm": options.algorithm, "auto": options.auto, "seed": options.seed,
        "params": {"cost_tolerance": options.tolerance, "time_tolerance": options.tolerance},
        "budget": {"max_minutes": options.minutes} | ({"max_rollouts": options.rollouts} if options.rollouts else {})})
    print(f"\nOptimizing {agent} on {options.suite} ({options.algorithm}, {options.auto}, seed {options.seed})", flush=True)
    run, seconds = follow(gateway, agent, options.minutes)
    if run["status"] != "completed":
        sys.exit(f"optimize: the run {run['status']}: {run.get('end_reason') or run.get('error_message')}")
    print(f"Proposals: {(run.get('progress') or {}).get('proposer', '-')}")
    print(f"Ended because: {run.get('end_reason', '-')}")
    print_gates(gates(gateway, run))
    print_use(options.database, run, seconds)
    print_change(gateway, run, agent)


main()
