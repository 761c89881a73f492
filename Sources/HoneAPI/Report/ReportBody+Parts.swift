public import HoneCore
import HoneIntelligence
import HoneStore

extension ReportBody {
    /// Failed attempts.
    public struct Failures: Codable, Sendable {
        public var code: ErrorCode
        public var agentID: AgentID
        public var count: Int

        enum CodingKeys: String, CodingKey {
            case code, count
            case agentID = "agent_id"
        }

        init(_ failures: FailureCount) {
            code = failures.errorCode
            agentID = failures.agentID
            count = failures.count
        }
    }

    public struct Spent: Codable, Sendable {
        /// Nil is the judge.
        @OrNull public var agentID: AgentID?
        /// Nil where no model was called.
        @OrNull public var model: ModelID?
        public var calls: Int
        public var costUSD: Double

        enum CodingKeys: String, CodingKey {
            case model, calls
            case agentID = "agent_id"
            case costUSD = "cost_usd"
        }

        init(_ spending: Spending) {
            agentID = spending.agentID
            model = spending.model
            calls = spending.count
            costUSD = spending.cost.dollars
        }
    }

    /// How far a reviewer agrees with what is known of the work.
    public struct Reviewer: Codable, Sendable {
        public var agentID: AgentID
        public var reviews: Int
        /// Reviews of work of which something is known.
        public var compared: Int
        /// Share of them that say pass or fail like the truth; this and the next ones are nil where nothing tells.
        @OrNull public var agreement: Double?
        /// Cohen's κ, Spearman's ρ, and the mean of score − truth.
        @OrNull public var kappa: Double?
        @OrNull public var spearman: Double?
        @OrNull public var bias: Double?

        enum CodingKeys: String, CodingKey {
            case reviews, compared, agreement, kappa, spearman, bias
            case agentID = "agent_id"
        }

        init(_ agent: AgentID, _ comparisons: [ReviewComparison]) {
            let pairs = comparisons.compactMap { review in
                review.truth.map { Agreement.Pair(score: review.score, truth: $0) }
            }
            let agreement = Agreement(pairs)
            agentID = agent
            reviews = comparisons.count
            compared = agreement.count
            self.agreement = agreement.kappa.agreement
            kappa = agreement.kappa.value
            spearman = agreement.spearman.value
            bias = agreement.bias
        }
    }
}
