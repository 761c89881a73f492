#!/usr/bin/env bash
# Runs the tests. Each test process starts its own throw-away Redis and Postgres.
#   test.sh          everything
#   test.sh --fast   only suites that need no server
set -euo pipefail
cd "$(dirname "$0")/../.."

pure=(HTTPTests HoneCoreTests HoneIntelligenceTests HoneBusTests HoneMessagesTests HoneModelsTests)
if [ "${1:-}" = "--fast" ]; then
    pattern="^($(IFS='|'; echo "${pure[*]}"))\."
    swift test --filter "$pattern"
    left=$(find Tests -mindepth 1 -maxdepth 1 -type d -name '*Tests' -printf '%f\n' | sort | grep -vxF "$(printf '%s\n' "${pure[@]}")" | paste -sd' ')
    echo "left out (they start Redis or Postgres): $left"
    exit 0
fi
# The services are processes of their own in the end-to-end tests, so their binaries are built first.
swift build
swift test
