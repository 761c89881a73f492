extension RedisCommand {
    public static func get(_ key: String) -> RedisCommand { RedisCommand("GET", [.string(key)]) }

    public static func set(
        _ key: String, _ value: RedisArgument, expiry: Duration? = nil, onlyIfAbsent: Bool = false
    ) -> RedisCommand {
        let expiry: [RedisArgument] = expiry.map { ["PX", RedisArgument(milliseconds: $0)] } ?? []
        return RedisCommand("SET", [.string(key), value] + expiry + (onlyIfAbsent ? ["NX"] : []))
    }

    public static func del(_ keys: [String]) -> RedisCommand { RedisCommand("DEL", keys.map { .string($0) }) }
    public static func exists(_ keys: [String]) -> RedisCommand { RedisCommand("EXISTS", keys.map { .string($0) }) }

    public static func expire(_ key: String, after time: Duration) -> RedisCommand {
        RedisCommand("PEXPIRE", [.string(key), RedisArgument(milliseconds: time)])
    }

    public static func incr(_ key: String, by step: Int = 1) -> RedisCommand {
        RedisCommand("INCRBY", [.string(key), RedisArgument(step)])
    }

    public static func hset(_ key: String, _ fields: [RedisField]) -> RedisCommand {
        RedisCommand("HSET", [.string(key)] + fields.arguments)
    }

    public static func hgetall(_ key: String) -> RedisCommand { RedisCommand("HGETALL", [.string(key)]) }
}

extension RedisExecutor {
    /// The value of a key, nil if there is none.
    public func get(_ key: String) async throws -> [UInt8]? {
        let answer = try await ask(.get(key))
        return try answer.isNull ? nil : answer.bytes()
    }

    /// Sets a key, for a time if given; false if `onlyIfAbsent` and the key was there.
    @discardableResult
    public func set(
        _ key: String, _ value: RedisArgument, expiry: Duration? = nil, onlyIfAbsent: Bool = false
    ) async throws -> Bool {
        try await !ask(.set(key, value, expiry: expiry, onlyIfAbsent: onlyIfAbsent)).isNull
    }

    /// Deletes keys and returns how many there were.
    @discardableResult
    public func del(_ keys: [String]) async throws -> Int {
        keys.isEmpty ? 0 : try await ask(.del(keys)).integer()
    }

    /// How many of these keys there are.
    public func exists(_ keys: [String]) async throws -> Int {
        keys.isEmpty ? 0 : try await ask(.exists(keys)).integer()
    }

    /// Lets a key vanish after a time; false if there is no such key.
    @discardableResult
    public func expire(_ key: String, after time: Duration) async throws -> Bool {
        try await ask(.expire(key, after: time)).integer() == 1
    }

    /// Adds to a counter, which begins at zero, and returns its new value.
    @discardableResult
    public func incr(_ key: String, by step: Int = 1) async throws -> Int {
        try await ask(.incr(key, by: step)).integer()
    }

    /// Sets fields of a hash and returns how many are new.
    @discardableResult
    public func hset(_ key: String, _ fields: [RedisField]) async throws -> Int {
        fields.isEmpty ? 0 : try await ask(.hset(key, fields)).integer()
    }

    /// All fields of a hash; none if there is no such key.
    public func hgetall(_ key: String) async throws -> [String: [UInt8]] {
        let pairs = try await ask(.hgetall(key)).pairs().map { ($0.name, try $0.value.bytes()) }
        return Dictionary(pairs) { _, last in last }
    }
}
