public import HoneCore

/// A named conversation and the streams that carry it.
public struct Topic: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Every group gets each message once and acknowledges it. All groups are created before the first message,
        /// so that a service that starts late misses nothing, and the stream is trimmed only behind the slowest.
        case work(groups: [String])
        /// Every reader sees every message from the moment it starts reading. Capped at about this many entries.
        case broadcast(cap: Int)
    }

    /// Without namespace, lane and partition: `tasks.assigned`.
    public let name: String
    public let kind: Kind
    /// Split into one stream per lane: `tasks.assigned.interactive`, ….
    public let isLaned: Bool
    /// Spread over `HONE_PARTITIONS`; the topics that outsiders write to keep their plain names.
    public let isPartitioned: Bool

    public init(_ name: String, _ kind: Kind, isLaned: Bool = false, isPartitioned: Bool = true) {
        self.name = name
        self.kind = kind
        self.isLaned = isLaned
        self.isPartitioned = isPartitioned
    }

    public var groups: [String] {
        if case .work(let groups) = kind { groups } else { [] }
    }

    public var lanes: [Lane?] {
        isLaned ? Lane.allCases : [nil]
    }

    /// Every stream of this topic, the most urgent lane first.
    public func streams(partitions: Int) -> [StreamName] {
        lanes.flatMap { lane in
            isPartitioned && partitions > 1
                ? (0..<partitions).map { StreamName(topic: name, lane: lane, partition: $0) }
                : [StreamName(topic: name, lane: lane)]
        }
    }
}
