extension RedisCommand {
    public static func xadd(
        _ key: String, _ fields: [RedisField], id: String = "*", maxLength: Int? = nil
    ) -> RedisCommand {
        let limit: [RedisArgument] = maxLength.map { ["MAXLEN", "~", RedisArgument($0)] } ?? []
        return RedisCommand("XADD", [.string(key)] + limit + [.string(id)] + fields.arguments)
    }

    public static func xlen(_ key: String) -> RedisCommand { RedisCommand("XLEN", [.string(key)]) }

    public static func xdel(_ key: String, ids: [RedisStreamID]) -> RedisCommand {
        RedisCommand("XDEL", [.string(key)] + ids.arguments)
    }

    public static func xrange(
        _ key: String, from: String = "-", to: String = "+", count: Int? = nil
    ) -> RedisCommand {
        RedisCommand("XRANGE", [.string(key), .string(from), .string(to)] + counted(count))
    }

    public static func xrevrange(
        _ key: String, from: String = "+", to: String = "-", count: Int? = nil
    ) -> RedisCommand {
        RedisCommand("XREVRANGE", [.string(key), .string(from), .string(to)] + counted(count))
    }

    public static func xread(
        streams: [(key: String, after: String)], count: Int? = nil, block: Duration? = nil
    ) -> RedisCommand {
        let places = streams.map { RedisArgument.string($0.key) } + streams.map { .string($0.after) }
        return RedisCommand("XREAD", counted(count) + blocking(block) + ["STREAMS"] + places, blockTime: block)
    }

    public static func xtrimMinID(_ key: String, _ id: RedisStreamID, approximate: Bool) -> RedisCommand {
        RedisCommand("XTRIM", [.string(key), "MINID", approximate ? "~" : "=", .string("\(id)")])
    }

    static func counted(_ count: Int?) -> [RedisArgument] { count.map { ["COUNT", RedisArgument($0)] } ?? [] }

    static func blocking(_ time: Duration?) -> [RedisArgument] {
        time.map { ["BLOCK", RedisArgument(milliseconds: $0)] } ?? []
    }
}

extension [RedisStreamID] {
    var arguments: [RedisArgument] { map { .string($0.description) } }
}

extension RedisExecutor {
    /// Adds an entry and returns its id. `maxLength` lets Redis drop the oldest entries beyond about that many.
    @discardableResult
    public func xadd(
        _ key: String, _ fields: [RedisField], id: String = "*", maxLength: Int? = nil
    ) async throws -> RedisStreamID {
        try await ask(.xadd(key, fields, id: id, maxLength: maxLength)).streamID()
    }

    /// How many entries a stream has; none if there is no stream.
    public func xlen(_ key: String) async throws -> Int { try await ask(.xlen(key)).integer() }

    /// Deletes entries and returns how many there were.
    @discardableResult
    public func xdel(_ key: String, ids: [RedisStreamID]) async throws -> Int {
        ids.isEmpty ? 0 : try await ask(.xdel(key, ids: ids)).integer()
    }

    /// Entries from the lower to the higher id, both included; `(` before an id excludes it.
    public func xrange(
        _ key: String, from: String = "-", to: String = "+", count: Int? = nil
    ) async throws -> [RedisStreamEntry] {
        try await ask(.xrange(key, from: from, to: to, count: count)).streamEntries()
    }

    /// Entries from the higher to the lower id, both included; `(` before an id excludes it.
    public func xrevrange(
        _ key: String, from: String = "+", to: String = "-", count: Int? = nil
    ) async throws -> [RedisStreamEntry] {
        try await ask(.xrevrange(key, from: from, to: to, count: count)).streamEntries()
    }

    /// Entries after the given ids (`$` for those yet to come), by stream; streams without any are left out.
    ///
    /// `block` waits that long for the first, a millisecond at least; nil does not wait.
    public func xread(
        streams: [(key: String, after: String)], count: Int? = nil, block: Duration? = nil
    ) async throws -> [(stream: String, entries: [RedisStreamEntry])] {
        try await ask(.xread(streams: streams, count: count, block: block)).streams()
    }

    /// Drops the entries below an id and returns how many. An approximate trim may keep some of them, for speed.
    @discardableResult
    public func xtrimMinID(_ key: String, _ id: RedisStreamID, approximate: Bool) async throws -> Int {
        try await ask(.xtrimMinID(key, id, approximate: approximate)).integer()
    }
}
