import Redis
import TestServers
import Testing

@Suite("Streams", .timeLimit(.minutes(1)))
struct StreamTests {
    private static func ids(_ numbers: ClosedRange<Int>) -> [RedisStreamID] {
        numbers.map { RedisStreamID(milliseconds: UInt64($0), sequence: 0) }
    }

    /// Adds entries 1-0, 2-0, … with a field `n`.
    private func fill(_ key: String, _ client: RedisClient, count: Int = 3) async throws {
        try await client.pipeline((1...count).map { .xadd(key, [RedisField("n", "\($0)")], id: "\($0)-0") })
    }

    @Test("an added entry comes back with its fields in order and byte for byte")
    func addAndRange() async throws {
        try await withClient { client in
            let key = unique("stream")
            let fields = [RedisField("b", [0, 255, 13, 10]), RedisField("a", "é"), RedisField("b", "again")]
            let first = try await client.xadd(key, fields)
            let second = try await client.xadd(key, [RedisField("n", "2")], id: "\(first.next)")
            #expect(second == first.next)
            #expect(try await client.xlen(key) == 2)
            let all = try await client.xrange(key)
            #expect(all.map(\.id) == [first, second])
            #expect(all.first?.fields == fields)
            #expect(all.first?["b"] == [0, 255, 13, 10])
            #expect(try await client.xrange(key, from: "(\(first)").map(\.id) == [second])
            #expect(try await client.xrevrange(key, count: 1).map(\.id) == [second])
            #expect(try await client.xdel(key, ids: [first]) == 1)
            #expect(try await client.xlen(key) == 1)
        }
    }

    @Test("a capped stream stays near its cap")
    func capped() async throws {
        try await withClient { client in
            let key = unique("stream")
            try await client.pipeline((1...1_000).map { _ in .xadd(key, [RedisField("n", "1")], maxLength: 100) })
            let length = try await client.xlen(key)
            #expect((100..<300).contains(length))
        }
    }

    @Test("reading after an id gives what is newer, by stream")
    func read() async throws {
        try await withClient { client in
            let (one, two) = (unique("stream"), unique("stream"))
            try await fill(one, client)
            try await fill(two, client)
            let read = try await client.xread(streams: [(one, "1-0"), (two, "3-0")], count: 5)
            #expect(read.map(\.stream) == [one])
            #expect(read.first?.entries.map(\.id) == Self.ids(2...3))
            #expect(try await client.xread(streams: [(one, "$")], block: .milliseconds(1)).isEmpty)
        }
    }

    @Test("a group hands every entry to one consumer and forgets it when it is acknowledged")
    func groups() async throws {
        try await withClient { client in
            let key = unique("stream")
            try await fill(key, client)
            #expect(try await client.xgroupCreate(key, group: "g"))
            #expect(try await !client.xgroupCreate(key, group: "g"))
            let read = try await client.xreadgroup(group: "g", consumer: "a", streams: [key], count: 2)
            #expect(read.first?.entries.map(\.id) == Self.ids(1...2))
            let rest = try await client.xreadgroup(group: "g", consumer: "b", streams: [key])
            #expect(rest.first?.entries.map(\.id) == Self.ids(3...3))
            #expect(try await client.xreadgroup(group: "g", consumer: "b", streams: [key]).isEmpty)
            #expect(try await client.xack(key, group: "g", ids: Self.ids(1...1)) == 1)
            #expect(try await client.xack(key, group: "g", ids: Self.ids(1...1)) == 0)
            let summary = try await client.xpending(key, group: "g")
            #expect(summary.count == 2)
            #expect(summary.lowest == Self.ids(2...2).first && summary.highest == Self.ids(3...3).first)
            #expect(summary.consumers == ["a": 1, "b": 1])
            #expect(try await client.xgroupCreateConsumer(key, group: "g", consumer: "c"))
            #expect(try await !client.xgroupCreateConsumer(key, group: "g", consumer: "c"))
            #expect(try await client.xgroupDeleteConsumer(key, group: "g", consumer: "a") == 1)
            #expect(try await client.xgroupDestroy(key, group: "g"))
            #expect(try await !client.xgroupDestroy(key, group: "g"))
        }
    }

    @Test("a group that does not exist is an error that says so")
    func noGroup() async throws {
        try await withClient { client in
            let error = await errorOf {
                _ = try await client.xreadgroup(group: "nobody", consumer: "a", streams: [unique()])
            }
            guard case .server("XREADGROUP", "NOGROUP", _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("an empty group has an empty summary, and a group can make its stream")
    func emptyGroup() async throws {
        try await withClient { client in
            let key = unique("stream")
            #expect(try await client.xgroupCreate(key, group: "g", from: "$"))
            let summary = try await client.xpending(key, group: "g")
            #expect(summary.count == 0 && summary.lowest == nil && summary.highest == nil && summary.consumers.isEmpty)
            let refused = await errorOf { _ = try await client.xgroupCreate(unique(), group: "g", makeStream: false) }
            #expect(refused != nil)
        }
    }

    @Test("an idle entry is taken over, and one that was trimmed away is named as deleted")
    func autoclaim() async throws {
        try await withClient { client in
            let key = unique("stream")
            try await fill(key, client)
            try await client.xgroupCreate(key, group: "g")
            _ = try await client.xreadgroup(group: "g", consumer: "a", streams: [key])
            try await client.xdel(key, ids: Self.ids(2...2))
            let own = try await client.xreadgroup(group: "g", consumer: "a", streams: [key], from: "0")
            #expect(own.first?.entries.map(\.isDeleted) == [false, true, false])
            let taken = try await client.xautoclaim(key, group: "g", consumer: "b", minIdle: .zero, count: 2)
            #expect(taken.entries.map(\.id) == Self.ids(1...1))
            #expect(taken.deletedIDs == Self.ids(2...2))
            #expect(taken.next == Self.ids(3...3).first)
            let rest = try await client.xautoclaim(key, group: "g", consumer: "b", minIdle: .zero, start: taken.next)
            #expect(rest.entries.map(\.id) == Self.ids(3...3))
            #expect(rest.next == .zero)
            let none = try await client.xautoclaim(key, group: "g", consumer: "c", minIdle: .seconds(60))
            #expect(none.entries.isEmpty)
        }
    }

    @Test("renewing counts no delivery and resets the idle time; the count can be set")
    func claimJustID() async throws {
        try await withClient { client in
            let key = unique("stream")
            try await fill(key, client)
            try await client.xgroupCreate(key, group: "g")
            _ = try await client.xreadgroup(group: "g", consumer: "a", streams: [key])
            let aged = try await client.xclaimJustID(
                key, group: "g", consumer: "a", minIdle: .zero, ids: Self.ids(1...2), idle: .seconds(90), retryCount: 7)
            #expect(aged == Self.ids(1...2))
            let idle = try await client.xpending(key, group: "g", idle: .seconds(60))
            #expect(idle.map(\.id) == Self.ids(1...2))
            #expect(idle.allSatisfy { $0.deliveries == 7 && $0.idle >= .seconds(90) && $0.consumer == "a" })
            try await client.xclaimJustID(key, group: "g", consumer: "a", minIdle: .zero, ids: Self.ids(1...1))
            let still = try await client.xpending(key, group: "g", idle: .seconds(60), count: 10, consumer: "a")
            #expect(still.map(\.id) == Self.ids(2...2))
            let renewed = try await client.xpending(key, group: "g", idle: nil, from: "1-0", to: "1-0")
            #expect(renewed.map(\.deliveries) == [7])
            #expect(try await client.xpending(key, group: "g", idle: nil, consumer: "nobody").isEmpty)
        }
    }

    @Test("trimming drops what is below an id and nothing else")
    func trim() async throws {
        try await withClient { client in
            let key = unique("stream")
            try await fill(key, client)
            let third = RedisStreamID(milliseconds: 3, sequence: 0)
            #expect(try await client.xtrimMinID(key, third, approximate: true) == 0)
            #expect(try await client.xtrimMinID(key, third, approximate: false) == 2)
            #expect(try await client.xrange(key).map(\.id) == [third])
        }
    }

    @Test("streams, groups and consumers tell about themselves")
    func info() async throws {
        try await withClient { client in
            let key = unique("stream")
            try await fill(key, client)
            try await client.xgroupCreate(key, group: "g")
            _ = try await client.xreadgroup(group: "g", consumer: "a", streams: [key], count: 2)
            let stream = try await client.xinfoStream(key)
            #expect(stream.length == 3 && stream.groups == 1 && stream.entriesAdded == 3)
            #expect(stream.firstEntry?["n"] == bytes("1") && stream.lastEntry?.id == stream.lastGeneratedID)
            let group = try #require(await client.xinfoGroups(key).first)
            #expect(group.name == "g" && group.consumers == 1 && group.pending == 2)
            #expect(group.entriesRead == 2 && group.lag == 1)
            #expect(group.lastDeliveredID == Self.ids(2...2).first)
            let consumer = try #require(await client.xinfoConsumers(key, group: "g").first)
            #expect(consumer.name == "a" && consumer.pending == 2 && consumer.idle < .seconds(30))
            let missing = await errorOf { _ = try await client.xinfoStream(unique()) }
            #expect(missing == .server(command: "XINFO STREAM", code: "ERR", message: "no such key"))
        }
    }
}
