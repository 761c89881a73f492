public import Foundation

/// What a model is called for.
public enum CallPurpose: String, Codable, CaseIterable, Sendable {
    case task, judge, review, reflection, check, embedding
}

/// Money that one model call may need, to be set aside in every budget that it has to keep, or in none.
public struct Reservation: Hashable, Sendable {
    /// The call's own id.
    public var id: UUID
    public var caps: [SpendingCap]
    /// The most that the call can cost.
    public var amount: MicroUSD
    /// What it can make do with where its task's own cap leaves no more. Other caps never make an answer shorter.
    public var least: MicroUSD
    public var purpose: CallPurpose
    public var model: ModelID
    public var taskID: TaskID?
    /// Whether it is asked for again where only calls under way stand in its way: that is no refusal to tell of.
    public var isPatient: Bool

    /// Seconds after which nobody is at the call any more: more than twice what any call may take. Whoever made it is gone.
    public static let longestLife: TimeInterval = 300

    public init(
        id: UUID, caps: [SpendingCap], amount: MicroUSD, least: MicroUSD, purpose: CallPurpose, model: ModelID,
        taskID: TaskID? = nil, isPatient: Bool = false
    ) {
        self.id = id
        self.caps = caps
        self.amount = amount
        self.least = least
        self.purpose = purpose
        self.model = model
        self.taskID = taskID
        self.isPatient = isPatient
    }
}

/// Whether a call may be made.
public enum ReservationOutcome: Hashable, Sendable {
    /// So much is set aside for it.
    case granted(MicroUSD)
    case refused(SpendingRefusal)
}

/// The budget that kept a call from being made, as it stood then.
public struct SpendingRefusal: Error, Hashable, Sendable {
    public var cap: SpendingCap
    public var spent: MicroUSD
    public var reserved: MicroUSD
    public var needed: MicroUSD

    public init(cap: SpendingCap, spent: MicroUSD, reserved: MicroUSD, needed: MicroUSD) {
        self.cap = cap
        self.spent = spent
        self.reserved = reserved
        self.needed = needed
    }

    /// Whether only reservations stand in the way: what calls under way give back may be enough.
    public var isPassing: Bool { spent + needed <= cap.limit }
}

extension SpendingRefusal: CustomStringConvertible {
    public var description: String {
        """
        \(cap.account) is \(cap.limit): \(spent) are spent, \(reserved) reserved for calls under way, \
        and this call may cost \(needed)
        """
    }
}

/// How a call that had money set aside ended.
public struct CallSettlement: Hashable, Sendable {
    public var id: UUID
    /// What it cost; nil when nobody counted and it may have been billed: then all that was set aside counts as spent.
    public var cost: MicroUSD?
    public var usage: TokenUsage
    /// Why it brought no answer; nil when it did.
    public var fault: String?

    public init(id: UUID, cost: MicroUSD?, usage: TokenUsage = TokenUsage(), fault: String? = nil) {
        self.id = id
        self.cost = cost
        self.usage = usage
        self.fault = fault
    }

    /// A call that was not made after all.
    public static func unmade(_ id: UUID) -> CallSettlement { CallSettlement(id: id, cost: .zero, fault: "not_made") }
}
