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
