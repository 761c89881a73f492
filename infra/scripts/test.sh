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
declare -A tests bad

# Runs a target, or what a pattern names of it, and notes how many tests it has and how many of them failed.
run() {
    local outcome=0 count
    printf '\n== %s\n' "$1${2:+ $2}"
    swift test --skip-build --filter "^$1\.${2:-}" >"$output" 2>&1 || outcome=$?
    grep -E '✘|recorded an issue|Test run with|error:' "$output" || true
    count=$(sed -nE 's/.*Test run with ([0-9]+) tests?.*/\1/p' "$output" | tail -1)
    tests[$1]=${count:-0} bad[$1]=0
    [ "$outcome" -ne 0 ] || [ "${tests[$1]}" -eq 0 ] || return 0
    bad[$1]=$(grep -cE '✘ Test [^r].* failed after' "$output" || true)
    [ "${bad[$1]}" -gt 0 ] || bad[$1]=1
    { printf '\n== %s\n' "$1${2:+ $2}"; grep -E -A2 'recorded an issue|error:' "$output" || tail -40 "$output"; } >>"$failures"
    return 1
}

# The suites that hold what just failed, each named like its file; nothing where a failure is not in a suite's file.
suites() {
    local file found=()
    while read -r file; do
        grep -rqE "struct $file\b" "Tests/$1" || return 0
        found+=("$file")
    done < <(grep 'recorded an issue' "$output" | sed -E 's/.* at ([A-Za-z0-9_+]+)\.swift:[0-9]+.*/\1/' | sort -u)
    [ ${#found[@]} -eq 0 ] || printf '(%s)/' "$(IFS='|'; echo "${found[*]}")"
}

# What failed is run once more, alone: a fault fails again, and is told apart from a test that company makes unsteady.
# Not where each run draws its own faults: another run would be another test.
again() {
    local all=${tests[$1]}
    [ "$1" != ChaosTests ] || return 1
    run "$1" "$(suites "$1")" || return 1
    tests[$1]=$all
}

unsteady=() lost=()
for target in "${targets[@]}"; do
    run "$target" || if again "$target"; then unsteady+=("$target"); else lost+=("$target"); fi
done

passed=0 failed=0
for target in "${targets[@]}"; do
    passed=$((passed + (tests[$target] > bad[$target] ? tests[$target] - bad[$target] : 0)))
    failed=$((failed + bad[$target]))
done

if [ "${1:-}" = "--fast" ]; then
    left=$(printf '%s\n' "${all[@]}" | grep -vxF "$(printf '%s\n' "${pure[@]}")" | paste -sd' ')
    printf '\nleft out (they start Redis or Postgres): %s\n' "$left"
fi
# What failed stands at the end too, where it is looked for first.
head -c 6000 "$failures"
[ ${#unsteady[@]} -eq 0 ] || printf '\nunsteady (failed, and passed when run again): %s\n' "${unsteady[*]}"
[ ${#lost[@]} -eq 0 ] || printf '\nfailed: %s\n' "${lost[*]}"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
