#!/usr/bin/env bash
# Has the weakest sample agent's prompt improved on the reviews suite, with the local model, and prints what came of it. Starts
# the stack where none is up, and leaves it running.
#   infra/scripts/optimize.sh [options of infra/samples/optimize.py]
set -euo pipefail
cd "$(dirname "$0")/../.."
source infra/scripts/lib.sh

config=${CONFIG:-release}
build_hone
start_stack
optimize_sample "$@"
