public import HoneCore

/// One stream of a topic. Its key adds the namespace: `hone:tasks.assigned.batch`, or `hone:{3}:tasks.assigned.batch`.
public struct StreamName: Hashable, Sendable, CustomStringConvertible {
    public let topic: String
    public let lane: Lane?
    public let partition: Int?

    public init(topic: String, lane: Lane? = nil, partition: Int? = nil) {
        self.topic = topic
        self.lane = lane
        self.partition = partition
    }

    /// The key in Redis.
    public func key(in namespace: String) -> String {
        partition.map { "\(namespace):{\($0)}:\(self)" } ?? namespace + ":" + description
    }

    public var description: String {
        lane.map { "\(topic).\($0.rawValue)" } ?? topic
    }
}
