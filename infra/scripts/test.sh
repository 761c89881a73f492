#!/usr/bin/env bash
# Runs the tests, one target after the other, so that no target's load disturbs another's deadlines. Each test process
# starts its own throw-away Redis and Postgres.
#   test.sh          everything
#   test.sh --fast   only targets that need no server
set -euo pipefail
cd "$(dirname "$0")/../.."

pure=(HTTPTests HoneBusTests HoneCoreTests HoneIntelligenceTests HoneMessagesTests HoneModelsTests HoneServiceTests)
mapfile -t all < <(find Tests -mindepth 1 -maxdepth 1 -type d -name '*Tests' -printf '%f\n' | sort)
targets=("${all[@]}")
[ "${1:-}" = "--fast" ] && targets=("${pure[@]}")

# Loopback is never reached through a proxy.
export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost

# The command line's tests start the services as processes of their own, so those are built too.
swift build
swift build --build-tests

output=$(mktemp) failures=$(mktemp)
trap 'rm -f "$output" "$failures"' EXIT
passed=0 failed=0 broken=()
for target in "${targets[@]}"; do
    printf '\n== %s\n' "$target"
    if swift test --skip-build --filter "^$target\." >"$output" 2>&1; then outcome=0; else outcome=$?; fi
    grep -E '✘|recorded an issue|Test run with|error:' "$output" || true
    count=$(sed -nE 's/.*Test run with ([0-9]+) tests?.*/\1/p' "$output" | tail -1)
    bad=$(grep -cE '✘ Test [^r].* failed after' "$output" || true)
    if [ "$outcome" -ne 0 ] || [ "${count:-0}" -eq 0 ]; then
        broken+=("$target")
        [ "$bad" -gt 0 ] || bad=1
        tail -40 "$output"
        { printf '\n== %s\n' "$target"; grep -E -A2 'recorded an issue|error:' "$output" || tail -40 "$output"; } >>"$failures"
    fi
    passed=$((passed + ${count:-0} - (bad < ${count:-0} ? bad : ${count:-0})))
    failed=$((failed + bad))
done

if [ "${1:-}" = "--fast" ]; then
    left=$(printf '%s\n' "${all[@]}" | grep -vxF "$(printf '%s\n' "${pure[@]}")" | paste -sd' ')
    printf '\nleft out (they start Redis or Postgres): %s\n' "$left"
fi
# What failed stands at the end too, where it is looked for first.
if [ ${#broken[@]} -gt 0 ]; then
    head -c 6000 "$failures"
    printf '\nfailed: %s\n' "${broken[*]}"
fi
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
