#!/usr/bin/env bash
# Records the sample job, replays it on a fresh stack that has no model, and compares every row that both made. Both
# stacks are private and go afterwards; the recordings stay in .hone/replay.
set -euo pipefail
cd "$(dirname "$0")/../.."
source infra/scripts/lib.sh

config=${CONFIG:-release}
root=$PWD
place=$root/.hone/replay
step "building ($config)"
swift build -c "$config" --quiet
# By name from anywhere, where the library's function needs the repository's root.
unset -f hone
PATH=$root/.build/$config:$PATH
if [ -z "${OPENAI_BASE_URL:-}" ]; then
    infra/local-model/install.sh
    start_local_model
    export OPENAI_BASE_URL="http://127.0.0.1:$(cat "$run_dir/model.port")/v1" HONE_JUDGE_FORM=${HONE_JUDGE_FORM:-forced}
fi
# Servers of its own, whatever the shell knows.
unset DATABASE_URL REDIS_URL HONE_REPLAY
rm -rf "$place"
trap 'for name in record replay; do (cd "$place/$name" 2>/dev/null && hone down >/dev/null 2>&1) || true; done' EXIT

# NAME is the mode, too.
run_job() {
    mkdir -p "$place/$1"
    cd "$place/$1"
    export HONE_REPLAY=$1
    hone up --scale gateway=0 --dir "$root/infra/migrations"
    if [ "$1" = replay ]; then
        hone replay import ../recordings.jsonl
        # What was recorded is read at the start.
        hone down
        hone up --scale gateway=0 --dir "$root/infra/migrations"
    fi
    hone apply -f "$root/infra/samples"
    (
        set -a; source .hone/stack.env; set +a
        python3 "$root/infra/samples/job.py" --redis "$REDIS_URL" --database "$DATABASE_URL" \
            --hone "$(command -v hone)" --session replay --tasks "${TASKS:-150}" \
            --limit 600 --settle 600 >"../$1.txt"
        psql -XAtq -v ON_ERROR_STOP=1 "$DATABASE_URL" -f "$root/infra/scripts/replay.sql" >"../$1.rows"
    )
    if [ "$1" = record ]; then hone replay export ../recordings.jsonl; fi
    hone down
    cd "$root"
}

step "recording the sample job"
run_job record
step "replaying it, with no model and no key"
stop_local_model
unset OPENAI_API_KEY
OPENAI_BASE_URL=http://127.0.0.1:9/v1 run_job replay

step "comparing"
diff "$place/record.rows" "$place/replay.rows"
note "$(wc -l <"$place/record.rows") rows, all the same; the recordings are in ${place#"$root"/}/recordings.jsonl"
