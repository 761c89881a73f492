import Foundation
import HoneCore
import HoneIntelligence
import HoneStore

/// Statistics, arranged the way a routing decision asks for them.
struct Standings {
    private var records: [AgentID: AgentRecord] = [:]
    private var overall = QualityScope([:])
    private var scopes: [HoneCore.Category: QualityScope] = [:]
    private var today = Day(Date(timeIntervalSince1970: 0))

    init() {}

    init(_ table: StatisticsTable, at now: Date) {
        today = Day(now)
        records = AgentRecord.records(table, today: today, adjusting: DifficultyAdjustment(table))
        overall = QualityScope(records.mapValues(\.history))
        scopes = Self.scopes(records)
    }

    private static func scopes(_ records: [AgentID: AgentRecord]) -> [HoneCore.Category: QualityScope] {
        var histories: [HoneCore.Category: [AgentID: QualityHistory]] = [:]
        for (agent, record) in records {
            for (category, part) in record.categories { histories[category, default: [:]][agent] = part.history }
        }
        return histories.mapValues { QualityScope($0) }
    }

    /// The agent without what changes from task to task. Without a category its work in all of them counts.
    func candidate(_ stored: StoredAgent, _ category: HoneCore.Category?, _ effort: Effort?) -> RoutingCandidate {
        let record = records[stored.id] ?? AgentRecord()
        let history = category.map { record.categories[$0]?.history ?? QualityHistory() } ?? record.history
        let scope = category.map { scopes[$0] ?? QualityScope([:]) } ?? overall
        let quality = scope.estimate(history)
        let isOnProbation = Probation.applies(
            scoredTasks: Int(record.total.scored), ageInDays: today - Day(stored.createdAt))
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
