import Foundation
import HoneBus
import HoneCore
import Redis

/// An entry on its way into a stream.
struct Addition: Sendable {
    let key: String
    let envelope: Envelope
    /// Only broadcast streams have one.
    var cap: Int?

    var command: RedisCommand { .add(envelope, to: key, cap: cap) }
}

extension RedisTransport {
    func addition(_ publication: Publication) -> Addition {
        let envelope = publication.envelope(source: options.source, time: options.clock())
        switch publication.destination {
        case .reply(let key):
            return Addition(key: key, envelope: envelope)
        case .topic(let topic, let lane, let partitionKey):
            let cap: Int? = if case .broadcast(let cap) = topic.kind { cap } else { nil }
            return Addition(key: keys.stream(topic, lane, partitionKey), envelope: envelope, cap: cap)
        }
    }
}

extension RedisCommand {
    /// An `XADD` straight from the envelope.
    static func add(_ envelope: Envelope, to key: String, cap: Int? = nil) -> RedisCommand {
        var arguments: [RedisArgument] = []
        arguments.reserveCapacity(5 + 2 * envelope.fields.count)
        arguments.append(.string(key))
        if let cap { arguments += ["MAXLEN", "~", RedisArgument(cap)] }
        arguments.append("*")
        for field in envelope.fields {
            arguments.append(.string(field.name))
            arguments.append(.bytes(field.value))
        }
        return RedisCommand("XADD", arguments)
    }
}

extension Envelope {
    init(_ entry: RedisStreamEntry) {
        self.init(entry.fields.map { Field($0.name, $0.value) })
    }
}

extension Delivery {
    init(_ entry: RedisStreamEntry, of stream: StreamName, entryDeliveries: Int = 1) {
        self.init(
            stream: stream, entryID: entry.id.description, envelope: Envelope(entry),
            entryDeliveries: entryDeliveries)
    }
}
