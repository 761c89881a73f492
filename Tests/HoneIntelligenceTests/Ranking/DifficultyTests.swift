import HoneCore
import HoneIntelligence
import Testing

@Suite("difficulty")
struct DifficultyTests {
    private func work(
        _ agent: String, _ count: Int, _ overall: Double, _ category: String = "reviews", complexity: Int?
    ) throws -> [TaskObservation] {
        var task = try RankingTests.task(agent, category, overall: overall)
        task.key.complexity = complexity
        return Array(repeating: task, count: count)
    }

    private func board(_ tasks: [TaskObservation], _ names: String...) throws -> [String: LeaderboardEntry] {
        let agents = try names.flatMap { try RankingTests.agents($0) }
        let board = Leaderboard(StatisticsTable(tasks), agents: agents, today: RankingTests.today)
        return Dictionary(uniqueKeysWithValues: board.entries.map { ($0.agent.rawValue, $0) })
    }

    @Test("the better agent ranks first though it got the hard tasks, and plain means would say otherwise")
    func confounded() throws {
        // On either kind `good` does better by 0.1.
        let tasks =
            try work("good", 270, 0.6, complexity: 5) + work("good", 30, 0.9, complexity: 1)
            + work("easy", 30, 0.5, complexity: 5) + work("easy", 270, 0.8, complexity: 1)
        let entries = try board(tasks, "good", "easy")
        let (good, easy) = (try #require(entries["good"]), try #require(entries["easy"]))
        #expect((good.total.meanOverall ?? 1) < (easy.total.meanOverall ?? 0))
        #expect(good.overallRank == 1 && easy.overallRank == 2)
        #expect(good.categories[try category("reviews")]?.rank == 1)
        #expect(abs(good.quality.mean - easy.quality.mean - 0.1) < 0.03)
    }

    @Test("the same across categories of different difficulty")
    func acrossCategories() throws {
        let tasks =
            try work("good", 270, 0.6, "law", complexity: nil) + work("good", 30, 0.9, "chat", complexity: nil)
            + work("easy", 30, 0.5, "law", complexity: nil) + work("easy", 270, 0.8, "chat", complexity: nil)
        let entries = try board(tasks, "good", "easy")
        let law = try #require(entries["good"]?.categories[try category("law")])
        #expect(entries["good"]?.overallRank == 1 && law.rank == 1)
        // Within a category there is nothing to adjust: 270 scores of 0.6 and the prior.
        #expect(law.quality.mean > 0.59 && law.quality.mean < 0.6)
    }

    @Test("where no agent has done two kinds of task, nothing tells difficulty from skill, and nothing is adjusted")
    func notComparable() throws {
        let entries = try board(
            work("a", 100, 0.9, complexity: 1) + work("b", 100, 0.5, complexity: 5), "a", "b")
        #expect(isClose(entries["a"]?.quality.mean, (90 + 7) / 110.0))
        #expect(isClose(entries["b"]?.quality.mean, (50 + 7) / 110.0))
    }

    @Test("agents with the same mix of tasks are compared as they are, and one kind alone is not adjusted at all")
    func sameMix() throws {
        let names = ["a", "b"]
        let tasks = try zip(names, [0.1, 0]).flatMap { name, bonus in
            try work(name, 100, 0.8 + bonus, complexity: 1) + work(name, 100, 0.4 + bonus, complexity: 5)
        }
        let entries = try board(tasks, "a", "b")
        #expect(isClose(entries["a"]?.quality.mean, (200 * 0.7 + 10 * 0.65) / 210, within: 1e-9))
        let single = try board(work("a", 10, 1, complexity: 2), "a")
        #expect(isClose(single["a"]?.quality.mean, 1))
    }

    @Test("published quality stays within 0 and 1 however hard the tasks were")
    func published() throws {
        let tasks =
            try work("a", 500, 1, complexity: 5) + work("b", 250, 0, complexity: 5) + work("b", 250, 1, complexity: 1)
        let best = try #require(try board(tasks, "a", "b")["a"])
        #expect(best.quality.mean > 1 && best.quality.value == 1)
        #expect(best.quality.interval.upperBound == 1 && best.quality.interval.lowerBound <= 1)
    }

    @Test("cells that take back more than they hold, as between a migration and the recount, do no harm")
    func negativeCells() throws {
        var table = StatisticsTable(try work("a", 20, 0.8, complexity: nil) + work("b", 20, 0.6, complexity: 2))
        let late = try #require(try work("a", 1, 0.8, complexity: 2).first)
        table.retract(late)
        let board = Leaderboard(table, agents: try RankingTests.agents("a", "b"), today: RankingTests.today)
        #expect(board.entries.map(\.agent.rawValue) == ["a", "b"])
        #expect(board.entries.allSatisfy { $0.quality.mean.isFinite && $0.total.count > 0 })
    }
}
