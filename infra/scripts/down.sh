#!/usr/bin/env bash
# Stops what `make run` started: the services, their Redis and Postgres, and the local model. Data stays.
set -euo pipefail
cd "$(dirname "$0")/../.."
source infra/scripts/lib.sh
infra/scripts/hone.sh down
stop_local_model
