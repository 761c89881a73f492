/// What a group has handed out and not got acknowledged.
public struct RedisPendingSummary: Sendable, Hashable {
    public let count: Int
    /// The lowest and the highest pending id, nil if there is none.
    public let lowest: RedisStreamID?
    public let highest: RedisStreamID?
    /// How many entries each consumer holds; consumers that hold none are left out.
    public let consumers: [String: Int]
}

/// An entry that a consumer holds.
public struct RedisPendingEntry: Sendable, Hashable {
    public let id: RedisStreamID
    public let consumer: String
    /// Since it was delivered, claimed or renewed.
    public let idle: Duration
    public let deliveries: Int
}

extension RedisCommand {
    public static func xpending(_ key: String, group: String) -> RedisCommand {
        RedisCommand("XPENDING", [.string(key), .string(group)])
    }

    public static func xpending(
        _ key: String, group: String, idle: Duration?, from: String = "-", to: String = "+", count: Int = 100,
        consumer: String? = nil
    ) -> RedisCommand {
        let idle: [RedisArgument] = idle.map { ["IDLE", Self.idle($0)] } ?? []
        let range: [RedisArgument] = [.string(from), .string(to), RedisArgument(count)]
        let only: [RedisArgument] = consumer.map { [.string($0)] } ?? []
        return RedisCommand("XPENDING", [.string(key), .string(group)] + idle + range + only)
    }
}

extension RedisExecutor {
    /// How much a group has pending, and who holds it.
    public func xpending(_ key: String, group: String) async throws -> RedisPendingSummary {
        let parts = try await ask(RedisCommand.xpending(key, group: group)).elements(atLeast: 4)
        let consumers = try parts[3].elements().map { consumer in
            let pair = try consumer.elements(atLeast: 2)
            return (try pair[0].text(), try pair[1].integer())
        }
        return RedisPendingSummary(
            count: try parts[0].integer(), lowest: try parts[1].isNull ? nil : parts[1].streamID(),
            highest: try parts[2].isNull ? nil : parts[2].streamID(),
            consumers: Dictionary(consumers) { _, last in last })
    }

    /// Pending entries between two ids, those idle for at least `idle` if given, of one consumer if given.
    public func xpending(
        _ key: String, group: String, idle: Duration?, from: String = "-", to: String = "+", count: Int = 100,
        consumer: String? = nil
    ) async throws -> [RedisPendingEntry] {
        let command = RedisCommand.xpending(
            key, group: group, idle: idle, from: from, to: to, count: count, consumer: consumer)
        return try await ask(command).elements().map { entry in
            let parts = try entry.elements(atLeast: 4)
            return RedisPendingEntry(
                id: try parts[0].streamID(), consumer: try parts[1].text(), idle: try parts[2].milliseconds(),
                deliveries: try parts[3].integer())
        }
    }
}
