public import HoneCore

/// On whose account a call is made.
public struct CallPayer: Hashable, Sendable {
    public var purpose: CallPurpose
    public var taskID: TaskID?
    public var agentID: AgentID?
    public var experimentID: ExperimentID?
    /// What the caller itself must keep, besides what the installation has set.
    public var caps: [SpendingCap]
    /// Whether it can wait a moment for what calls under way give back; nobody who is waited for can.
    public var isPatient: Bool

    public init(
        _ purpose: CallPurpose = .task, taskID: TaskID? = nil, agentID: AgentID? = nil,
        experimentID: ExperimentID? = nil, caps: [SpendingCap] = [], isPatient: Bool = false
    ) {
        self.purpose = purpose
        self.taskID = taskID
        self.agentID = agentID
        self.experimentID = experimentID
        self.caps = caps
        self.isPatient = isPatient
    }
}

/// Keeps model calls within what may be spent. Every exchange asks by itself: a retry or a fallback is one of its own.
public protocol SpendGuard: Sendable {
    /// What such a call must keep now; nothing where there is no cap, and then the call is neither reserved nor settled.
    func caps(for payer: CallPayer) async throws -> [SpendingCap]

    /// Sets money aside in every budget of the reservation, or in none. Throws when nobody can say: then no call is made.
    func reserve(_ reservation: Reservation) async throws -> ReservationOutcome

    /// Counts what a call cost and gives the rest back. Never lost: what cannot be written now is written later.
    func settle(_ settlement: CallSettlement) async
}
