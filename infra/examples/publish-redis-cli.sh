#!/bin/sh
# Publishes one task and waits for its result, with redis-cli: publish-redis-cli.sh "the input" [seconds]
#
# Needs REDIS_URL. Prints the output, or fails with the reason. The server writes and reads the JSON, so that the text
# may hold anything.
set -eu
text=$1 seconds=${2:-60}
reply_to="hone:replies.$(cat /proc/sys/kernel/random/uuid)"

redis() { redis-cli -u "$REDIS_URL" -e --raw "$@"; }

redis EVAL "
    local task = {input = ARGV[1], category = 'sentiment', reply_to = ARGV[2]}
    return redis.call('XADD', KEYS[1], '*', 'data', cjson.encode(task))
" 1 hone:tasks.submitted "$text" "$reply_to" >/dev/null

redis XREAD COUNT 1 BLOCK "$((seconds * 1000))" STREAMS "$reply_to" 0 >/dev/null

result=$(redis EVAL "
    local entry = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
    if not entry then return 'none' end
    redis.call('DEL', KEYS[1])
    for i = 1, #entry[2], 2 do
        if entry[2][i] == 'data' then
            local reply = cjson.decode(entry[2][i + 1])
            if reply.status == 'completed' then return 'done ' .. tostring(reply.output) end
            return 'failed ' .. reply.error.code .. ': ' .. reply.error.message
        end
    end
" 1 "$reply_to")

case $result in
done\ *) printf '%s\n' "${result#done }" ;;
failed\ *) printf '%s\n' "${result#failed }" >&2; exit 1 ;;
*) echo "no answer within $seconds s" >&2; exit 1 ;;
esac
