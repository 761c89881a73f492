#!/usr/bin/env bash
# Measures the bus and its peers on one Redis, then the journey with the echo model on private stacks; all in throw-away folders.
#   infra/bench/run.sh [--skip bus|peers|journey|curve]…    what is skipped keeps its results of an earlier run
#   RUNS=5 COUNT=200000 TASKS=5000 TABLE_SIZES=1000,10000,100000,1000000 infra/bench/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD bench=$PWD/infra/bench results=$PWD/infra/bench/results
config=release
export RUNS=${RUNS:-5} COUNT=${COUNT:-200000}

skipped=" "
while [ $# -gt 0 ]; do
    [ "$1" = --skip ] && [ $# -gt 1 ] || { sed -n '2,4p' "$0" >&2; exit 2; }
    skipped+="$2 "
    shift 2
done
wanted() { [[ $skipped != *" $1 "* ]]; }

swift build -c "$config" --quiet
scratch=$(mktemp -d)
chmod 755 "$scratch"
redis=
leave() {
    [ -z "$redis" ] || kill "$redis" 2>/dev/null || true
    stack_down
    rm -rf "$scratch"
}
stack_down() {
    [ ! -d "$scratch/stack" ] || (cd "$scratch/stack" && "$root/.build/$config/hone" down >/dev/null 2>&1) || true
    rm -rf "$scratch/stack"
}
trap leave EXIT
mkdir -p "$results"
for part in bus peers journey curve; do
    if wanted "$part"; then rm -f "$results/$part.json"; fi
done

# The peers' Redis is ours: same process, same durability.
start_redis() {
    local port options=(--appendonly yes --appendfsync everysec --save "" --bind 127.0.0.1)
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    mkdir "$scratch/redis"
    redis-server --port "$port" --dir "$scratch/redis" "${options[@]}" >"$scratch/redis.log" &
    redis=$!
    export BENCH_REDIS=redis://127.0.0.1:$port
    until redis-cli -u "$BENCH_REDIS" ping >/dev/null 2>&1; do sleep 0.05; done
    echo "$(redis-server --version | cut -d' ' -f1-3), ${options[*]}"
}

if wanted bus || wanted peers; then start_redis; fi
if wanted bus; then
    # A bare Debian has no cc, but Swift brings a compiler along.
    "$(command -v cc || command -v clang)" -O2 -o "$scratch/raw" "$bench/raw/raw.c" -lhiredis
    python3 "$bench/bus.py" --redis "$BENCH_REDIS" --hone ".build/$config/hone-bench" --raw "$scratch/raw" \
        --runs "$RUNS" --count "$COUNT" --out "$results/bus.json"
fi
if wanted peers; then "$bench/peers/run.sh"; fi
# journey NAME OPTION…: on a fresh stack.
journey() {
    local name=$1
    shift
    stack_down
    mkdir "$scratch/stack"
    (
        cd "$scratch/stack"
        export HONE_LOG_LEVEL=warning HONE_CONCURRENCY=256
        "$root/.build/$config/hone" up --dir "$root/infra/migrations"
        "$root/.build/$config/hone" apply -f "$bench/echo.yaml"
        set -a; source .hone/stack.env; set +a
        python3 "$bench/journey.py" --redis "$REDIS_URL" --database "$DATABASE_URL" --run-dir .hone/run \
            --tasks "${TASKS:-5000}" --runs "$RUNS" --out "$results/$name.json" "$@"
    )
}

if wanted journey; then journey journey; fi
if wanted curve; then journey curve --table-sizes "${TABLE_SIZES:-1000,10000,100000,1000000}"; fi
python3 "$bench/table.py" "$results"/*.json
