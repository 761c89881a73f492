"""The sample job: publishes tasks with plain XADD through redis-cli, waits for them, and prints what became of them.

    job.py --redis URL --database URL --hone PATH [--tasks 150] [--seed 7] [--window 8] [--limit 170] [--session NAME]
           [--settle 20]

It is a client like any other: it writes to the public stream and reads the public tables. Of Hone's own it uses `hone status` and
`hone leaderboard`.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import time
import uuid

HERE = pathlib.Path(__file__).resolve().parent
# The same session and case are the same task, in every database.
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "hone/samples")
SUITES = ["sentiment", "intent", "topic"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redis", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--hone", required=True, help="the hone command, for its status and leaderboard")
    parser.add_argument("--namespace", default="hone")
    parser.add_argument("--tasks", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--window", type=int, default=8, help="tasks under way at the same time")
    parser.add_argument("--session", default=f"sample-{int(time.time())}", help="its tasks' ids are made from this name")
    parser.add_argument("--limit", type=float, default=170, help="seconds after which the job gives up")
    parser.add_argument("--settle", type=float, default=20, help="seconds that reviews have to come in after the last task")
    return parser.parse_args()


def cases(count, seed):
    """A mixed order of cases from every suite; the sealed holdout is left alone."""
    chosen = []
    draw = random.Random(seed)
    for suite in SUITES:
        lines = (HERE / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines()
        known = [case for case in map(json.loads, lines) if case["split"] != "holdout"]
        share = count // len(SUITES) + (1 if SUITES.index(suite) < count % len(SUITES) else 0)
        chosen += [(suite, case) for case in draw.sample(known, share)]
    draw.shuffle(chosen)
    return chosen


class Publisher:
    """One redis-cli that is fed commands, as an outside system might do."""

    def __init__(self, url, namespace):
        self.stream = f"{namespace}:tasks.submitted"
        self.cli = subprocess.Popen(["redis-cli", "-u", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def publish(self, task):
        text = json.dumps(task).replace("\\", "\\\\").replace('"', '\\"')
        self.cli.stdin.write(f'XADD {self.stream} * id {task["task_id"]} data "{text}"\n')
        self.cli.stdin.flush()
        entry = self.cli.stdout.readline().strip()
        if "-" not in entry or not entry[0].isdigit():
            sys.exit(f"job: redis refused the task: {entry}")

    def close(self):
        self.cli.stdin.close()
        self.cli.wait(timeout=10)


class Record:
    """The public tables, read with psql."""

    def __init__(self, url, session):
        self.url, self.session = url, session

    def rows(self, sql):
        command = ["psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-v", f"session={self.session}", self.url]
        done = subprocess.run(command, input=sql, capture_output=True, text=True, timeout=30)
        if done.returncode:
            sys.exit(f"job: psql: {done.stderr.strip()}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def progress(self):
        (row,) = self.rows(
            """select count(*) filter (where status = 'completed'),
                      count(*) filter (where status in ('failed', 'expired', 'cancelled')),
                      (select count(*) from agent_performance_scores s join agent_tasks t on t.id = s.task_id
                       where t.session_id = :'session')
               from agent_tasks where session_id = :'session';"""
        )
        return tuple(map(int, row))


def bar(done, failed, total, started):
    width = 30
    filled = width * (done + failed) // total
    line = f"[{'#' * filled}{'.' * (width - filled)}] {done + failed}/{total}  failed {failed}  {time.monotonic() - started:4.0f} s"
    if sys.stderr.isatty():
        print("\r" + line, end="", file=sys.stderr, flush=True)
    elif (done + failed) % 25 == 0:
        print(line, file=sys.stderr, flush=True)


def publish_and_wait(publisher, record, chosen, session, options):
    """Keeps `window` tasks under way; returns the seconds it took, or None when time ran out."""
    waiting = list(reversed(chosen))
    started = time.monotonic()
    published, last = 0, None
    while time.monotonic() - started < options.limit:
        done, failed, scored = record.progress()
        while waiting and published - done - failed < options.window:
            suite, case = waiting.pop()
            publisher.publish(
                {"task_id": str(uuid.uuid5(NAMES, f"{session}/{suite}/{case['id']}")),
                 "input": case["input"], "category": suite, "expected": case["expected"], "session_id": session,
                 "metadata": {"case": case["id"]}}
            )
            published += 1
        if (done, failed) != last:
            bar(done, failed, len(chosen), started)
            last = (done, failed)
        if not waiting and done + failed == len(chosen) and scored == done:
            return time.monotonic() - started
        time.sleep(0.1)
    return None


def servers(options):
    """For `hone`: the servers that the job itself works with."""
    own = {"REDIS_URL": options.redis, "DATABASE_URL": options.database, "HONE_NAMESPACE": options.namespace}
    return {**os.environ, **own}


def under_way(options):
    """Messages that somebody has still to handle."""
    command = [options.hone, "status", "--json"]
    done = subprocess.run(command, env=servers(options), capture_output=True, text=True, timeout=60)
    if done.returncode:
        sys.exit(f"job: hone status: {done.stderr.strip()}")
    bus = json.loads(done.stdout)["bus"]
    return bus["delayed"] + sum(
        group["lag"] + group["pending"] for stream in bus["streams"] for group in stream["groups"])


def settle(record, options):
    """Reviews and judgements come after the scores, and the ledger after them: gives them time until no message is left and
    their number stands still."""
    before, since = None, time.monotonic()
    deadline = since + options.settle
    left = 0
    while time.monotonic() < deadline:
        left = under_way(options)
        now = left, record.rows(
            """select (select count(*) from agent_peer_evaluations), (select count(*) from judgements),
                      (select coalesce(sum(total_tasks), 0) from agent_performance_stats);"""
        )
        if left or now != before:
            before, since = now, time.monotonic()
        elif time.monotonic() - since > 4:
            return
        time.sleep(0.5)
    print(f"job: {left} messages are still under way after {options.settle:g} s; some opinions are not counted yet",
          file=sys.stderr)


def table(title, header, rows):
    print(f"\n{title}")
    cells = [header] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    for row in cells:
        print("  " + "  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths))))


def percent(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "-"


def accuracy_table(record):
    rows = record.rows(
        """select a.nickname, t.category, count(*), count(*) filter (where s.passed)
           from agent_performance_scores s join agent_tasks t on t.id = s.task_id join agents a on a.id = s.agent_id
           where t.session_id = :'session' group by 1, 2;"""
    )
    agents = sorted({row[0] for row in rows})
    found = {(agent, category): (int(n), int(good)) for agent, category, n, good in rows}
    lines = []
    for agent in agents:
        parts = [found.get((agent, suite), (0, 0)) for suite in SUITES]
        total = tuple(map(sum, zip(*parts)))
        lines.append([agent] + [f"{percent(good, n)} of {n}" if n else "-" for n, good in parts + [total]])
    table("Accuracy by the checks", ["agent"] + SUITES + ["all"], lines)


def traffic_table(record, count):
    third = max(1, count // 3)
    rows = record.rows(
        f"""with ordered as (
                select t.category, t.agent_id, s.passed, row_number() over (order by t.created_at, t.id) as n
                from agent_tasks t left join agent_performance_scores s on s.task_id = t.id
                where t.session_id = :'session')
            select a.nickname, o.category, count(*) filter (where n <= {third}), count(*) filter (where n > {count - third}),
                   count(*) filter (where n <= {third} and passed), count(*) filter (where n > {count - third} and passed)
            from ordered o join agents a on a.id = o.agent_id group by 1, 2 order by 1, 2;"""
    )
    agents = sorted({row[0] for row in rows})
    lines = []
    for agent in agents:
        own = {row[1]: row for row in rows if row[0] == agent}
        cells = [f"{own[s][2]} -> {own[s][3]}" if s in own else "0 -> 0" for s in SUITES]
        total = [sum(int(row[i]) for row in own.values()) for i in (2, 3)]
        lines.append([agent] + cells + [f"{total[0]} -> {total[1]}"])
    passed = [sum(int(row[i]) for row in rows) for i in (4, 5)]
    lines.append(["passed their check"] + [""] * len(SUITES) + [f"{percent(passed[0], third)} -> {percent(passed[1], third)}"])
    table(f"Where tasks went: the first {third} -> the last {third}", ["agent"] + SUITES + ["all"], lines)


def agreement_table(record):
    rows = record.rows(
        """select 'judge ' || j.model, count(*), count(*) filter (where j.unknown),
                  count(*) filter (where (j.accuracy_score >= 0.5) = s.passed)
           from judgements j join agent_performance_scores s using (task_id) join agent_tasks t on t.id = j.task_id
           where t.session_id = :'session' and purpose = 'calibration' group by 1
           union all
           select 'reviewer ' || a.nickname, count(*), count(*) filter (where evaluation_score is null),
                  count(*) filter (where (evaluation_score >= 0.5) = s.passed)
           from agent_peer_evaluations e join agent_performance_scores s using (task_id)
                join agent_tasks t on t.id = e.task_id join agents a on a.id = e.evaluator_agent_id
           where t.session_id = :'session' group by 1 order by 1;"""
    )
    lines = [
        [who, n, unknown, f"{percent(int(agree), int(n) - int(unknown))}"] for who, n, unknown, agree in rows
    ]
    table("Opinions against known answers (50 % is a coin's)", ["who", "asked", "could not say", "agreed"], lines)


def totals(record, seconds, done, failed):
    (work,) = record.rows(
        """select coalesce(sum(e.input_tokens + e.output_tokens), 0), coalesce(sum(e.cost_micro_usd), 0)
           from executions e join agent_tasks t on t.id = e.task_id where t.session_id = :'session';"""
    )
    (opinions,) = record.rows(
        """select coalesce(sum(tokens), 0), coalesce(sum(cost), 0) from (
               select j.input_tokens + j.output_tokens as tokens, j.cost_micro_usd as cost
               from judgements j join agent_tasks t on t.id = j.task_id where t.session_id = :'session'
               union all
               select e.input_tokens + e.output_tokens, e.cost_micro_usd
               from agent_peer_evaluations e join agent_tasks t on t.id = e.task_id where t.session_id = :'session'
           ) as calls;"""
    )
    print(f"\nDone {done}, failed {failed}, in {seconds:.0f} s ({done / seconds:.1f} tasks/s)")
    for name, (tokens, cost) in [("work", work), ("judge and reviewers", opinions)]:
        print(f"  {name:<20} {int(tokens):>9,} tokens  ${int(cost) / 1e6:.6f}")


def main():
    options = arguments()
    session = options.session
    chosen = cases(options.tasks, options.seed)
    publisher, record = Publisher(options.redis, options.namespace), Record(options.database, session)
    print(f"publishing {len(chosen)} tasks to {publisher.stream} (session {session})", file=sys.stderr)
    seconds = publish_and_wait(publisher, record, chosen, session, options)
    publisher.close()
    print(file=sys.stderr)
    done, failed, scored = record.progress()
    if seconds is None:
        sys.exit(f"job: after {options.limit:.0f} s {done} of {len(chosen)} tasks are done, {failed} failed, {scored} scored")
    settle(record, options)
    accuracy_table(record)
    traffic_table(record, len(chosen))
    agreement_table(record)
    print("\nLeaderboard")
    sys.stdout.flush()
    subprocess.run([options.hone, "leaderboard"], env=servers(options), check=True)
    totals(record, seconds, done, failed)
    sys.exit(1 if failed else 0)


main()
