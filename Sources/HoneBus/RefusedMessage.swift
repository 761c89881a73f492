public import Foundation
public import HoneCore

/// A message that is about to become a dead letter: undecodable, rejected, or out of deliveries.
public struct RefusedMessage: CausingMessage {
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
}
