/// One process's part in a consumer group.
public struct GroupMember: Hashable, Sendable {
    public let group: String
    /// Unique per process and start.
    public let consumer: String
    /// What dead letters name as the service that gave up.
    public let service: String

    public init(group: String, consumer: String, service: String? = nil) {
        self.group = group
        self.consumer = consumer
        self.service = service ?? group
    }
}
