public import Foundation
public import HoneCore

extension Publication {
    /// The fields of its stream entry. `source`, which a publication's own overrides, is the same for all of Hone's
    /// services, so that a message which another service publishes again under its id is recognised as the same.
    public func envelope(source: String, time: Date) -> Envelope {
        var envelope = Envelope(reserving: 256 + data.count)
        envelope.append(Attribute.id, id.text.utf8)
        envelope.append(Attribute.type, type.utf8)
        envelope.append(Attribute.source, (self.source ?? source).utf8)
        envelope.append(Attribute.time, EventTime.text(of: time).utf8)
        if let traceparent { envelope.append(Attribute.traceparent, traceparent.utf8) }
        envelope.append(Attribute.data, data)
        return envelope
    }

    /// The CloudEvents `source` of what Hone's own services publish.
    public static let ownSource = "/hone"

    /// The de-duplication key by which handlers will know this message; see ``Delivery/messageID``.
    public var messageID: UUID { Delivery.messageID(source: source ?? Self.ownSource, eventID: id.text) }
}

extension StreamName {
    /// The partition of a key: FNV-1a over its UTF-8 bytes, modulo the number of partitions.
    public static func partition(of key: String, among partitions: Int) -> Int {
        let hash = key.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return Int(hash % UInt64(max(1, partitions)))
    }

    /// The stream a publication to this topic goes to.
    public init(_ topic: Topic, lane: Lane?, partitionKey: String, partitions: Int) {
        let isSpread = topic.isPartitioned && partitions > 1
        self.init(
            topic: topic.name, lane: topic.isLaned ? lane ?? .standard : nil,
            partition: isSpread ? Self.partition(of: partitionKey, among: partitions) : nil)
    }

    /// Tells streams of one namespace apart: `tasks.submitted`, `{3}:tasks.completed`.
    public var path: String {
        partition.map { "{\($0)}:\(self)" } ?? description
    }
}
