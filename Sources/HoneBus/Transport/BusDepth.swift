public import Foundation

/// How much work lies in the bus.
public struct BusDepth: Hashable, Sendable, Codable {
    public struct Group: Hashable, Sendable, Codable {
        public var name: String
        /// Entries the group has not been given yet.
        public var lag: Int
        /// Entries given to a member and not yet settled.
        public var pending: Int
        public var members: Int
        /// When the oldest entry came that the group still needs, by the bus's clock; nil when it needs none.
        public var oldest: Date?

        public init(name: String, lag: Int, pending: Int, members: Int, oldest: Date? = nil) {
            self.name = name
            self.lag = lag
            self.pending = pending
            self.members = members
            self.oldest = oldest
        }
    }

    public struct Stream: Hashable, Sendable, Codable {
        /// The whole key, as an operator would type it.
        public var key: String
        public var length: Int
        public var groups: [Group]

        public init(key: String, length: Int, groups: [Group]) {
            self.key = key
            self.length = length
            self.groups = groups
        }
    }

    public var streams: [Stream]
    /// Messages waiting for their next attempt.
    public var delayed: Int
    public var dead: Int
    /// The time on the bus's clock.
    public var asOf: Date

    private enum CodingKeys: String, CodingKey {
        case streams, delayed, dead
        case asOf = "as_of"
    }

    public init(streams: [Stream], delayed: Int, dead: Int, asOf: Date = Date()) {
        self.streams = streams
        self.delayed = delayed
        self.dead = dead
        self.asOf = asOf
    }

    /// What the group still has to do on all these streams, under way or not.
    public func backlog(of group: String) -> Int {
        streams.flatMap(\.groups).filter { $0.name == group }.reduce(0) { $0 + $1.lag + $1.pending }
    }

    /// What waits for the group that is furthest behind on one stream, under way or not.
    public var deepestBacklog: Int {
        streams.flatMap(\.groups).map { $0.lag + $0.pending }.max() ?? 0
    }

    /// For how long the oldest entry has waited that the group still needs on these streams; zero when it needs none.
    public func wait(of group: String, on keys: Set<String>? = nil) -> Duration {
        let groups = streams.filter { keys?.contains($0.key) ?? true }.flatMap(\.groups).filter { $0.name == group }
        return groups.compactMap(\.oldest).min().map { .seconds(max(0, asOf.timeIntervalSince($0))) } ?? .zero
    }
}
