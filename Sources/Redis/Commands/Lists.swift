/// One end of a list.
public enum RedisListEnd: String, Sendable, Hashable {
    case left = "LEFT"
    case right = "RIGHT"

    var argument: RedisArgument { .string(rawValue) }
}

extension RedisCommand {
    public static func lpush(_ key: String, _ elements: [RedisArgument]) -> RedisCommand {
        RedisCommand("LPUSH", [.string(key)] + elements)
    }

    public static func rpush(_ key: String, _ elements: [RedisArgument]) -> RedisCommand {
        RedisCommand("RPUSH", [.string(key)] + elements)
    }

    public static func rpop(_ key: String, count: Int) -> RedisCommand {
        RedisCommand("RPOP", [.string(key), RedisArgument(count)])
    }

    public static func llen(_ key: String) -> RedisCommand { RedisCommand("LLEN", [.string(key)]) }

    public static func lrange(_ key: String, from first: Int = 0, to last: Int = -1) -> RedisCommand {
        RedisCommand("LRANGE", [.string(key), RedisArgument(first), RedisArgument(last)])
    }

    /// `block` nil does not wait.
    public static func lmove(
        from source: String, _ end: RedisListEnd, to destination: String, _ other: RedisListEnd, block: Duration? = nil
    ) -> RedisCommand {
        let places: [RedisArgument] = [.string(source), .string(destination), end.argument, other.argument]
        guard let block else { return RedisCommand("LMOVE", places) }
        // Zero would mean for ever.
        let seconds = Double(max(1, block.wholeMilliseconds)) / 1_000
        return RedisCommand("BLMOVE", places + [RedisArgument(seconds)], blockTime: block)
    }
}

extension RedisExecutor {
    /// Puts elements in front of a list, the last one given foremost; returns its new length.
    @discardableResult
    public func lpush(_ key: String, _ elements: [RedisArgument]) async throws -> Int {
        try await elements.isEmpty ? llen(key) : ask(.lpush(key, elements)).integer()
    }

    /// Puts elements behind a list; returns its new length.
    @discardableResult
    public func rpush(_ key: String, _ elements: [RedisArgument]) async throws -> Int {
        try await elements.isEmpty ? llen(key) : ask(.rpush(key, elements)).integer()
    }

    /// Takes at most `count` elements off the end of a list, the last one first.
    public func rpop(_ key: String, count: Int) async throws -> [[UInt8]] {
        try await ask(.rpop(key, count: count)).elements().map { try $0.bytes() }
    }

    /// How many elements a list has; none if there is no such key.
    public func llen(_ key: String) async throws -> Int { try await ask(.llen(key)).integer() }

    /// The elements from one place to another, both included; negative places count from the end.
    public func lrange(_ key: String, from first: Int = 0, to last: Int = -1) async throws -> [[UInt8]] {
        try await ask(.lrange(key, from: first, to: last)).elements().map { try $0.bytes() }
    }

    /// Moves one element from an end of a list to an end of another, or of the same, and returns it; nil if there is
    /// none, nor comes one within `block`.
    public func lmove(
        from source: String, _ end: RedisListEnd, to destination: String, _ other: RedisListEnd, block: Duration? = nil
    ) async throws -> [UInt8]? {
        let answer = try await ask(.lmove(from: source, end, to: destination, other, block: block))
        return try answer.isNull ? nil : answer.bytes()
    }
}
