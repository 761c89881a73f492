public import Foundation
import HoneCore

/// A message that others follow from. Their ids are derived from its own, so that a redelivery publishes the same again.
public protocol CausingMessage: Sendable {
    var id: UUID { get }
    var traceparent: String? { get }
}

extension CausingMessage {
    /// A follow-up in the same trace. `part` tells several follow-ups of one message apart.
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
