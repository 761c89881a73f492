import ArgumentParser
import HoneAPI
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
        try output.show(body: board.body, or: board.text)
    }
}

extension LeaderboardView {
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
