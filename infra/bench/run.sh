#!/usr/bin/env bash
# Measures the bus and its peers on one Redis, the routing decision by itself, NSGA-II's sort beside its peers, then, on private
# stacks, the journey with the echo model, the counting of events, the gateway, its WebSockets beside their peers, and what is
# said of judges; all in throw-away folders.
#   infra/bench/run.sh [--skip bus|peers|routing|nsga2|journey|curve|aggregator|gateway|fanout|judges|search]…
#   RUNS=5 COUNT=200000 TASKS=5000 EVENTS=20000 TABLE_SIZES=1000,10000,100000,1000000 infra/bench/run.sh
# What is skipped keeps its results of an earlier run.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD bench=$PWD/infra/bench results=$PWD/infra/bench/results
config=release
export RUNS=${RUNS:-5} COUNT=${COUNT:-200000}

skipped=" "
while [ $# -gt 0 ]; do
    [ "$1" = --skip ] && [ $# -gt 1 ] || { sed -n '2,6p' "$0" >&2; exit 2; }
    skipped+="$2 "
    shift 2
done
wanted() { [[ $skipped != *" $1 "* ]]; }

swift build -c "$config" --quiet
scratch=$(mktemp -d)
chmod 755 "$scratch"
redis= model=
leave() {
    [ -z "$redis" ] || kill "$redis" 2>/dev/null || true
    [ -z "$model" ] || kill "$model" 2>/dev/null || true
    stack_down
    rm -rf "$scratch"
}
stack_down() {
    [ ! -d "$scratch/stack" ] || (cd "$scratch/stack" && "$root/.build/$config/hone" down >/dev/null 2>&1) || true
    rm -rf "$scratch/stack"
}
trap leave EXIT
mkdir -p "$results"
for part in bus peers routing nsga2 journey curve aggregator gateway gateway-chat fanout judges search search-reviews; do
    if wanted "${part%-*}"; then rm -f "$results/$part.json"; fi
done

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# The peers' Redis is ours: same process, same durability.
start_redis() {
    local port options=(--appendonly yes --appendfsync everysec --save "" --bind 127.0.0.1)
    port=$(free_port)
    mkdir "$scratch/redis"
    redis-server --port "$port" --dir "$scratch/redis" "${options[@]}" >"$scratch/redis.log" &
    redis=$!
    export BENCH_REDIS=redis://127.0.0.1:$port
    until redis-cli -u "$BENCH_REDIS" ping >/dev/null 2>&1; do sleep 0.05; done
    echo "$(redis-server --version | cut -d' ' -f1-3), ${options[*]}"
}

# A bare Debian has no cc, but Swift brings a compiler along.
compile() { "$(command -v cc || command -v clang)" -O2 "$@"; }

if wanted bus || wanted peers; then start_redis; fi
if wanted bus; then
    compile -o "$scratch/raw" "$bench/raw/raw.c" -lhiredis
    python3 "$bench/bus.py" --redis "$BENCH_REDIS" --hone ".build/$config/hone-bench" --raw "$scratch/raw" \
        --runs "$RUNS" --count "$COUNT" --out "$results/bus.json"
fi
if wanted peers; then "$bench/peers/run.sh"; fi
if wanted routing; then ".build/$config/hone-bench" route --runs "$RUNS" >"$results/routing.json"; fi

nsga2() {
    python3 -m venv "$scratch/nsga2-venv"
    "$scratch/nsga2-venv/bin/pip" install --quiet --disable-pip-version-check -r "$bench/nsga2/requirements.txt"
    "$scratch/nsga2-venv/bin/python" "$bench/nsga2/nsga2.py" --hone ".build/$config/hone-bench" --runs "$RUNS" \
        --out "$results/nsga2.json"
}
if wanted nsga2; then nsga2; fi

# on_stack COMMAND…: on a fresh one, with its addresses in the environment; services as `scale` says.
scale=()
on_stack() {
    stack_down
    mkdir "$scratch/stack"
    (
        cd "$scratch/stack"
        HONE_GATEWAY_PORT=$(free_port)
        export HONE_LOG_LEVEL=warning HONE_CONCURRENCY=256 HONE_GATEWAY_PORT
        "$root/.build/$config/hone" up "${scale[@]}" --dir "$root/infra/migrations"
        "$root/.build/$config/hone" apply -f "$bench/echo.yaml"
        set -a; source .hone/stack.env; set +a
        "$@"
    )
}

# journey NAME OPTION…
journey() {
    local name=$1
    shift
    python3 "$bench/journey.py" --redis "$REDIS_URL" --database "$DATABASE_URL" --run-dir .hone/run \
        --tasks "${TASKS:-5000}" --runs "$RUNS" --out "$results/$name.json" "$@"
}

aggregator() {
    python3 "$bench/aggregator.py" --redis "$REDIS_URL" --database "$DATABASE_URL" --hone "$root/.build/$config/hone" \
        --migrations "$root/infra/migrations" --events "${EVENTS:-20000}" --runs "$RUNS" --out "$results/aggregator.json"
}

gateway() {
    "$root/infra/scripts/setup.sh" wrk
    local url=http://127.0.0.1:$HONE_GATEWAY_PORT
    python3 "$bench/gateway.py" --url "$url" --runs "$RUNS" --out "$results/gateway.json"
}

chat() {
    python3 "$bench/gateway_chat.py" --url "http://127.0.0.1:$HONE_GATEWAY_PORT" --hone "$root/.build/$config/hone" \
        --runs "$RUNS" --out "$results/gateway-chat.json"
}

fanout() {
    compile -o "$scratch/client" "$bench/fanout/client.c"
    python3 -m venv "$scratch/venv"
    "$scratch/venv/bin/pip" install --quiet --disable-pip-version-check -r "$bench/fanout/requirements.txt"
    # Ten thousand sockets, on both sides.
    ulimit -n "$(ulimit -Hn)"
    python3 "$bench/fanout/fanout.py" --gateway "$root/.build/$config/hone-gateway" --client "$scratch/client" \
        --python "$scratch/venv/bin/python" --runs "$RUNS" --out "$results/fanout.json"
}

# The local model as a judge of the sample cases.
start_model() {
    local port
    [ -z "$model" ] || return 0
    port=$(free_port)
    infra/local-model/install.sh
    LLM_PORT=$port .hone/model-venv/bin/python infra/local-model/server.py >"$scratch/model.log" 2>&1 &
    model=$!
    until curl --noproxy '*' -fsS "http://127.0.0.1:$port/health" >/dev/null 2>&1; do
        kill -0 "$model" || { tail -5 "$scratch/model.log" >&2; exit 1; }
        sleep 0.25
    done
    export OPENAI_BASE_URL=http://127.0.0.1:$port/v1
}

judges() {
    "$root/.build/$config/hone" apply -f "$root/infra/samples"
    python3 "$bench/judges.py" --hone "$root/.build/$config/hone" --runs "$RUNS" --model smollm2-135m --out "$results/judges.json"
}

if wanted journey; then on_stack journey journey; fi
if wanted curve; then on_stack journey curve --table-sizes "${TABLE_SIZES:-1000,10000,100000,1000000}"; fi
if wanted aggregator; then on_stack aggregator; fi
if wanted gateway; then
    on_stack gateway
    # On a fresh one: what was submitted there is still being scored and reviewed.
    on_stack chat
fi
if wanted fanout; then
    # It starts its own gateway; another one would read every event, too.
    for service in router executor evaluator peer-reviewer stats-aggregator optimizer gateway; do scale+=(--scale "$service=0"); done
    on_stack fanout
fi
if wanted judges; then
    start_model
    scale=()
    for service in router executor evaluator peer-reviewer stats-aggregator optimizer gateway; do scale+=(--scale "$service=0"); done
    on_stack judges
fi
# The search beside the package `gepa`, on landscapes whose truth is known and with the local model.
search() {
    local compare=("$scratch/gepa/bin/python" "$bench/search/compare.py" --hone "$root/.build/$config/hone-search")
    python3 -m venv "$scratch/gepa"
    "$scratch/gepa/bin/pip" install --quiet --disable-pip-version-check -r "$bench/search/requirements.txt"
    "${compare[@]}" --seeds "${SEEDS:-10}" --out "$results/search.json"
    start_model
    "${compare[@]}" --seeds 5 --rollouts 200,400 --world reviews --model "$OPENAI_BASE_URL" \
        --suite "$root/infra/samples/sentiment.jsonl" --cache "$root/.hone/search-cache" --out "$results/search-reviews.json"
}
if wanted search; then search; fi
python3 "$bench/table.py" "$results"/*.json
