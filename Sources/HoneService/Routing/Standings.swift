import Foundation
import HoneCore
import HoneIntelligence
import HoneStore

/// Statistics, arranged the way a routing decision asks for them.
struct Standings {
    private let beliefs: RoutingBeliefs
    private let today: Day

    init(_ table: StatisticsTable, _ versions: [AgentID: AgentVersion], at now: Date) {
        today = Day(now)
        beliefs = RoutingBeliefs(table, versions: versions, today: today)
    }

    /// The agent without what changes from task to task. Without a category its work in all of them counts.
    func candidate(_ stored: StoredAgent, _ category: HoneCore.Category?, _ effort: Effort?) -> RoutingCandidate {
        let quality = beliefs.estimate(stored.id, in: category)
        let isOnProbation = Probation.applies(
            scoredTasks: beliefs.scoredTasks(of: stored.id), ageInDays: today - Day(stored.createdAt))
        return RoutingCandidate(
            agent: stored.agent, quality: quality, expectedCost: MicroUSD(rounding: effort?.meanCost),
            expectedSeconds: effort?.meanDuration, likelyCost: MicroUSD(rounding: effort?.costP75),
            likelySeconds: effort?.durationP75, isOnProbation: isOnProbation)
    }
}

extension MicroUSD {
    fileprivate init?(rounding amount: Double?) {
        guard let amount else { return nil }
        self.init(Int64(amount.rounded()))
    }
}
