public import Foundation
import HoneCore
public import HoneIntelligence
public import HoneStore

/// What another policy would have been worth in some time, in mean overall score per task.
public struct PolicyEvaluationBody: Codable, Sendable {
    public struct Estimate: Codable, Sendable {
        public var value: Double
        /// Of the 95 % interval, as the next one.
        public var low: Double
        public var high: Double

        init(_ estimate: ValueEstimate) {
            value = estimate.value
            low = estimate.low
            high = estimate.high
        }
    }

    public var policy: RoutingPolicyName
    public var from: Date
    public var to: Date
    /// Decisions with a known outcome, and those that were left out because nobody could say how good the work was.
    public var decisions: Int
    public var unknown: Int
    /// What the decisions were worth as they were made.
    public var logged: Estimate
    public var ips: Estimate
    public var snips: Estimate
    public var doublyRobust: Estimate
    public var effectiveSampleSize: Double
    /// Share of the policy's choices of which the log says nothing.
    public var unsupported: Double

    enum CodingKeys: String, CodingKey {
        case policy, from, to, decisions, unknown, logged, ips, snips, unsupported
        case doublyRobust = "doubly_robust"
        case effectiveSampleSize = "effective_sample_size"
    }

    /// At most so many decisions are looked at, the latest of the time.
    public static let mostDecisions = 100_000

    /// Throws `EvaluationRefusal` when the log cannot tell.
    public init(
        _ policy: RoutingPolicyName, from: Date, to: Date, outcomes: [DecisionOutcome]
    ) throws(EvaluationRefusal) {
        let log = outcomes.compactMap(LoggedDecision.init)
        let evaluation = try PolicyEvaluation(policy, from: log)
        self.policy = policy
        self.from = from
        self.to = to
        decisions = log.count
        unknown = outcomes.count - log.count
        logged = Estimate(evaluation.logged)
        ips = Estimate(evaluation.inversePropensity)
        snips = Estimate(evaluation.selfNormalised)
        doublyRobust = Estimate(evaluation.doublyRobust)
        effectiveSampleSize = evaluation.effectiveSampleSize
        unsupported = evaluation.unsupported
    }
}

extension LoggedDecision {
    /// nil for a decision whose outcome says nothing about the agent.
    fileprivate init?(_ outcome: DecisionOutcome) {
        guard let reward = outcome.reward, let mean = outcome.featureNames.firstIndex(of: "utility_mean"),
            let deviation = outcome.featureNames.firstIndex(of: "utility_deviation"),
            outcome.features.count == outcome.featureNames.count * outcome.candidates.count
        else { return nil }
        let width = outcome.featureNames.count
        let beliefs = outcome.candidates.indices.map { index in
            UtilityBelief(
                mean: outcome.features[index * width + mean], deviation: outcome.features[index * width + deviation])
        }
        self.init(
            category: outcome.category, candidates: outcome.candidates, beliefs: beliefs,
            propensities: outcome.propensities, chosen: outcome.agentID, reward: reward)
    }
}

extension DecisionOutcome {
    /// The score; 0 where the agent failed; nil where it is unknown or not the agent's doing.
    fileprivate var reward: Double? {
        switch isCompleted {
        case true?: overall
        case false?: errorCode.map(\.isAgentFailure) == true ? 0 : nil
        case nil: nil
        }
    }
}
