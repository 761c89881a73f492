#!/usr/bin/env bash
# Measures Celery, Dramatiq, taskiq, arq, RQ and Sidekiq on one Redis; `measure.py` says how.
#   infra/bench/peers/run.sh [--redis URL] [--runs 5] [--out FILE] [--scratch DIR] [--only celery,rq] [--scale 0.1]
# Without --redis, BENCH_REDIS names the server; without a database in it, number 9 is used, and must be empty.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..

redis=${BENCH_REDIS:-} runs=${RUNS:-5} out=$root/infra/bench/results/peers.json scratch=$root/.hone/bench-peers more=()
while [ $# -gt 0 ]; do
    case $1 in
    --redis) redis=$2 ;;
    --runs) runs=$2 ;;
    --out) out=$2 ;;
    --scratch) scratch=$2 ;;
    --only | --scale) more+=("$1" "$2") ;;
    *) sed -n '2,4p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done
[ -n "$redis" ] || { echo "peers: --redis or BENCH_REDIS must name a Redis server" >&2; exit 2; }
[[ $redis =~ ^[a-z]+://[^/]+/.+ ]] || redis=${redis%/}/9

# Two environments: arq wants an older redis-py.
environment() {
    local folder=$scratch/$1 wanted=$here/$2
    cmp -s "$wanted" "$folder/installed" && return
    python3 -m venv --clear "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$folder/installed"
}
mkdir -p "$scratch" "$(dirname "$out")"
environment venv requirements.txt
environment venv-arq requirements-arq.txt
export ARQ_BIN=$scratch/venv-arq/bin BENCH_REDIS=$redis

# Debian's package brings Ruby along.
if ! command -v sidekiq >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ruby-sidekiq >/dev/null || true
fi
if command -v sidekiq >/dev/null; then
    echo "peers: $(sidekiq --version 2>/dev/null), $(ruby --version | cut -d' ' -f1,2)"
else
    echo "peers: Sidekiq is left out: it is not installed (apt-get install ruby-sidekiq)" >&2
    more+=(--skip sidekiq)
fi
"$scratch/venv/bin/python" --version
xargs -a "$here/requirements.txt" echo "peers:"
xargs -a "$here/requirements-arq.txt" echo "peers, arq:"
"$scratch/venv/bin/python" "$here/measure.py" --redis "$redis" --runs "$runs" --out "$out" "${more[@]}"
