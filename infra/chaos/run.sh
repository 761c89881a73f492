#!/usr/bin/env bash
# Breaks a whole stack of its own while it works, and proves that nothing was lost or done twice. The report goes to
# infra/bench/results/chaos.md and .json.
#   infra/chaos/run.sh [--seed N] [--tasks N] [--kill-every SECONDS] [--flushes N] [--out PATH]
set -euo pipefail
cd "$(dirname "$0")/../.."
swift build -c release --quiet
exec .build/release/hone-chaos --out infra/bench/results/chaos "$@"
