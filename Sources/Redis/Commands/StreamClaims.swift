/// What `XAUTOCLAIM` took over.
public struct RedisAutoclaim: Sendable, Hashable {
    /// Where to go on; ``RedisStreamID/zero`` when all pending entries were looked at.
    public let next: RedisStreamID
    public let entries: [RedisStreamEntry]
    /// Entries that were pending and no longer exist; Redis has forgotten them now.
    public let deletedIDs: [RedisStreamID]
}

extension RedisCommand {
    public static func xautoclaim(
        _ key: String, group: String, consumer: String, minIdle: Duration, start: RedisStreamID = .zero,
        count: Int = 100
    ) -> RedisCommand {
        let place: [RedisArgument] = [.string(key), .string(group), .string(consumer)]
        return RedisCommand("XAUTOCLAIM", place + [idle(minIdle), "\(start)", "COUNT", RedisArgument(count)])
    }

    public static func xclaimJustID(
        _ key: String, group: String, consumer: String, minIdle: Duration, ids: [RedisStreamID],
        idle: Duration? = nil, retryCount: Int? = nil
    ) -> RedisCommand {
        let place: [RedisArgument] = [.string(key), .string(group), .string(consumer), Self.idle(minIdle)]
        var options: [RedisArgument] = []
        if let idle { options += ["IDLE", Self.idle(idle)] }
        if let retryCount { options += ["RETRYCOUNT", RedisArgument(retryCount)] }
        return RedisCommand("XCLAIM", place + ids.arguments + options + ["JUSTID"])
    }

    /// Zero is a fair idle time, unlike a block time.
    static func idle(_ time: Duration) -> RedisArgument { .integer(max(0, time.wholeMilliseconds)) }
}

extension RedisExecutor {
    /// Takes over entries that their consumers have not touched for `minIdle`, and counts a delivery for each.
    public func xautoclaim(
        _ key: String, group: String, consumer: String, minIdle: Duration, start: RedisStreamID = .zero,
        count: Int = 100
    ) async throws -> RedisAutoclaim {
        let command = RedisCommand.xautoclaim(
            key, group: group, consumer: consumer, minIdle: minIdle, start: start, count: count)
        let parts = try await ask(command).elements(atLeast: 2)
        return RedisAutoclaim(
            next: try parts[0].streamID(), entries: try parts[1].streamEntries(),
            deletedIDs: try parts.count > 2 ? parts[2].elements().map { try $0.streamID() } : [])
    }

    /// Takes over pending entries without reading them, or renews one's own; counts no delivery.
    ///
    /// Returns the ids that `consumer` holds now. `idle` sets the idle time (zero by default), `retryCount` the number
    /// of deliveries.
    @discardableResult
    public func xclaimJustID(
        _ key: String, group: String, consumer: String, minIdle: Duration, ids: [RedisStreamID],
        idle: Duration? = nil, retryCount: Int? = nil
    ) async throws -> [RedisStreamID] {
        if ids.isEmpty { return [] }
        let command = RedisCommand.xclaimJustID(
            key, group: group, consumer: consumer, minIdle: minIdle, ids: ids, idle: idle, retryCount: retryCount)
        return try await ask(command).elements().map { try $0.streamID() }
    }
}
