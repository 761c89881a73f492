import Redis

/// The streams as they stand, with what their groups hold.
struct BusView {
    struct Stream: Sendable {
        var key: String
        var length: Int
        var groups: [Group]
    }

    struct Group: Sendable {
        var name: String
        /// The oldest ones, a thousand at most.
        var pending: [RedisPendingEntry]
        /// Whether entries wait that it has not been given.
        var lags: Bool
    }

    let redis: RedisClient
    let namespace: String

    init(_ redis: RedisClient, namespace: String = "hone") {
        self.redis = redis
        self.namespace = namespace
    }

    /// All streams, by key.
    func streams() async throws -> [Stream] {
        var streams: [Stream] = []
        for key in try await keys() {
            let last = try await redis.xinfoStream(key)
            var groups: [Group] = []
            for group in try await redis.xinfoGroups(key) {
                let pending = try await redis.xpending(key, group: group.name, idle: nil, count: 1_000)
                let end = last.lastEntry?.id
                groups.append(
                    Group(name: group.name, pending: pending, lags: end.map { group.lastDeliveredID < $0 } ?? false))
            }
            streams.append(Stream(key: key, length: last.length, groups: groups))
        }
        return streams
    }

    func keys() async throws -> [String] {
        var keys: Set<String> = []
        var cursor = "0"
        repeat {
            let reply = try await redis.send(
                RedisCommand(
                    "SCAN", [.string(cursor), "MATCH", .string("\(namespace):*"), "COUNT", "1000", "TYPE", "stream"]))
            cursor = reply.elements?.first?.string ?? "0"
            keys.formUnion((reply.elements?.last?.elements ?? []).compactMap(\.string))
        } while cursor != "0"
        return keys.sorted()
    }
}
