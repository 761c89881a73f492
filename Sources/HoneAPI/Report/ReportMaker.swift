public import Foundation
import HoneCore
import HoneIntelligence
public import HoneStore

extension ReportBody {
    /// Adds up what the record says of these days.
    public init(_ period: ReportPeriod, from store: Store, at now: Date) async throws {
        self = try await store.snapshot { store in
            let maker = ReportMaker(
                period: period, table: try await store.statistics.table(), agents: try await store.agents.all(),
                points: try await store.rewards.totals())
            let spending = try await store.reports.spending(from: period.start, to: period.end)
            let before = period.previous
            let earlier = try await store.reports.spending(from: before.start, to: before.end)
            let reviews = try await store.reports.reviews(from: period.start, to: period.end)
            let alerts = try await store.alerts.list(
                AlertFilter(from: period.start, to: period.end), limit: ReportMaker.mostAlerts)
            return ReportBody(
                from: period.from.text, to: period.to.text, generatedAt: now,
                totals: maker.totals(of: period, spending), previous: maker.totals(of: before, earlier),
                leaderboard: maker.leaderboard(), days: period.days.map(\.text), agents: maker.agentDays(),
                failures: try await store.reports.failures(from: period.start, to: period.end).map(Failures.init),
                alerts: alerts.map(AlertBody.init), spending: spending.map(Spent.init),
                reviewers: Dictionary(grouping: reviews, by: \.reviewer).sorted { $0.key < $1.key }
                    .map { Reviewer($0.key, $0.value) })
        }
    }
}

/// The parts of a report that the counters tell.
struct ReportMaker {
    /// More than anybody will read.
    static let mostAlerts = 200

    let period: ReportPeriod
    let table: StatisticsTable
    let agents: [StoredAgent]
    let points: [AgentID: PointTotal]

    func totals(of period: ReportPeriod, _ spending: [Spending]) -> ReportBody.Totals {
        let cell = table.total { period.contains($0.day) }
        let cost = spending.reduce(MicroUSD.zero) { $0 + $1.cost }
        return ReportBody.Totals(
            tasks: cell.count, completed: cell.completed, failed: cell.failed, quality: cell.meanOverall,
            costUSD: cost.dollars)
    }

    func leaderboard() -> [ReportBody.Place] {
        let (before, after) = (board(to: period.from - 1), board(to: period.to))
        let ranked = after.entries.filter { $0.overallRank != nil }
        let intervals = ranked.map { ($0.agent, $0.quality.interval) }
        let bands = rankBands(Dictionary(intervals) { first, _ in first })
        let old = Dictionary(before.entries.map { ($0.agent, $0.overallRank) }) { first, _ in first }
        return ranked.map { entry in
            let work = table.total { $0.agent == entry.agent && period.contains($0.day) }
            let (rank, interval) = (entry.overallRank ?? 0, entry.quality.interval)
            let band = bands[entry.agent] ?? rank...rank
            return ReportBody.Place(
                agentID: entry.agent, nickname: entry.nickname, rank: rank, band: [band.lowerBound, band.upperBound],
                previousRank: old[entry.agent] ?? nil, quality: entry.quality.mean, qualityLow: interval.lowerBound,
                qualityHigh: interval.upperBound, tasks: work.count,
                costUSD: MicroUSD(work.costMicroUSD).dollars, points: entry.points,
                attainable: points[entry.agent]?.attainable ?? 0)
        }
    }

    /// The board as it was at the end of a day.
    private func board(to day: Day) -> Leaderboard {
        let known = agents.map { agent in
            LeaderboardAgent(
                id: agent.id, nickname: agent.agent.nickname, createdOn: Day(agent.createdAt),
                points: points[agent.id]?.points ?? 0)
        }
        return Leaderboard(
            StatisticsTable(cells: table.cells.filter { $0.key.day <= day }), agents: known, today: day)
    }

    /// Of agents that did something, by name.
    func agentDays() -> [ReportBody.AgentDays] {
        let cells = table.cells.filter { period.contains($0.key.day) }
        let work = Dictionary(grouping: cells) { $0.key.agent }
        return agents.compactMap { agent in
            guard let work = work[agent.id] else { return nil }
            let days = period.days.map { day in
                work.filter { $0.key.day == day }.reduce(StatisticsCell.zero) { $0 + $1.value }
            }
            return ReportBody.AgentDays(
                agentID: agent.id, nickname: agent.agent.nickname, tasks: days.map(\.count),
                quality: days.map(\.meanOverall), costUSD: days.map { MicroUSD($0.costMicroUSD).dollars })
        }
    }
}
