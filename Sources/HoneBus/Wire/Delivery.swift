public import Foundation
import HoneCore

/// One entry of a work stream in the hands of one member of one group, not yet decoded.
///
/// Equal when they are of the same entry, whatever its content and count.
public struct Delivery: Sendable {
    public let stream: StreamName
    public let entryID: String
    public let envelope: Envelope
    /// How often the transport has handed this entry to the group: 1 for the first time.
    public let entryDeliveries: Int

    public init(stream: StreamName, entryID: String, envelope: Envelope, entryDeliveries: Int = 1) {
        self.stream = stream
        self.entryID = entryID
        self.envelope = envelope
        self.entryDeliveries = entryDeliveries
    }

    /// All deliveries of the message to this group, those before a retry included.
    public var deliveries: Int { carriedDeliveries + entryDeliveries }

    private var carriedDeliveries: Int {
        envelope.text(Attribute.deliveries).flatMap { Int($0) } ?? 0
    }

    /// CloudEvents `id`, or one made from the entry under which the message first came.
    public var eventID: String {
        envelope.text(Attribute.id) ?? "\(stream.path)/\(envelope.text(Attribute.firstEntry) ?? entryID)"
    }

    /// The de-duplication key, made of source and id. Redelivery, retry, take-over and replay do not change it.
    public var messageID: UUID {
        Self.messageID(source: envelope.text(Attribute.source) ?? "", eventID: eventID)
    }

    static func messageID(source: String, eventID: String) -> UUID { UUID.hone.derived("\(source)\n\(eventID)") }

    /// The trace the message belongs to; a message that names none starts one of its own.
    public var traceparent: String {
        TraceParent(envelope.text(Attribute.traceparent) ?? "")?.description
            ?? TraceParent(rootOf: messageID).description
    }
}

extension Delivery: Hashable {
    public static func == (left: Delivery, right: Delivery) -> Bool {
        left.entryID == right.entryID && left.stream == right.stream
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(entryID)
        hasher.combine(stream)
    }
}
