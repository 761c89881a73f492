/// How much work lies in the bus.
public struct BusDepth: Hashable, Sendable, Codable {
    public struct Group: Hashable, Sendable, Codable {
        public var name: String
        /// Entries the group has not been given yet.
        public var lag: Int
        /// Entries given to a member and not yet settled.
        public var pending: Int
        public var members: Int

        public init(name: String, lag: Int, pending: Int, members: Int) {
            self.name = name
            self.lag = lag
            self.pending = pending
            self.members = members
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

    public init(streams: [Stream], delayed: Int, dead: Int) {
        self.streams = streams
        self.delayed = delayed
        self.dead = dead
    }

    /// What the group still has to do on all these streams, under way or not.
    public func backlog(of group: String) -> Int {
        streams.flatMap(\.groups).filter { $0.name == group }.reduce(0) { $0 + $1.lag + $1.pending }
    }
}
