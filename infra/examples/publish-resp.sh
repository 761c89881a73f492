#!/usr/bin/env bash
# Publishes one task and waits for its result, with nothing but bash: publish-resp.sh "the input" [seconds]
#
# Needs REDIS_URL. Prints the output, or fails with the reason. What goes over the wire is all that a client in any
# language has to write and read: RESP, version 2.
set -euo pipefail
export LC_ALL=C # lengths are in bytes
text=$1 seconds=${2:-60}

fail() { printf '%s\n' "$1" >&2; exit 1; }

# Writes a command: *2 $3 DEL $1 k, each part ended by CR LF.
send() {
    local command="*$#"$'\r\n' word
    for word in "$@"; do command+="\$${#word}"$'\r\n'"$word"$'\r\n'; done
    printf '%s' "$command" >&3
}

# Reads a reply; puts every string in it, however deep, into the array `strings`.
receive() {
    local line text count
    IFS= read -r -t "$((seconds + 5))" -u 3 line || fail "Redis hung up"
    line=${line%$'\r'}
    case $line in
    -*) fail "${line#-}" ;;
    [+:]*) strings+=("${line:1}") ;;
    '$-1' | '*-1') ;;
    '$'*)
        IFS= read -r -N "$((${line#$} + 2))" -u 3 text || fail "Redis hung up"
        strings+=("${text%$'\r\n'}")
        ;;
    '*'*) for ((count = ${line#\*}; count > 0; count--)); do receive; done ;;
    esac
}

call() { strings=(); send "$@"; receive; }

# A text as a JSON string.
json() {
    local text=${1//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n} text=${text//$'\r'/\\r} text=${text//$'\t'/\\t}
    printf '"%s"' "$text"
}

# The text of a member of a JSON document, enough for replies.
member() { [[ $2 =~ \"$1\":\"(([^\"\\]|\\.)*)\" ]] && printf '%b' "${BASH_REMATCH[1]//\\\"/\"}"; }

[[ ${REDIS_URL:-} =~ ^redis://((([^:@/]*):)?([^@/]*)@)?([^:/]+)(:([0-9]+))?(/([0-9]+))?$ ]] || fail "REDIS_URL: redis://…"
user=${BASH_REMATCH[3]} password=${BASH_REMATCH[4]} host=${BASH_REMATCH[5]} port=${BASH_REMATCH[7]:-6379}
database=${BASH_REMATCH[9]:-0}
exec 3<>"/dev/tcp/$host/$port"
[ -z "$password" ] || call AUTH ${user:+"$user"} "$password"
call SELECT "$database"

reply_to="hone:replies.$(cat /proc/sys/kernel/random/uuid)"
call XADD hone:tasks.submitted '*' data "{\"input\":$(json "$text"),\"category\":\"sentiment\",\"reply_to\":\"$reply_to\"}"
call XREAD COUNT 1 BLOCK "$((seconds * 1000))" STREAMS "$reply_to" 0
reply=${strings[*]-}
call DEL "$reply_to"
[ -n "$reply" ] || fail "no answer within $seconds s"
[ "$(member status "$reply")" = completed ] || fail "$(member code "$reply"): $(member message "$reply")"
printf '%s\n' "$(member output "$reply")"
