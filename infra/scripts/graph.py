"""Reads a package's manifest as JSON on stdin, prints its targets by floor, and fails on an arrow that points up."""
import json
import sys

FLOORS = [
    ("C libraries", ["CHiredis", "CLibPQ", "CCurl", "CZlib", "CDocuments"]),
    ("drivers and ground", ["Redis", "Postgres", "HTTP", "Deflate", "Charts", "HoneCore"]),
    ("pure parts and mechanism", ["HoneIntelligence", "HoneEvolution", "HoneBus"]),
    ("catalogue", ["HoneMessages"]),
    ("adapters", ["HoneRedis", "HoneStore", "HoneModels", "HoneIntegrations"]),
    ("frame", ["HoneAPI", "HoneService"]),
    ("services", ["Router", "Executor", "Evaluator", "PeerReviewer", "StatsAggregator", "Optimizer", "Gateway", "Hone"]),
    ("examples and benchmarks", ["PublishExample", "BusBench"]),
    ("test kits", ["TestServers", "ScriptedModel", "BusTestKit", "HoneTestKit", "ChaosKit"]),
    ("tools of tests", ["Chaos", "SearchQuality"]),
]
# Floors whose rooms never import each other; in the others a room may import an earlier one of its floor.
APART = {"C libraries", "drivers and ground", "pure parts and mechanism", "adapters", "services"}
# What knows nothing of Hone may not import anything that does.
STRANGERS = {"CHiredis", "CLibPQ", "CCurl", "CZlib", "Redis", "Postgres", "HTTP", "Deflate", "Charts", "TestServers", "PublishExample"}


def dependencies(target):
    for dependency in target["dependencies"]:
        for kind in ("byName", "target"):
            if kind in dependency:
                yield dependency[kind][0]


def main():
    manifest = json.load(sys.stdin)
    floor = {name: level for level, (_, names) in enumerate(FLOORS) for name in names}
    title = {level: title for level, (title, _) in enumerate(FLOORS)}
    targets = {t["name"]: set(dependencies(t)) for t in manifest["targets"]}
    faults = []
    for name, below in sorted(targets.items()):
        if name.endswith("Tests"):
            continue
        if name not in floor:
            faults.append(f"{name} stands on no floor: give it one in infra/scripts/graph.py")
            continue
        for other in sorted(below & set(targets)):
            level, other_level = floor[name], floor.get(other, 99)
            if other_level > level or other_level == level and title[level] in APART:
                faults.append(f"{name} -> {other} points {'up' if other_level > level else 'sideways'}")
            if name in STRANGERS and other not in STRANGERS:
                faults.append(f"{name} -> {other}: {name} must know nothing of Hone")
            if title[other_level] == "test kits" and title[level] not in ("test kits", "tools of tests"):
                faults.append(f"{name} -> {other}: only tests may import test kits")
    for level, (heading, names) in reversed(list(enumerate(FLOORS))):
        print(f"{level} {heading}")
        for name in (n for n in names if n in targets):
            arrows = ", ".join(sorted(targets[name] & set(targets)))
            print(f"    {name:<18} {'-> ' + arrows if arrows else ''}")
    for fault in faults:
        print(f"graph: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


main()
