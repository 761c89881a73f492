extension RedisCommand {
    public static func xgroupCreate(
        _ key: String, group: String, from: String = "0", makeStream: Bool = true
    ) -> RedisCommand {
        RedisCommand(
            "XGROUP CREATE", [.string(key), .string(group), .string(from)] + (makeStream ? ["MKSTREAM"] : []))
    }

    public static func xgroupDestroy(_ key: String, group: String) -> RedisCommand {
        RedisCommand("XGROUP DESTROY", [.string(key), .string(group)])
    }

    public static func xgroupCreateConsumer(_ key: String, group: String, consumer: String) -> RedisCommand {
        RedisCommand("XGROUP CREATECONSUMER", [.string(key), .string(group), .string(consumer)])
    }

    public static func xgroupDeleteConsumer(_ key: String, group: String, consumer: String) -> RedisCommand {
        RedisCommand("XGROUP DELCONSUMER", [.string(key), .string(group), .string(consumer)])
    }

    public static func xreadgroup(
        group: String, consumer: String, streams: [String], count: Int? = nil, block: Duration? = nil,
        from: String = ">"
    ) -> RedisCommand {
        let reader: [RedisArgument] = ["GROUP", .string(group), .string(consumer)]
        let places = streams.map { RedisArgument.string($0) } + streams.map { _ in .string(from) }
        return RedisCommand(
            "XREADGROUP", reader + counted(count) + blocking(block) + ["STREAMS"] + places, blockTime: block)
    }

    public static func xack(_ key: String, group: String, ids: [RedisStreamID]) -> RedisCommand {
        RedisCommand("XACK", [.string(key), .string(group)] + ids.arguments)
    }
}

extension RedisExecutor {
    /// Creates a group that begins at an id (`0` for all entries, `$` for those to come). False if it was there.
    @discardableResult
    public func xgroupCreate(
        _ key: String, group: String, from: String = "0", makeStream: Bool = true
    ) async throws -> Bool {
        do {
            try await send(.xgroupCreate(key, group: group, from: from, makeStream: makeStream))
            return true
        } catch RedisError.server(_, "BUSYGROUP", _) {
            return false
        }
    }

    /// Removes a group with all it knows. False if there was none.
    @discardableResult
    public func xgroupDestroy(_ key: String, group: String) async throws -> Bool {
        try await ask(.xgroupDestroy(key, group: group)).integer() > 0
    }

    /// Makes a consumer known that has read nothing yet. False if it was.
    @discardableResult
    public func xgroupCreateConsumer(_ key: String, group: String, consumer: String) async throws -> Bool {
        try await ask(.xgroupCreateConsumer(key, group: group, consumer: consumer)).integer() > 0
    }

    /// Removes a consumer and returns how many entries it held; nobody holds these any more.
    @discardableResult
    public func xgroupDeleteConsumer(_ key: String, group: String, consumer: String) async throws -> Int {
        try await ask(.xgroupDeleteConsumer(key, group: group, consumer: consumer)).integer()
    }

    /// Entries that nobody of the group has got yet, now held by `consumer`; streams without any are left out.
    ///
    /// `block` waits that long for the first, a millisecond at least; nil does not wait. `from`, if it is an id, reads
    /// what the consumer holds already after that id.
    public func xreadgroup(
        group: String, consumer: String, streams: [String], count: Int? = nil, block: Duration? = nil,
        from: String = ">"
    ) async throws -> [(stream: String, entries: [RedisStreamEntry])] {
        let command = RedisCommand.xreadgroup(
            group: group, consumer: consumer, streams: streams, count: count, block: block, from: from)
        return try await ask(command).streams()
    }

    /// Marks entries as done and returns how many were held.
    @discardableResult
    public func xack(_ key: String, group: String, ids: [RedisStreamID]) async throws -> Int {
        ids.isEmpty ? 0 : try await ask(.xack(key, group: group, ids: ids)).integer()
    }
}
