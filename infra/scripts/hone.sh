#!/usr/bin/env bash
# Runs the `hone` command that was built last, from the repository root.
set -euo pipefail
cd "$(dirname "$0")/../.."
for config in "${CONFIG:-release}" release debug; do
    if [ -x ".build/$config/hone" ]; then
        exec ".build/$config/hone" "$@"
    fi
done
echo "hone.sh: nothing is built yet; run make build" >&2
exit 1
