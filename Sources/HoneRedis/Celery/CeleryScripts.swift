import Redis

/// What the Celery bridge must do in one step on the server.
enum CeleryScripts {
    /// Messages whose lease has run out, then new ones from the right end of each list in turn; all are leased.
    static let take = RedisScript(
        """
        local time, limit = redis.call('TIME'), tonumber(ARGV[1])
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local taken = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, limit)
        for i = 2, #KEYS do
          if #taken < limit then
            local fresh = redis.call('RPOP', KEYS[i], limit - #taken) or {}
            for _, message in ipairs(fresh) do taken[#taken + 1] = message end
          end
        end
        for _, message in ipairs(taken) do redis.call('ZADD', KEYS[1], now + ARGV[2], message) end
        return taken
        """)

    /// Sets each key for a time and tells who waits for it. A success stands: Celery's own backend keeps it too.
    static let write = RedisScript(
        """
        for i, key in ipairs(KEYS) do
          local isJSON, old = pcall(cjson.decode, redis.call('GET', key) or '')
          if not (isJSON and type(old) == 'table' and old.status == 'SUCCESS') then
            redis.call('SET', key, ARGV[i + 1], 'PX', ARGV[1])
            redis.call('PUBLISH', key, ARGV[i + 1])
          end
        end
        """)
}
