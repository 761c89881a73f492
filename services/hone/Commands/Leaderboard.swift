import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore

struct LeaderboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leaderboard", abstract: "Rank the agents, and say how sure that is.",
        discussion: """
            Quality is the mean score, adjusted for how hard the tasks were and shrunken while they are few, with its 95 % \
            interval. Agents whose intervals overlap share a band of ranks.
            """)

    @Option(help: ArgumentHelp("overall, cost, or a category.", valueName: "view"))
    var view = "overall"

    @OptionGroup var period: PeriodOptions
    @Option(help: "Only work on this model.") var model: ModelID?
    @Flag(help: "Print CSV instead of a table.")
    var csv = false
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
        guard Category(view) != nil else { throw ValidationError("--view takes overall, cost, or a category's name") }
    }

    func run() async throws {
        let filter = PeriodFilter(from: try period.start(), to: try period.end(), model: model)
        let board = try await Connections.standard().withStore { store in
            try await LeaderboardView.load(view, in: filter, from: store)
        }
        if csv { return Terminal.write(board.csv) }
        try output.show(body: board.body, or: board.text)
    }
}

extension LeaderboardView {
    var text: String {
        var table = Table(
            .number("rank"), .text("band"), .text("agent"), .number("tasks"), .number("done"), .number("failed"),
            .number("score"), .number("quality"), .text("95 %"), .number("cost"), .number("seconds"),
            .number("points"), .text("trend"), .text("badges"))
        for row in rows { table.add(cells(row)) }
        return ([table.text(orNothing: "no agent is ranked yet")] + doubt).joined(separator: "\n")
    }

    private func cells(_ row: Row) -> [String] {
        let standing = row.standing
        let performance = standing.categoryPerformance[view]
        return [
            Format.text(row.rank), Format.ranks(row.band), standing.nickname,
            "\(performance?.count ?? standing.totalTasks)",
            "\(performance.map { $0.count - $0.failed } ?? standing.successfulTasks)",
            "\(performance?.failed ?? standing.failedTasks)",
            Format.score(performance.map(\.avgScore) ?? standing.avgOverallScore), Format.score(row.quality),
            Format.interval(row.interval), performance == nil ? standing.totalCost.description : Format.nothing,
            Format.decimals(performance == nil ? standing.avgDurationSeconds : nil, 2), "\(standing.points)",
            standing.trend ?? "", standing.badges.joined(separator: ","),
        ]
    }

    /// What the ranks leave open, in words.
    private var doubt: [String] {
        guard let first = rows.first, first.rank != nil else { return [] }
        var lines = ["Agents that share a rank in their bands cannot be told apart with 95 % certainty."]
        if let flips = flipsToLoseFirst {
            let verdicts = flips == 1 ? "1 more verdict" : "\(flips) more verdicts"
            lines.append("\(verdicts) could cost \(first.standing.nickname) the first place.")
        }
        let unknown = rows.reduce(0) { $0 + $1.standing.unknownTasks }
        if unknown > 0 { lines.append("\(unknown) completed without a score, and in no mean.") }
        return lines
    }
}
