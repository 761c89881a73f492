public import Foundation
public import HoneCore

/// Who has to appear on the board, and what the counters do not know of them.
public struct LeaderboardAgent: Hashable, Sendable {
    public var id: AgentID
    public var nickname: String
    public var createdOn: Day
    public var points: Int64
    /// When it first used each model, where the day alone does not tell which was first.
    public var firstUses: [ModelID: Date]

    public init(
        id: AgentID, nickname: String, createdOn: Day, points: Int64 = 0, firstUses: [ModelID: Date] = [:]
    ) {
        self.id = id
        self.nickname = nickname
        self.createdOn = createdOn
        self.points = points
        self.firstUses = firstUses
    }
}

/// All agents in order of quality per task.
public struct Leaderboard: Hashable, Sendable {
    /// Ranked ones first, then those without a scored task, by id.
    public let entries: [LeaderboardEntry]
    /// What the entries add up to.
    public let total: StatisticsCell

    public init(
        _ table: StatisticsTable, agents: [LeaderboardAgent], today: Day, correcting: JudgeCorrection? = nil
    ) {
        let records = AgentRecord.records(table, today: today, adjusting: DifficultyAdjustment(table))
        let scopes = BoardScopes(records, correcting: correcting)
        entries = agents.map { LeaderboardEntry($0, records[$0.id] ?? AgentRecord(), scopes, today: today) }
            .sorted { ($0.overallRank ?? .max, $0.agent) < ($1.overallRank ?? .max, $1.agent) }
        total = entries.reduce(.zero) { $0 + $1.total }
    }
}

extension LeaderboardEntry {
    fileprivate init(_ agent: LeaderboardAgent, _ record: AgentRecord, _ scopes: BoardScopes, today: Day) {
        let place = scopes.place(of: agent.id)
        self.init(
            agent: agent.id, nickname: agent.nickname, overall: place, cost: scopes.costPlace(of: agent.id),
            quality: scopes.overall.estimates[agent.id] ?? scopes.overall.estimate(record.history),
            total: record.total, points: agent.points, categories: Self.standings(agent.id, record, scopes),
            models: record.modelStandings(agent.firstUses),
            trend: Trend(thisWeek: record.thisWeek, lastWeek: record.lastWeek),
            badges: Badge.all(
                rank: place?.rank, ageInDays: today - agent.createdOn, scoredTasks: Int(record.total.scored)))
    }

    private static func standings(
        _ agent: AgentID, _ record: AgentRecord, _ scopes: BoardScopes
    ) -> [Category: CategoryStanding] {
        record.categories.reduce(into: [:]) { standings, part in
            guard let scope = scopes.categories[part.key] else { return }
            standings[part.key] = CategoryStanding(
                place: scopes.place(of: agent, in: part.key),
                quality: scope.estimates[agent] ?? scope.estimate(part.value.history), total: part.value.total)
        }
    }
}
