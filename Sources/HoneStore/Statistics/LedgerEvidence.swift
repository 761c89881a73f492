public import Foundation
public import HoneCore
public import HoneIntelligence

/// What is known of one finished task when its ledger row is written, and what the statistics hold of it so far.
public struct LedgerEvidence: Sendable, Decodable {
    /// One review that could say something.
    public struct Opinion: Sendable, Codable, Hashable {
        public var reviewer: AgentID
        public var score: Double
        /// How far its reviewer was trusted when the review first counted; nil until it does.
        public var trust: Double?
    }

    public var taskID: TaskID
    public var status: TaskStatus
    public var agentID: AgentID
    /// `unclassified` where nobody said.
    public var category: HoneCore.Category
    public var complexity: Int?
    public var model: ModelID?
    public var errorCode: ErrorCode?
    /// Whether the task has scores; one that failed has none.
    public var isScored: Bool
    public var overall: Double?
    public var passed: Bool?
    public var cost: MicroUSD?
    public var durationSeconds: Double
    public var totalTokens: Int64
    /// The last one a person gave.
    public var rating: Int?
    public var opinions: [Opinion]
    public var endedAt: Date
    /// Whether the ledger has a row for it already.
    public var isInLedger: Bool
    var countedOverall: Double?
    var countedPassed: Bool?
    var countedRating: Int?
    var referenceCost: MicroUSD?
    var referenceDuration: Int64?

    /// What its ledger row was first measured against; nil while there is none.
    public var reference: RewardReference? {
        guard let referenceCost, let referenceDuration else { return nil }
        return RewardReference(cost: referenceCost, durationMilliseconds: referenceDuration)
    }

    /// What each reviewer's opinion weighs, where there are any.
    var trust: [String: Double]? {
        opinions.isEmpty ? nil : Dictionary(opinions.map { ($0.reviewer.rawValue, $0.trust ?? 0) }) { $1 }
    }

    public var durationMilliseconds: Int64 { Int64((durationSeconds * 1_000).rounded()) }

    /// What the statistics should hold of the task; nil for tasks without scores: failed attempts are counted one by
    /// one, see ``Statistics/countFailures(_:)``.
    public var observation: TaskObservation? {
        guard isScored else { return nil }
        return observation(overall: overall, passed: passed, rating: rating)
    }

    /// What they hold now; nil when that is nothing.
    public var counted: TaskObservation? {
        guard isScored, isInLedger else { return nil }
        return observation(overall: countedOverall, passed: countedPassed, rating: countedRating)
    }

    private func observation(overall: Double?, passed: Bool?, rating: Int?) -> TaskObservation {
        TaskObservation(
            key: StatisticsKey(
                agent: agentID, category: category, complexity: complexity, model: model, day: Day(endedAt)),
            ending: .completed(overall: overall, passed: passed), cost: cost,
            durationMilliseconds: durationMilliseconds, tokens: totalTokens, rating: rating)
    }
}

/// A task's ledger row on its way in: what is known, what that earns, and what it was measured against.
public struct LedgerEntry: Sendable {
    public var evidence: LedgerEvidence
    public var reward: Reward
    public var reference: RewardReference

    public init(_ evidence: LedgerEvidence, reward: Reward, reference: RewardReference) {
        self.evidence = evidence
        self.reward = reward
        self.reference = reference
    }
}
