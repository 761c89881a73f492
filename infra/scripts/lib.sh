# What the scripts share. Sourced from the repository root.

run_dir=.hone/run
mkdir -p "$run_dir" .hone/logs

# Loopback is never reached through a proxy.
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}127.0.0.1,localhost" no_proxy="${no_proxy:+$no_proxy,}127.0.0.1,localhost"

step() { printf '\n== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }
hone() { ".build/${config:-release}/hone" "$@"; }

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

model_is_up() {
    [ -s "$run_dir/model.pid" ] && kill -0 "$(cat "$run_dir/model.pid")" 2>/dev/null &&
        python3 - "$(cat "$run_dir/model.port")" <<'PY'
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
try:
    opener.open(f"http://127.0.0.1:{sys.argv[1]}/health", timeout=2)
except OSError:
    sys.exit(1)
PY
}

# Serves the local model on a free port of loopback, unless it is up already.
start_local_model() {
    model_is_up && return
    stop_local_model
    free_port >"$run_dir/model.port"
    LLM_PORT=$(cat "$run_dir/model.port") setsid .hone/model-venv/bin/python infra/local-model/server.py \
        </dev/null >.hone/logs/model.log 2>&1 &
    echo $! >"$run_dir/model.pid"
    for _ in $(seq 240); do
        model_is_up && return
        kill -0 "$(cat "$run_dir/model.pid")" 2>/dev/null || break
        sleep 0.25
    done
    echo "the local model did not come up; the end of its log:" >&2
    tail -5 .hone/logs/model.log >&2
    exit 1
}

stop_local_model() {
    [ -s "$run_dir/model.pid" ] || return 0
    kill "$(cat "$run_dir/model.pid")" 2>/dev/null || true
    rm -f "$run_dir/model.pid"
}

# Builds every service and the command line.
build_hone() {
    local began=$SECONDS
    step "building ($config)"
    swift build -c "$config" --quiet
    note "built in $((SECONDS - began)) s"
}

# Starts what is not up yet: a model, Redis, Postgres and the services; the sample agents are on record then.
start_stack() {
    local began=$SECONDS
    if [ -n "${OPENAI_BASE_URL:-}" ]; then
        note "using the model at OPENAI_BASE_URL"
    else
        infra/local-model/install.sh
        start_local_model
        export OPENAI_BASE_URL="http://127.0.0.1:$(cat "$run_dir/model.port")/v1"
        # The local model is far too small to reason as a judge, and slow enough that opinions are sampled.
        export HONE_JUDGE_FORM=${HONE_JUDGE_FORM:-forced} HONE_REVIEW_RATE=${HONE_REVIEW_RATE:-0.1}
        export HONE_REVIEW_ALWAYS=${HONE_REVIEW_ALWAYS:-disputed}
        export HONE_JUDGE_SAMPLE_RATE=${HONE_JUDGE_SAMPLE_RATE:-0.2}
    fi
    step "starting Redis, Postgres and the services"
    export HONE_CONCURRENCY=${HONE_CONCURRENCY:-8}
    hone up
    hone apply -f infra/samples
    note "started in $((SECONDS - began)) s"
    set -a; source .hone/stack.env; set +a
}

gateway_address() {
    hone status --json | python3 -c '
import json, sys
print(next(service["address"] for service in json.load(sys.stdin)["services"] if service["service"] == "gateway"))'
}

# optimize_sample [options of infra/samples/optimize.py]
optimize_sample() {
    step "optimizing the weakest sample agent"
    python3 infra/samples/optimize.py --gateway "$(gateway_address)" --database "$DATABASE_URL" "$@"
}
