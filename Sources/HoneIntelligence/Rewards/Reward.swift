import HoneCore

/// What a task earns its agent: one row of the ledger. Points make a badge; ranks come from quality per task.
public struct Reward: Hashable, Sendable {
    public let reward: Int
    public let penalty: Int
    /// The most that could have been earned with the evidence at hand: 110 of a task that is scored and priced but
    /// neither rated nor reviewed, 175 of one that is both.
    public let attainable: Int

    public var points: Int { reward - penalty }

    /// Points as a share of what was attainable; nil when nothing was.
    public var share: Double? { attainable > 0 ? Double(points) / Double(attainable) : nil }

    public init(_ evidence: RewardEvidence, reference: RewardReference) {
        // Broken infrastructure and decisions made elsewhere neither earn nor cost anything.
        if let fault = evidence.fault, !fault.isAgentFailure {
            (reward, penalty, attainable) = (0, 0, 0)
            return
        }
        reward = evidence.fault == nil ? RewardTerms(evidence, reference).points : 0
        penalty = PenaltyTerms(evidence).points
        attainable = RewardTerms.attainable(with: evidence)
    }
}
