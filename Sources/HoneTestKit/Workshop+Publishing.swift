public import Foundation
public import HoneBus
public import HoneCore
import HoneMessages

extension Workshop {
    /// Publishes a payload as `XADD … data …` would; with an `id` where one is given.
    public func publish(_ data: String, to topic: Topic, id: String? = nil) async throws {
        var fields = [Envelope.Field(Attribute.data, data)]
        if let id { fields.insert(Envelope.Field(Attribute.id, id), at: 0) }
        try await bus.add(Envelope(fields), to: key(topic))
    }

    /// Publishes a task as an outsider would.
    public func submit(_ task: JSONValue, id: String? = nil) async throws {
        try await publish(String(decoding: WireFormat.encode(task), as: UTF8.self), to: .tasksSubmitted, id: id)
    }

    /// Publishes a message as another service would; the same `id` again is a redelivery.
    public func send<Body: Message>(_ message: Body, id: UUID = UUID()) async throws {
        try await bus.transport.publish([Publication(message, id: id)])
    }

    /// Adds the entries of a stream to it once more, as a crash between commit and acknowledgement would.
    public func redeliver(_ topic: Topic, _ lane: Lane? = nil) async throws {
        let key = key(topic, lane)
        for entry in try await bus.entries(of: key) { try await bus.add(entry, to: key) }
    }
}
