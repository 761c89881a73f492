/// What became of a category's tasks so far, as far as the next one depends on it.
public struct CategoryTraffic: Hashable, Sendable {
    /// The most of a category's traffic that agents on probation get.
    public static let probationShare = 0.2
    /// So many tasks back the share is looked at, so that a long past does not pay for a flood of new agents.
    static let memory = 400

    /// All that were routed: whose turn it is.
    public private(set) var turn: Int
    /// Those that count for the share, and those among them that went to an agent on probation.
    public private(set) var routed: Int
    public private(set) var routedToProbation: Int

    public init(turn: Int = 0, routed: Int = 0, routedToProbation: Int = 0) {
        self.turn = turn
        self.routed = routed
        self.routedToProbation = routedToProbation
    }

    /// Whether one more task may go to an agent on probation.
    public var admitsProbation: Bool {
        Double(routedToProbation + 1) <= Self.probationShare * Double(routed + 1)
    }

    public mutating func count(_ decision: RoutingDecision) {
        count(spendingProbationShare: decision.spendsProbationShare)
    }

    mutating func count(spendingProbationShare isSpending: Bool) {
        turn += 1
        routed += 1
        if isSpending { routedToProbation += 1 }
        // Halving forgets what is unused of the share and grants nothing: over any past the share holds.
        if routed >= Self.memory {
            routed /= 2
            routedToProbation = (routedToProbation + 1) / 2
        }
    }
}
