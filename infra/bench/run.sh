#!/usr/bin/env bash
# Measures the journey with the echo model, on a private stack of its own in a throw-away folder.
#   TASKS=5000 RUNS=3 infra/bench/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
config=release
swift build -c "$config" --quiet

stack=$(mktemp -d)
chmod 755 "$stack"
trap 'cd "$stack" && "$root/.build/$config/hone" down >/dev/null 2>&1; rm -rf "$stack"' EXIT
cd "$stack"
export HONE_LOG_LEVEL=warning HONE_CONCURRENCY=64
"$root/.build/$config/hone" up --dir "$root/infra/migrations"
"$root/.build/$config/hone" apply -f "$root/infra/bench/echo.yaml"
set -a; source .hone/stack.env; set +a
mkdir -p "$root/infra/bench/results"
python3 "$root/infra/bench/journey.py" --redis "$REDIS_URL" --run-dir .hone/run \
    --tasks "${TASKS:-5000}" --runs "${RUNS:-3}" --out "$root/infra/bench/results/journey.json"
