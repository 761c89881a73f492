public import Foundation
import HoneCore

/// A message as a handler sees it: decoded, validated, and with the identity that makes its effects repeatable.
public struct Received<Body: Message>: CausingMessage {
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
}
