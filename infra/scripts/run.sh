#!/usr/bin/env bash
# Builds Hone, starts it, runs the sample job through the streams, has the weakest agent's prompt improved (OPTIMIZE=no leaves that
# out), and leaves the stack running.
set -euo pipefail
cd "$(dirname "$0")/../.."
source infra/scripts/lib.sh

config=${CONFIG:-release}
build_hone
start_stack

step "running the sample job"
python3 infra/samples/job.py --redis "$REDIS_URL" --database "$DATABASE_URL" --hone ".build/$config/hone"

# What was started is told in any case.
status=0
[ "${OPTIMIZE:-yes}" = no ] || optimize_sample || status=$?

gateway=$(gateway_address)

cat <<TEXT

The stack is still running. From here:
    infra/scripts/hone.sh status        services, streams, backlog
    infra/scripts/hone.sh watch         tokens and results as they come
    infra/scripts/hone.sh submit --category sentiment --wait 30 "Sentiment of this review: I love it."
    redis-cli -u $REDIS_URL XADD hone:tasks.submitted '*' data '{"input":"Sentiment of this review: It broke.","category":"sentiment"}'
    curl $gateway/api/agents/leaderboard
    make down                           stop it; data stays under .hone
TEXT
exit $status
