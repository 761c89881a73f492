#!/usr/bin/env bash
# Builds Hone, starts it, runs the sample job through the streams, and leaves the stack running.
set -euo pipefail
cd "$(dirname "$0")/../.."
source infra/scripts/lib.sh

config=${CONFIG:-release}
began=$SECONDS
step "building ($config)"
swift build -c "$config" --quiet
note "built in $((SECONDS - began)) s"

began=$SECONDS
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

step "running the sample job"
set -a; source .hone/stack.env; set +a
python3 infra/samples/job.py --redis "$REDIS_URL" --database "$DATABASE_URL" --hone ".build/$config/hone"

gateway=$(hone status --json | python3 -c '
import json, sys
print(next(service["address"] for service in json.load(sys.stdin)["services"] if service["service"] == "gateway"))')

cat <<TEXT

The stack is still running. From here:
    infra/scripts/hone.sh status        services, streams, backlog
    infra/scripts/hone.sh watch         tokens and results as they come
    infra/scripts/hone.sh submit --category sentiment --wait 30 "Sentiment of this review: I love it."
    redis-cli -u $REDIS_URL XADD hone:tasks.submitted '*' data '{"input":"Sentiment of this review: It broke.","category":"sentiment"}'
    curl $gateway/api/agents/leaderboard
    make down                           stop it; data stays under .hone
TEXT
