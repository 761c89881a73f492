/// Messages of somebody else in the delayed set.
enum Foreign {
    /// Where they are to go when their time has come.
    static let stream = "hone:replies.foreign"

    /// Puts `count` messages numbered from `first` into the set, due within the next seconds, and before them bytes that
    /// are no message.
    static func fill(_ port: Int, first: Int, count: Int) async throws {
        let script = """
            local now = redis.call('TIME'); now = now[1] * 1000; \
            redis.call('ZADD', KEYS[1], now, 'no message at all ' .. ARGV[1]); \
            redis.call('ZADD', KEYS[1], now, cmsgpack.pack(tonumber(ARGV[1]))); \
            for i = 1, tonumber(ARGV[2]) do redis.call('ZADD', KEYS[1], now + i % 5000, \
            cmsgpack.pack({KEYS[2], 'number', tostring(ARGV[1] + i)})) end
            """
        _ = try await redisCLI(port, ["EVAL \"\(script)\" 2 hone:delayed \(stream) \(first) \(count)"])
    }
}
