import HoneBus
import HoneCore

/// The names of the bus's keys.
struct RedisKeys: Sendable {
    let namespace: String
    let partitions: Int

    var delayed: String { "\(namespace):delayed" }
    var dead: String { "\(namespace):dead" }
    var epoch: String { "\(namespace):epoch" }
    var backlog: String { "\(namespace):backlog" }

    func key(_ stream: StreamName) -> String { stream.key(in: namespace) }

    func stream(_ topic: Topic, _ lane: Lane?, _ partitionKey: String) -> String {
        key(StreamName(topic, lane: lane, partitionKey: partitionKey, partitions: partitions))
    }
}
