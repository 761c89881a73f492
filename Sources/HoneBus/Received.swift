public import Foundation
import HoneCore

/// A message as a handler sees it: decoded, validated, and with the identity that makes its effects repeatable.
public struct Received<Body: Message>: Sendable {
    /// The de-duplication key, made of source and id: a redelivery, a retry and a replay all carry the same one.
    public let id: UUID
    /// CloudEvents `id` and `source` as they came; for a message without an id, one made from its stream entry.
    public let eventID: String
    public let source: String?
    public let time: Date?
    /// As it came; a message from outside that brought none begins a trace of its own here.
    public let traceparent: String?
    /// 1 for the first delivery to this group.
    public let deliveries: Int
    public let stream: StreamName
    public let entryID: String
    public let body: Body

    public init(
        id: UUID, eventID: String, source: String? = nil, time: Date? = nil, traceparent: String? = nil,
        deliveries: Int = 1, stream: StreamName, entryID: String, body: Body
    ) {
        self.id = id
        self.eventID = eventID
        self.source = source
        self.time = time
        self.traceparent = traceparent
        self.deliveries = deliveries
        self.stream = stream
        self.entryID = entryID
        self.body = body
    }

    /// A follow-up of this message, in the same trace. `part` tells several follow-ups of one message apart.
    public func causes<Next: Message>(_ message: Next, _ part: String? = nil) throws -> Publication {
        let effect = id.derived(part ?? Next.type)
        return try Publication(message, id: effect, traceparent: TraceParent.child(of: traceparent, effect))
    }

    /// A follow-up to a stream outside the catalogue, such as the reply a publisher asked for.
    public func causes<Next: Encodable>(
        _ message: Next, type: String, to key: String, _ part: String? = nil
    ) throws -> Publication {
        let effect = id.derived(part ?? type)
        return try Publication(
            message, type: type, to: key, id: effect, traceparent: TraceParent.child(of: traceparent, effect))
    }
}
