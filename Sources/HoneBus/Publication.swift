public import Foundation
public import HoneCore

/// A message on its way out, already encoded.
public struct Publication: Sendable {
    public enum Destination: Hashable, Sendable {
        case topic(Topic, lane: Lane?, partitionKey: String)
        /// A stream that a publisher named in `reply_to`: the whole key, used as it stands.
        case reply(key: String)
    }

    public let destination: Destination
    /// CloudEvents `id`. Derived from the message that causes this one, so that a redelivery publishes the same id again.
    public let id: UUID
    public let type: String
    public var traceparent: String?
    /// CloudEvents `source`, where it is not Hone itself.
    public var source: String?
    /// The JSON payload.
    public let data: Data

    public init<Body: Message>(_ message: Body, id: UUID, traceparent: String? = nil) throws {
        destination = .topic(
            Body.topic, lane: Body.topic.isLaned ? message.lane : nil, partitionKey: message.partitionKey)
        self.id = id
        type = Body.type
        self.traceparent = traceparent
        data = try WireFormat.encode(message)
    }

    /// A message to a stream outside the catalogue.
    public init<Body: Encodable>(
        _ message: Body, type: String, to key: String, id: UUID, traceparent: String? = nil
    ) throws {
        destination = .reply(key: key)
        self.id = id
        self.type = type
        self.traceparent = traceparent
        data = try WireFormat.encode(message)
    }

    /// A payload from elsewhere, passed on as it came; it need not be JSON.
    public init(passingOn data: Data, type: String, to topic: Topic, id: UUID, source: String) {
        destination = .topic(topic, lane: nil, partitionKey: "")
        self.id = id
        self.type = type
        self.source = source
        self.data = data
    }
}
