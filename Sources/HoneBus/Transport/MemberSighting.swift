/// One process's part in a group, as the bus sees it.
public struct MemberSighting: Hashable, Sendable, Codable {
    public var group: String
    public var consumer: String
    /// Seconds since it was last heard of.
    public var idle: Double
    /// Messages it was given and has not settled.
    public var pending: Int

    public init(group: String, consumer: String, idle: Double, pending: Int) {
        self.group = group
        self.consumer = consumer
        self.idle = idle
        self.pending = pending
    }

    /// Sightings on several streams as one per member, by group and consumer.
    public static func merged(_ sightings: [MemberSighting]) -> [MemberSighting] {
        Dictionary(grouping: sightings) { [$0.group, $0.consumer] }.values.compactMap { same in
            same.first.map { first in
                MemberSighting(
                    group: first.group, consumer: first.consumer, idle: same.map(\.idle).min() ?? first.idle,
                    pending: same.map(\.pending).reduce(0, +))
            }
        }.sorted { ($0.group, $0.consumer) < ($1.group, $1.consumer) }
    }
}
