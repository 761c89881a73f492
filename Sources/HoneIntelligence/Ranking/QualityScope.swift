public import HoneCore

/// Agents compared with each other: in one category, or overall.
public struct QualityScope: Sendable {
    public let prior: QualityPrior
    /// Of the agents that have scores, as are the ranks.
    public let estimates: [AgentID: QualityEstimate]
    public let ranks: [AgentID: Int]
    private let histories: [AgentID: QualityHistory]

    public init(
        _ histories: [AgentID: QualityHistory], in category: Category? = nil, correcting: JudgeCorrection? = nil
    ) {
        let prior = QualityPrior(of: histories.sorted { $0.key < $1.key }.map(\.value))
        self.prior = prior
        self.histories = histories.filter { $0.value.count > 0 }
        var estimates: [AgentID: QualityEstimate] = [:]
        for (agent, history) in self.histories {
            let judged = QualityEstimate(history, prior: prior)
            estimates[agent] = correcting?(judged, agent, category) ?? judged
        }
        self.estimates = estimates
        ranks = HoneIntelligence.ranks(estimates.mapValues(\.mean))
    }

    /// What is believed of any history here, be it the prior alone.
    public func estimate(_ history: QualityHistory) -> QualityEstimate {
        QualityEstimate(history, prior: prior)
    }

    /// The ranks that intervals leave open.
    public func bands() -> [AgentID: ClosedRange<Int>] { rankBands(estimates.mapValues(\.bounds)) }

    /// How many more verdicts could cost the first its place, and who that is; nil where no number could.
    public func flipsToLoseFirst() -> (leader: AgentID, verdicts: Int)? {
        guard let leader = ranks.first(where: { $0.value == 1 })?.key, let first = contender(leader) else { return nil }
        let others = ranks.sorted { $0.value < $1.value }.dropFirst().compactMap { contender($0.key) }
        return FirstPlace.flips(first, others, prior: prior).map { (leader, $0) }
    }

    private func contender(_ agent: AgentID) -> FirstPlace.Contender? {
        guard let history = histories[agent], let estimate = estimates[agent] else { return nil }
        return FirstPlace.Contender(
            history: history, offset: estimate.mean - QualityEstimate.mean(history, prior: prior))
    }
}
