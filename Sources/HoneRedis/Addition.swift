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
        let fields = RedisArgument.texts(RedisTexts(bytes: envelope.bytes, ends: envelope.ends))
        guard let cap else { return RedisCommand("XADD", [.string(key), "*", fields]) }
        return RedisCommand("XADD", [.string(key), "MAXLEN", "~", RedisArgument(cap), "*", fields])
    }
}

extension Envelope {
    init(_ entry: RedisStreamEntry) {
        self.init(bytes: entry.texts.bytes, ends: entry.texts.ends)
    }
}

extension Delivery {
    init(_ entry: RedisStreamEntry, of stream: StreamName, entryDeliveries: Int = 1) {
        self.init(
            stream: stream, entryID: entry.id.description, envelope: Envelope(entry),
            entryDeliveries: entryDeliveries)
    }
}
