import HoneCore
import HoneIntelligence
import Testing

@Suite("what a board says of its own doubt")
struct DoubtTests {
    private func board(
        _ tasks: [TaskObservation], _ agents: [LeaderboardAgent], correcting: JudgeCorrection? = nil
    ) -> [String: LeaderboardEntry] {
        let board = Leaderboard(
            StatisticsTable(tasks), agents: agents, today: RankingTests.today, correcting: correcting)
        return Dictionary(uniqueKeysWithValues: board.entries.map { ($0.agent.rawValue, $0) })
    }

    @Test("agents whose intervals overlap share a band, and one that overlaps with nobody has its rank to itself")
    func bands() throws {
        let intervals = try [
            ("a", 0.9...0.95), ("b", 0.6...0.8), ("c", 0.5...0.7), ("d", 0.1...0.2), ("e", 0.7...0.75),
        ].map { (try agentID($0.0), $0.1) }
        let bands = rankBands(Dictionary(uniqueKeysWithValues: intervals))
        let named = Dictionary(uniqueKeysWithValues: bands.map { ($0.key.rawValue, $0.value) })
        #expect(named == ["a": 1...1, "b": 2...4, "c": 2...4, "e": 2...4, "d": 5...5])
        #expect(rankBands([:]).isEmpty)
    }

    @Test("a band holds its rank; overlap in a chain does not make one band of all")
    func chain() throws {
        let intervals = try [("a", 0.7...0.9), ("b", 0.5...0.72), ("c", 0.3...0.52)].map { (try agentID($0.0), $0.1) }
        let bands = rankBands(Dictionary(uniqueKeysWithValues: intervals))
        let named = Dictionary(uniqueKeysWithValues: bands.map { ($0.key.rawValue, $0.value) })
        #expect(named == ["a": 1...2, "b": 1...3, "c": 2...3])
    }

    @Test("overall, cost and category ranks carry their bands")
    func boardBands() throws {
        let tasks =
            try RankingTests.many(900, "best", overall: 0.95) + RankingTests.many(5, "x", overall: 0.5)
            + RankingTests.many(5, "y", overall: 0.6)
        let entries = board(tasks, try RankingTests.agents("best", "x", "y", "idle"))
        #expect(entries["best"]?.overall == entries["best"]?.categories[try category("reviews")]?.place)
        #expect(entries["best"]?.overall?.band == 1...1 && entries["best"]?.cost?.band == 1...1)
        #expect(entries["x"]?.overall?.band == 2...3 && entries["y"]?.overall?.band == 2...3)
        #expect(entries["idle"]?.overall == nil && entries["idle"]?.cost == nil)
    }

    @Test("after as many verdicts as the board names the first place is lost, and after one less it is not")
    func flips() throws {
        let tasks = try RankingTests.many(40, "a", overall: 0.9) + RankingTests.many(60, "b", overall: 0.7)
        let agents = try RankingTests.agents("a", "b")
        let entries = board(tasks, agents)
        let flips = try #require(entries["a"]?.overall?.flipsToLoseFirst)
        #expect(entries["b"]?.overall?.flipsToLoseFirst == nil)
        #expect(entries["a"]?.categories[try category("reviews")]?.place?.flipsToLoseFirst == flips)
        func canFlip(_ count: Int) -> Bool {
            (0...count).contains { against in
                // What the board holds fixed: the prior stays as it was.
                let prior = QualityPrior(of: [
                    QualityHistory(recent: QualitySample(count: 40, sum: 36, squares: 32.4)),
                    QualityHistory(recent: QualitySample(count: 60, sum: 42, squares: 29.4)),
                ])
                let left = QualityHistory(recent: .init(count: 40 + Double(against), sum: 36, squares: 32.4))
                let ones = Double(count - against)
                let right = QualityHistory(recent: .init(count: 60 + ones, sum: 42 + ones, squares: 29.4 + ones))
                return QualityEstimate(right, prior: prior).mean > QualityEstimate(left, prior: prior).mean
            }
        }
        #expect(canFlip(flips) && !canFlip(flips - 1), "\(flips)")
    }

    @Test("a lead of thousands of verdicts is beyond doubt, and a lonely agent has nobody to lose to")
    func beyondDoubt() throws {
        let tasks = try RankingTests.many(9_000, "a", overall: 1) + RankingTests.many(90_000, "b", overall: 0)
        #expect(board(tasks, try RankingTests.agents("a", "b"))["a"]?.overall?.flipsToLoseFirst == nil)
        let alone = board(try RankingTests.many(3, "a", overall: 1), try RankingTests.agents("a"))["a"]
        #expect(alone?.overall?.rank == 1 && alone?.overall?.flipsToLoseFirst == nil)
    }

    @Test("a correction of the judge moves published means and ranks of agents that people rated, and of no others")
    func correction() throws {
        let tasks = try RankingTests.many(50, "a", overall: 0.9) + RankingTests.many(50, "b", overall: 0.8)
        let agents = try RankingTests.agents("a", "b")
        let rated = try agentID("a")
        let (plain, corrected) = (
            board(tasks, agents),
            board(tasks, agents) { judged, agent, _ in
                guard agent == rated else { return judged }
                return QualityEstimate(
                    mean: judged.mean - 0.4, variance: judged.variance + 0.01, count: judged.count)
            }
        )
        #expect(plain["a"]?.overallRank == 1 && corrected["a"]?.overallRank == 2)
        #expect(isClose(corrected["a"]?.quality.mean, (plain["a"]?.quality.mean ?? 0) - 0.4))
        #expect(corrected["a"]?.categories[try category("reviews")]?.rank == 2)
        #expect(corrected["b"]?.quality == plain["b"]?.quality)
    }
}
