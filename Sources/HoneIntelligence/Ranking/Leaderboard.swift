public import HoneCore

/// Who has to appear on the board, and what the counters do not know of them.
public struct LeaderboardAgent: Hashable, Sendable {
    public var id: AgentID
    public var nickname: String
    public var createdOn: Day
    public var points: Int64

    public init(id: AgentID, nickname: String, createdOn: Day, points: Int64 = 0) {
        self.id = id
        self.nickname = nickname
        self.createdOn = createdOn
        self.points = points
    }
}

/// All agents in order of quality per task.
public struct Leaderboard: Hashable, Sendable {
    /// Ranked ones first, then those without a scored task, by id.
    public let entries: [LeaderboardEntry]

    public init(_ table: StatisticsTable, agents: [LeaderboardAgent], today: Day) {
        let records = AgentRecord.records(table, today: today)
        let overall = QualityScope(records.mapValues(\.history))
        let categories = Self.scopes(records)
        let costRanks = ranks(records.compactMapValues { $0.total.qualityPerDollar })
        entries = agents.map { agent in
            let record = records[agent.id] ?? AgentRecord()
            return Self.entry(
                agent, record, overall, categories, costRank: costRanks[agent.id], today: today)
        }.sorted { ($0.overallRank ?? .max, $0.agent) < ($1.overallRank ?? .max, $1.agent) }
    }

    private static func scopes(_ records: [AgentID: AgentRecord]) -> [Category: QualityScope] {
        var histories: [Category: [AgentID: QualityHistory]] = [:]
        for (agent, record) in records {
            for (category, part) in record.categories { histories[category, default: [:]][agent] = part.history }
        }
        return histories.mapValues(QualityScope.init)
    }

    private static func entry(
        _ agent: LeaderboardAgent, _ record: AgentRecord, _ overall: QualityScope,
        _ categories: [Category: QualityScope], costRank: Int?, today: Day
    ) -> LeaderboardEntry {
        let rank = overall.ranks[agent.id]
        let quality = overall.estimate(record.history)
        let age = today - agent.createdOn
        var badges = [Badge.medal(rank: rank)].compactMap { $0 }
        if Probation.isNew(ageInDays: age) { badges.append(.new) }
        if Probation.applies(
            scoredTasks: Int(record.total.scored), ageInDays: age, halfWidth: quality.halfWidth)
        {
            badges.append(.probation)
        }
        let standings = record.categories.compactMap { category, part in
            categories[category].map { scope in
                (
                    category,
                    CategoryStanding(
                        rank: scope.ranks[agent.id], quality: scope.estimate(part.history), total: part.total)
                )
            }
        }
        return LeaderboardEntry(
            agent: agent.id, nickname: agent.nickname, overallRank: rank, costRank: costRank, quality: quality,
            total: record.total, points: agent.points, categories: Dictionary(uniqueKeysWithValues: standings),
            models: record.models, trend: Trend(thisWeek: record.thisWeek, lastWeek: record.lastWeek), badges: badges)
    }
}

/// Agents compared with each other: in one category, or overall.
public struct QualityScope: Hashable, Sendable {
    public let prior: QualityPrior
    /// Of the agents that have scores.
    public let ranks: [AgentID: Int]

    public init(_ histories: [AgentID: QualityHistory]) {
        let prior = QualityPrior(of: histories.values)
        self.prior = prior
        ranks = HoneIntelligence.ranks(
            histories.filter { $0.value.count > 0 }.mapValues { QualityEstimate($0, prior: prior).mean })
    }

    public func estimate(_ history: QualityHistory) -> QualityEstimate {
        QualityEstimate(history, prior: prior)
    }
}
