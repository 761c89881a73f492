public import Foundation
import HoneBus
import Redis

/// A queue that Celery clients send tasks to: one list per step of priority, new messages at its left end.
///
/// A taken message lies under a lease in a sorted set of ours until it is passed on, so that it is never only in the
/// memory of one process. Source: `kombu/transport/redis.py` of kombu 5. Errors are ``BusError``.
public final class CeleryQueue: Sendable {
    /// kombu's default `priority_steps`; on Redis the lowest number is the most urgent.
    static let prioritySteps = [0, 3, 6, 9]

    private let server: CeleryServer
    private let lists: [String]
    private let held: String
    private let commands: RedisClient
    /// Waits, and can do nothing else meanwhile.
    private let reader: RedisClient

    /// What a queue holds.
    public struct Depth: Sendable, Hashable {
        /// Not taken yet, of all priorities.
        public let waiting: Int
        /// Taken and not passed on yet: under way to the bus, or waiting for their `eta`.
        public let held: Int

        public init(waiting: Int, held: Int) {
            self.waiting = waiting
            self.held = held
        }
    }

    /// Connects when it is first used. Throws when `url` is not one of a Redis server.
    public init(url: String, name: String, namespace: String) throws {
        server = try CeleryServer(url: url)
        lists = Self.prioritySteps.map { $0 == 0 ? name : "\(name)\u{6}\u{16}\($0)" }
        held = "\(namespace):celery.taken.\(name)"
        commands = server.client("hone-celery")
        reader = server.client("hone-celery-reader")
    }

    /// Asks the server whether it will do. Throws ``BusError/unsupported(_:)`` for a Redis Cluster.
    public func check() async throws { try await server.check(commands) }

    /// How many messages there are.
    public func depth() async throws -> Depth {
        try await translating {
            var waiting = 0
            for list in lists { waiting += try await commands.llen(list) }
            return Depth(waiting: waiting, held: try await commands.zcard(held))
        }
    }

    /// At most `limit` messages: first those that nobody passed on before their lease ran out or whose time has come,
    /// then new ones, the most urgent first. They are the caller's for the time of the lease.
    public func take(limit: Int, lease: Duration) async throws -> [[UInt8]] {
        try await translating {
            let reply = try await commands.run(
                CeleryScripts.take, keys: [held] + lists,
                arguments: [RedisArgument(limit), RedisArgument(milliseconds: lease)])
            return (reply.elements ?? []).compactMap(\.bytes)
        }
    }

    /// Returns as soon as there is something of the most urgent priority, or after `limit`.
    public func wait(atMost limit: Duration) async throws {
        try await translating {
            // To move an element to where it was changes nothing, and it can wait until there is one.
            _ = try await reader.lmove(from: lists[0], .right, to: lists[0], .right, block: limit)
        }
    }

    /// Nobody gets these before that time.
    public func postpone(_ messages: [(message: [UInt8], until: Date)]) async throws {
        _ = try await translating {
            try await commands.zadd(
                held,
                messages.map { message, time in
                    RedisScoredMember(message, score: (time.timeIntervalSince1970 * 1_000).rounded(.up))
                })
        }
    }

    /// They were passed on.
    public func remove(_ messages: [[UInt8]]) async throws {
        _ = try await translating { try await commands.zrem(held, messages.map { .bytes($0) }) }
    }

    public func close() async {
        await reader.close()
        await commands.close()
    }

    private func translating<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await server.translating(keys: lists + [held], body)
    }
}
