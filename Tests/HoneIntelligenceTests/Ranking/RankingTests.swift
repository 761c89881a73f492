import HoneCore
import HoneIntelligence
import Testing

@Suite("ranking")
struct RankingTests {
    static let today = Day(number: 20_000)

    static func task(
        _ agent: String, _ category: String = "reviews", overall: Double, daysAgo: Int = 0, cost: Int64 = 100,
        model: String = "small"
    ) throws -> TaskObservation {
        TaskObservation(
            key: StatisticsKey(
                agent: try agentID(agent), category: try HoneIntelligenceTests.category(category),
                model: ModelID(model),
                day: today - daysAgo),
            ending: .completed(overall: overall, passed: overall >= 0.5), cost: MicroUSD(cost),
            durationMilliseconds: 1_000)
    }

    static func many(_ count: Int, _ agent: String, overall: Double, daysAgo: Int = 0) throws -> [TaskObservation] {
        Array(repeating: try task(agent, overall: overall, daysAgo: daysAgo), count: count)
    }

    static func agents(_ names: String..., createdDaysAgo: Int = 100) throws -> [LeaderboardAgent] {
        try names.map {
            LeaderboardAgent(id: try agentID($0), nickname: $0.uppercased(), createdOn: today - createdDaysAgo)
        }
    }

    @Test("quality is 0.7 of the last 30 days and 0.3 of before, or whichever exists")
    func recency() {
        var history = QualityHistory()
        history.add(QualitySample(count: 4, sum: 4, squares: 4), of: Self.today - 29, today: Self.today)
        #expect(history.mean == 1)
        history.add(QualitySample(count: 100, sum: 0, squares: 0), of: Self.today - 30, today: Self.today)
        #expect(isClose(history.mean, 0.7))
        #expect(QualityHistory(older: history.older).mean == 0)
        #expect(QualityHistory().mean == nil)
    }

    @Test("quality is shrunk towards the prior with the weight of ten scores")
    func shrinkage() {
        let prior = QualityPrior(mean: 0.5)
        let ten = QualityEstimate(QualityHistory(recent: .init(count: 10, sum: 10, squares: 10)), prior: prior)
        #expect(isClose(ten.mean, 0.75))
        let none = QualityEstimate(QualityHistory(), prior: prior)
        #expect(none.mean == 0.5)
        #expect(isClose(none.variance, 0.025))
        let many = QualityEstimate(QualityHistory(recent: .init(count: 1_000, sum: 900, squares: 900)), prior: prior)
        #expect(many.variance < 0.0001)
        #expect(many.interval.contains(0.9))
    }

    @Test("a mean that hangs on one recent score says so, and a discounted one is believed less")
    func uncertainty() {
        let prior = QualityPrior(mean: 0.5)
        let old = QualitySample(count: 1_000, sum: 800, squares: 800)
        let steady = QualityEstimate(QualityHistory(older: old), prior: prior)
        let shaken = QualityEstimate(
            QualityHistory(recent: .init(count: 1, sum: 0, squares: 0), older: old), prior: prior)
        #expect(shaken.variance > 10 * steady.variance)
        let discounted = QualityEstimate(QualityHistory(older: old).discounted(by: 0.02), prior: prior)
        #expect(discounted.variance > steady.variance)
        #expect(abs(discounted.mean - 0.5) < abs(steady.mean - 0.5))
    }

    @Test("the prior is the mean of all agents; few scores weigh little, many no more than one agent")
    func prior() {
        #expect(QualityPrior(of: []).mean == 0.5)
        let strong = QualityHistory(recent: .init(count: 1_000_000, sum: 1_000_000, squares: 1_000_000))
        let weak = QualityHistory(recent: .init(count: 1_000_000, sum: 0, squares: 0))
        #expect(isClose(QualityPrior(of: [strong, weak]).mean, 0.5, within: 1e-4))
        let newcomer = QualityHistory(recent: .init(count: 1, sum: 0, squares: 0))
        #expect(QualityPrior(of: [strong, newcomer]).mean > 0.9)
    }

    @Test("many ordinary tasks do not outrank fewer good ones, and luck does not outrank proof")
    func qualityNotVolume() throws {
        let tasks =
            try Self.many(500, "busy", overall: 0.6) + Self.many(60, "good", overall: 0.9)
            + Self.many(2, "lucky", overall: 1)
        let board = Leaderboard(
            StatisticsTable(tasks), agents: try Self.agents("busy", "good", "lucky", "idle"), today: Self.today)
        #expect(board.entries.map(\.agent.rawValue) == ["good", "lucky", "busy", "idle"])
        #expect(board.entries.map(\.overallRank) == [1, 2, 3, nil])
        #expect(board.entries[0].quality.mean > board.entries[1].quality.mean)
    }

    @Test("equals rank by id")
    func ties() throws {
        let tasks = try ["c", "a", "b"].flatMap { try Self.many(5, $0, overall: 0.5) }
        let board = Leaderboard(StatisticsTable(tasks), agents: try Self.agents("b", "c", "a"), today: Self.today)
        #expect(board.entries.map(\.agent.rawValue) == ["a", "b", "c"])
        #expect(board.entries.map(\.overallRank) == [1, 2, 3])
    }

    @Test("each category ranks by itself")
    func categories() throws {
        let tasks = try (0..<20).flatMap { _ in
            [
                try Self.task("a", "reviews", overall: 0.9), try Self.task("b", "reviews", overall: 0.4),
                try Self.task("a", "intent", overall: 0.2), try Self.task("b", "intent", overall: 0.8),
            ]
        }
        let board = Leaderboard(StatisticsTable(tasks), agents: try Self.agents("a", "b"), today: Self.today)
        let byAgent = Dictionary(uniqueKeysWithValues: board.entries.map { ($0.agent.rawValue, $0) })
        #expect(byAgent["a"]?.categories[try category("reviews")]?.rank == 1)
        #expect(byAgent["a"]?.categories[try category("intent")]?.rank == 2)
        #expect(byAgent["b"]?.categories[try category("intent")]?.rank == 1)
        #expect(byAgent["b"]?.categories[try category("intent")]?.total.count == 20)
    }

    @Test("cost efficiency ranks by quality per dollar, and what is free comes first")
    func costRanks() throws {
        let tasks = try [
            Self.task("dear", overall: 1, cost: 10_000), Self.task("cheap", overall: 0.5, cost: 10),
            Self.task("free", overall: 0.3, cost: 0),
        ]
        let board = Leaderboard(
            StatisticsTable(tasks), agents: try Self.agents("dear", "cheap", "free"), today: Self.today)
        let byAgent = Dictionary(uniqueKeysWithValues: board.entries.map { ($0.agent.rawValue, $0.costRank) })
        #expect(byAgent == ["free": 1, "cheap": 2, "dear": 3])
    }

    @Test("the trend compares weeks and ignores changes of 0.02 and less")
    func trend() throws {
        func trend(_ now: Double, _ before: Double) throws -> Trend {
            let tasks =
                try Self.many(10, "a", overall: now, daysAgo: 6) + Self.many(10, "a", overall: before, daysAgo: 7)
            let board = Leaderboard(StatisticsTable(tasks), agents: try Self.agents("a"), today: Self.today)
            return try #require(board.entries.first).trend
        }
        #expect(try trend(0.72, 0.70) == .stable)
        #expect(try trend(0.73, 0.70) == .up)
        #expect(try trend(0.70, 0.73) == .down)
        #expect(Trend(thisWeek: .init(count: 1, sum: 1, squares: 1), lastWeek: .init()) == .stable)
    }

    @Test("medals go to the first three; new and probation follow age and tasks")
    func badges() throws {
        #expect((1...4).map(Badge.medal) == [.gold, .silver, .bronze, nil])
        #expect(Probation.applies(scoredTasks: 49, ageInDays: 6))
        #expect(!Probation.applies(scoredTasks: 50, ageInDays: 0))
        #expect(!Probation.applies(scoredTasks: 0, ageInDays: 7))
        let board = Leaderboard(
            StatisticsTable(try Self.many(3, "young", overall: 1)),
            agents: try Self.agents("young", createdDaysAgo: 2), today: Self.today)
        #expect(try #require(board.entries.first).badges == [.gold, .new, .probation])
    }
}
