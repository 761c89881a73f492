public import Foundation
public import HoneCore

/// What the bus is to do about one delivery; carrying it out ends this member's claim to it.
public struct Settlement: Sendable {
    public enum Verdict: Sendable {
        case done(publish: [Publication])
        /// Again at that time, for this group only.
        case retry(at: Date, because: TaskFault)
        case dead(because: TaskFault, publish: [Publication])
        /// Not meant for this group: acknowledged unread.
        case skip
    }

    public let delivery: Delivery
    public let verdict: Verdict

    public init(_ delivery: Delivery, _ verdict: Verdict) {
        self.delivery = delivery
        self.verdict = verdict
    }
}

/// What a member took over from others.
public struct TakeOver: Sendable {
    public let deliveries: [Delivery]
    /// Pending entries whose body no longer exists; they were acknowledged, since nobody can ever handle them.
    public let vanished: Int

    public init(_ deliveries: [Delivery] = [], vanished: Int = 0) {
        self.deliveries = deliveries
        self.vanished = vanished
    }
}
