/// What another policy would have been worth, estimated from the decisions of the one that was used.
///
/// Inverse propensity scoring (Horvitz and Thompson, 1952), the same self-normalised (Hájek), and the doubly robust
/// estimate (Dudík, Langford and Li, "Doubly Robust Policy Evaluation and Learning", ICML 2011).
public struct PolicyEvaluation: Hashable, Sendable {
    public let policy: RoutingPolicyName
    public let decisions: Int
    /// What the decisions were worth as they were made.
    public let logged: ValueEstimate
    public let inversePropensity: ValueEstimate
    public let selfNormalised: ValueEstimate
    public let doublyRobust: ValueEstimate
    /// So many decisions of the policy's own would tell as much (Kish).
    public let effectiveSampleSize: Double
    /// The share of the policy's choices that had no chance in the log, and of which it therefore says nothing.
    public let unsupported: Double

    /// A choice that was less likely than this might as well have been impossible: nothing of it is in the log.
    static let leastPropensity = 0.001
    /// More than this much of a policy unsupported is too much to say anything of it.
    static let mostUnsupported = 0.05
    /// Below so many effective decisions, intervals do not hold what they say.
    static let leastEffectiveSampleSize = 30.0

    /// Throws why the log says nothing about the policy.
    public init(_ policy: RoutingPolicyName, from log: [LoggedDecision]) throws(EvaluationRefusal) {
        guard log.count >= 2 else { throw .tooFewDecisions(log.count) }
        let halves = [0, 1].map { half in
            RewardModel(log.indices.lazy.filter { $0 % 2 != half }.map { log[$0] })
        }
        let weighed = log.indices.map { WeighedDecision(log[$0], policy, guessedBy: halves[$0 % 2]) }
        let count = Double(log.count)
        unsupported = weighed.reduce(0) { $0 + $1.unsupported } / count
        guard unsupported <= Self.mostUnsupported else { throw .noSupport(unsupported) }
        let weights = weighed.reduce(0) { $0 + $1.weight }
        let squares = weighed.reduce(0) { $0 + $1.weight * $1.weight }
        effectiveSampleSize = squares > 0 ? weights * weights / squares : 0
        guard effectiveSampleSize >= Self.leastEffectiveSampleSize else {
            throw .tooLittleOverlap(effectiveSampleSize, of: log.count)
        }
        self.policy = policy
        decisions = log.count
        logged = ValueEstimate(meanOf: weighed.map(\.reward))
        inversePropensity = ValueEstimate(meanOf: weighed.map { $0.weight * $0.reward })
        doublyRobust = ValueEstimate(meanOf: weighed.map(\.doublyRobust))
        selfNormalised = Self.selfNormalised(weighed, weights)
    }

    /// The variance by linearisation: Σw²(r − v)² / (Σw)².
    private static func selfNormalised(_ decisions: [WeighedDecision], _ weights: Double) -> ValueEstimate {
        let value = decisions.reduce(0) { $0 + $1.weight * $1.reward } / weights
        let variance = decisions.reduce(0) { sum, decision in
            let residual = decision.weight * (decision.reward - value)
            return sum + residual * residual
        }
        return ValueEstimate(value: value, deviation: variance.squareRoot() / weights)
    }
}

/// A decision with the weight that it has for the policy asked about.
private struct WeighedDecision {
    let reward: Double
    let weight: Double
    let doublyRobust: Double
    let unsupported: Double

    init(_ decision: LoggedDecision, _ policy: RoutingPolicyName, guessedBy model: RewardModel) {
        let target = policy.propensities(decision)
        let guesses = model.guesses(decision)
        let chosen = decision.chosen
        reward = decision.reward
        unsupported = target.indices.reduce(0) { sum, index in
            decision.propensities[index] < PolicyEvaluation.leastPropensity ? sum + target[index] : sum
        }
        weight = target[chosen] / decision.propensities[chosen]
        let guess = zip(target, guesses).reduce(0) { $0 + $1.0 * $1.1 }
        doublyRobust = guess + weight * (decision.reward - guesses[chosen])
    }
}

/// An estimated mean with its 95 % interval.
public struct ValueEstimate: Hashable, Sendable {
    public let value: Double
    public let low: Double
    public let high: Double

    init(value: Double, deviation: Double) {
        self.value = value
        low = value - 1.96 * deviation
        high = value + 1.96 * deviation
    }

    init(meanOf terms: [Double]) {
        let count = Double(terms.count)
        let mean = terms.reduce(0, +) / count
        let squares = terms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.init(value: mean, deviation: (squares / (count - 1) / count).squareRoot())
    }
}

/// Why a log says nothing about a policy.
public enum EvaluationRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case tooFewDecisions(Int)
    /// The share of its choices that had no chance.
    case noSupport(Double)
    case tooLittleOverlap(Double, of: Int)

    public var description: String {
        switch self {
        case .tooFewDecisions(let count):
            "\(count) decisions with a known outcome are too few"
        case .noSupport(let share):
            "the log has no support for it: \(Self.percent(share)) of its choices had no chance when the decisions were "
                + "made (a policy that always takes the best leaves no trace of the others)"
        case .tooLittleOverlap(let size, let count):
            "the log overlaps too little with it: \(count) decisions are worth \(Int(size)) of its own, at least 30 are "
                + "needed"
        }
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
