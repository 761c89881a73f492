/// How a gate ends.
public enum GateVerdict: Sendable, Hashable, Codable {
    /// The child is better, keeps what must stay solved, and stays within its bounds.
    case promote
    /// Cases that must stay solved are not any more.
    case controlsBroken([String])
    /// It is better, and certainly costs more than it may.
    case tooCostly
    /// It is better, and certainly takes longer than it may.
    case tooSlow
    /// Nothing was proved before the pairs, the cases or the budget ended.
    case inconclusive(Undecided)

    public enum Undecided: String, Sendable, Hashable, Codable {
        /// The pairs did not prove that it is better.
        case gain
        /// It is better; its cost may be within the bound, or not.
        case cost
        /// It is better; its time may be within the bound, or not.
        case time
        /// A control broke down twice: nobody knows whether it is still solved.
        case controls
        /// The money, the time or the patience of the run ended before.
        case stopped
    }
}

/// What the person who approves has to know.
public struct GateReport: Sendable, Hashable, Codable {
    /// Nil while the gate is open.
    public let verdict: GateVerdict?
    public let pairs: Int
    /// Of the test martingale; the gate opens at ``threshold``.
    public let evidence: Double
    public let threshold: Double
    /// The mean of child − parent; nil without pairs.
    public let meanGain: Double?
    /// At 95 %; nil without pairs.
    public let gainBounds: GainBounds?
    /// The shares of pairs that each passed; nil without pairs.
    public let parentRate: Double?
    public let childRate: Double?
    /// Cases that the child passes and the parent does not, and the reverse.
    public let wins: [String]
    public let losses: [String]
    /// Controls that today's prompt passes, and so the child must.
    public let heldControls: Int
    /// Child ÷ parent; nil without pairs of known cost.
    public let cost: RatioBounds?
    public let time: RatioBounds?
}
