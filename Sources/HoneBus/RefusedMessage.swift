public import Foundation
public import HoneCore

/// A message that is about to become a dead letter: undecodable, rejected, or out of deliveries.
public struct RefusedMessage: Sendable {
    public let id: UUID
    public let fault: TaskFault
    /// The payload as it came, if there was one of a bearable size; it need not be JSON.
    public let data: Data?
    public let traceparent: String?

    public init(id: UUID, fault: TaskFault, data: Data?, traceparent: String? = nil) {
        self.id = id
        self.fault = fault
        self.data = data
        self.traceparent = traceparent
    }

    /// A follow-up of the refusal, in the same trace. `part` tells several follow-ups of one refusal apart.
    public func causes<Next: Message>(_ message: Next, _ part: String? = nil) throws -> Publication {
        let effect = id.derived(part ?? Next.type)
        return try Publication(message, id: effect, traceparent: TraceParent.child(of: traceparent, effect))
    }

    /// A follow-up to a stream outside the catalogue, such as the error reply a publisher asked for.
    public func causes<Next: Encodable>(
        _ message: Next, type: String, to key: String, _ part: String? = nil
    ) throws -> Publication {
        let effect = id.derived(part ?? type)
        return try Publication(
            message, type: type, to: key, id: effect, traceparent: TraceParent.child(of: traceparent, effect))
    }
}
