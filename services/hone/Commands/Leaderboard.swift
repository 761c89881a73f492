import ArgumentParser
import HoneCore
import HoneStore

struct LeaderboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "leaderboard", abstract: "Rank the agents.")

    @Option(help: ArgumentHelp("overall, cost, or a category.", valueName: "view"))
    var view = "overall"

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let standings = try await Connections.standard().withStore { try await $0.statistics.standings() }
        let board = LeaderboardView(standings, view: view)
        try output.show(["items": .array(board.rows.map { try $0.standing.json })], or: board.text)
    }
}

/// The published standings in the order of one view. Cost and time are not kept by category.
struct LeaderboardView {
    let view: String
    let rows: [(rank: Int?, standing: Standing)]

    init(_ standings: [Standing], view: String) {
        self.view = view
        rows = standings.map { (Self.rank(of: $0, view), $0) }
            .filter { view == "overall" || $0.rank != nil }
            .sorted { ($0.rank ?? .max, $0.standing.agentID) < ($1.rank ?? .max, $1.standing.agentID) }
    }

    private static func rank(of standing: Standing, _ view: String) -> Int? {
        switch view {
        case "overall": standing.overallRank
        case "cost": standing.costRank
        default: standing.categoryRanks[view]
        }
    }

    var text: String {
        var table = Table(
            .number("rank"), .text("agent"), .number("tasks"), .number("done"), .number("failed"), .number("score"),
            .number("quality"), .number("cost"), .number("seconds"), .number("points"), .text("trend"),
            .text("badges"))
        for (rank, standing) in rows {
            let performance = standing.categoryPerformance[view]
            table.add(
                Format.text(rank), standing.nickname, "\(performance?.count ?? standing.totalTasks)",
                "\(performance.map { $0.count - $0.failed } ?? standing.successfulTasks)",
                "\(performance?.failed ?? standing.failedTasks)",
                Format.score(performance.map(\.avgScore) ?? standing.avgOverallScore),
                Format.score(performance?.quality ?? standing.quality),
                performance == nil ? standing.totalCost.description : Format.nothing,
                Format.decimals(performance == nil ? standing.avgDurationSeconds : nil, 2), "\(standing.points)",
                standing.trend ?? "",
                standing.badges.joined(separator: ","))
        }
        return table.text(orNothing: "no agent is ranked yet")
    }
}

extension Standing {
    var json: JSONValue {
        get throws {
            [
                "agent_id": JSONValue(agentID), "nickname": .string(nickname), "total_tasks": .integer(totalTasks),
                "successful_tasks": .integer(successfulTasks), "failed_tasks": .integer(failedTasks),
                "avg_overall_score": JSONValue(avgOverallScore), "avg_user_rating": JSONValue(avgUserRating),
                "total_cost_usd": JSONValue(dollars: totalCost),
                "cost_per_quality_point": JSONValue(costPerQualityPoint),
                "avg_duration_seconds": JSONValue(avgDurationSeconds), "quality": JSONValue(quality),
                "quality_low": JSONValue(qualityLow), "quality_high": JSONValue(qualityHigh),
                "trend": JSONValue(trend), "badges": .array(badges.map(JSONValue.string)),
                "category_performance": try JSONValue(encoding: categoryPerformance),
                "model_performance": try JSONValue(encoding: modelPerformance),
                "overall_rank": JSONValue(overallRank), "cost_rank": JSONValue(costRank),
                "category_ranks": try JSONValue(encoding: categoryRanks), "points": .integer(points),
                "attainable": .integer(attainable), "last_updated": JSONValue(lastUpdated),
            ]
        }
    }
}
