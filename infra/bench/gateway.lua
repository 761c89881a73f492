-- wrk's part of gateway.py: one request again and again, a POST each time with a task of its own; at the end a line of JSON.
--   wrk … -s gateway.lua URL -- GET PATH [KEY]    or    -- POST PATH [KEY]

local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(args)
    wrk.method, path = args[1], args[2]
    if args[3] then wrk.headers["Authorization"] = "Bearer " .. args[3] end
    wrk.headers["Content-Type"] = "application/json"
    count = 0
    get = wrk.format(nil, path)
end

function request()
    if wrk.method == "GET" then return get end
    count = count + 1
    return wrk.format(nil, path, nil, string.format(
        '{"input": "Sentiment of review %d-%d: it is fine and came on time.", "category": "echo"}', number, count))
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "seconds": %.3f, "p50": %.3f, "p99": %.3f, "failed": %d}\n', summary.requests,
        summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
