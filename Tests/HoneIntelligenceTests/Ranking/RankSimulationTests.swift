import HoneCore
import HoneIntelligence
import Testing

/// Agents whose true quality is known, on tasks of known difficulty, the hard ones going to the good agents.
@Suite("ranks of agents whose true quality is known", .computing)
struct RankSimulationTests {
    private static let agents = 12
    private static let rounds = 150

    private struct World {
        var qualities: [Double]
        var board: Leaderboard

        init(seed: UInt64) throws {
            var generator = SeededGenerator(seed: seed)
            qualities = (0..<RankSimulationTests.agents).map { _ in 0.3 + 0.5 * generator.nextUnit() }
            let order = qualities.sorted()
            var table = StatisticsTable()
            for (index, quality) in qualities.enumerated() {
                // From 0 for the worst to 1 for the best.
                let place = Double(order.firstIndex(of: quality) ?? 0) / Double(order.count - 1)
                for _ in 0..<Int.random(in: 20...400, using: &generator) {
                    table.add(try Self.task(index, quality, place, &generator))
                }
            }
            board = Leaderboard(
                table,
                agents: try qualities.indices.map {
                    LeaderboardAgent(id: try agentID("a\($0)"), nickname: "", createdOn: Day(number: 0))
                }, today: RankingTests.today)
        }

        /// Passed or not, with the chance that quality and difficulty give; hard ones are likelier for good agents.
        private static func task(
            _ agent: Int, _ quality: Double, _ place: Double, _ generator: inout SeededGenerator
        ) throws -> TaskObservation {
            let isHard = generator.nextUnit() < 0.15 + 0.7 * place
            let passes = generator.nextUnit() < quality + (isHard ? -0.2 : 0.15)
            var task = try RankingTests.task(
                "a\(agent)", overall: passes ? 1 : 0, daysAgo: Int.random(in: 0..<45, using: &generator))
            task.key.complexity = isHard ? 5 : 1
            return task
        }

        func trueRank(_ agent: Int) -> Int { 1 + qualities.count { $0 > qualities[agent] } }

        func entry(_ agent: Int) -> LeaderboardEntry? { board.entries.first { $0.agent.rawValue == "a\(agent)" } }
    }

    @Test("an agent's true rank is in its band at least 95 % of the time, and bands are no wider than they have to be")
    func coverage() throws {
        var (inside, total, wholeOrders, widths) = (0, 0, 0, 0)
        var (adjusted, plain) = (0, 0)
        for seed in 1...Self.rounds {
            let world = try World(seed: UInt64(seed))
            var isWhole = true
            for agent in 0..<Self.agents {
                let place = try #require(world.entry(agent)?.overall)
                let holds = place.band.contains(world.trueRank(agent))
                inside += holds ? 1 : 0
                isWhole = isWhole && holds
                widths += place.band.count
                total += 1
            }
            wholeOrders += isWhole ? 1 : 0
            adjusted += misplacements(world) { $0.quality.mean }
            plain += misplacements(world) { $0.total.meanOverall ?? 0 }
        }
        let share = Double(inside) / Double(total)
        let width = Double(widths) / Double(total)
        print(
            "rank bands: \(share) of true ranks inside, whole order inside in \(wholeOrders) of \(Self.rounds), "
                + "mean width \(width), pairs in the wrong order: adjusted \(adjusted), plain \(plain)")
        #expect(share >= 0.95)
        #expect(width < 0.75 * Double(Self.agents))
        #expect(Double(adjusted) < 0.6 * Double(plain))
    }

    @Test("the 95 % interval of adjusted quality holds the truth about 95 % of the time")
    func intervals() throws {
        var (inside, total) = (0, 0)
        for seed in 1...Self.rounds {
            let world = try World(seed: UInt64(1_000 + seed))
            let entries = (0..<Self.agents).compactMap { world.entry($0) }
            // Truth and estimate are compared as distances to the mean of all: the usual mix differs between worlds.
            let usual = entries.map(\.quality.mean).reduce(0, +) / Double(Self.agents)
            let truth = world.qualities.reduce(0, +) / Double(Self.agents)
            for (agent, entry) in entries.enumerated() {
                let error = (entry.quality.mean - usual) - (world.qualities[agent] - truth)
                inside += abs(error) <= entry.quality.halfWidth ? 1 : 0
                total += 1
            }
        }
        print("intervals of quality: \(Double(inside) / Double(total)) hold the truth")
        #expect(Double(inside) / Double(total) >= 0.93)
    }

    private func misplacements(_ world: World, by value: (LeaderboardEntry) -> Double) -> Int {
        let values = (0..<Self.agents).map { world.entry($0).map(value) ?? 0 }
        return (0..<Self.agents).reduce(0) { sum, left in
            sum
                + (0..<left).count { right in
                    (values[left] < values[right]) != (world.qualities[left] < world.qualities[right])
                }
        }
    }
}
