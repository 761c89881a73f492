import Foundation
import HoneCore
import HoneIntelligence
import Testing

@Suite("a change of model")
struct ModelChangeTests {
    private func standings(
        _ tasks: [TaskObservation], firstUses: [ModelID: Date] = [:]
    ) throws -> [String: ModelStanding] {
        var agents = try RankingTests.agents("a")
        agents[0].firstUses = firstUses
        let board = Leaderboard(StatisticsTable(tasks), agents: agents, today: RankingTests.today)
        let models = try #require(board.entries.first).models
        return Dictionary(uniqueKeysWithValues: models.map { ($0.key.rawValue, $0.value) })
    }

    private func work(_ model: String, _ overall: Double, daysAgo: Int, count: Int = 10) throws -> [TaskObservation] {
        Array(
            repeating: try RankingTests.task("a", overall: overall, daysAgo: daysAgo, model: model), count: count)
    }

    @Test("each model says since when it is in use, how the agent did before and how after, and how sure that is")
    func effect() throws {
        let models = try standings(
            work("small", 0.5, daysAgo: 9) + work("large", 0.7, daysAgo: 2) + work("large", 0.9, daysAgo: 1))
        #expect(models["small"]?.since == RankingTests.today - 9 && models["small"]?.effect == nil)
        let large = try #require(models["large"])
        #expect(large.since == RankingTests.today - 2)
        #expect(isClose(large.total.meanOverall, 0.8))
        let effect = try #require(large.effect)
        #expect(isClose(effect.before.mean, 0.5) && effect.before.count == 10)
        #expect(isClose(effect.after.mean, 0.8) && effect.after.count == 20)
        #expect(isClose(effect.change, 0.3))
        #expect(effect.halfWidth > max(effect.before.halfWidth, effect.after.halfWidth))
        // 2.5 of the prior over 20, over 10.
        #expect(isClose(effect.before.halfWidth, 1.96 * (2.5 / 20 / 10).squareRoot()))
    }

    @Test("work with the old model after the change is no evidence of how it was before")
    func lateWork() throws {
        let models = try standings(
            work("small", 0.5, daysAgo: 9) + work("large", 0.7, daysAgo: 2) + work("small", 0.1, daysAgo: 1))
        #expect(isClose(models["large"]?.effect?.before.mean, 0.5))
        #expect(models["small"]?.effect == nil)
    }

    @Test("of two models of the same day the earlier one came before; where nobody knows, neither did")
    func sameDay() throws {
        let tasks = try work("small", 0.5, daysAgo: 1) + work("large", 0.7, daysAgo: 1)
        let unknown = try standings(tasks)
        #expect(unknown["small"]?.effect == nil && unknown["large"]?.effect == nil)
        let first = try [#require(ModelID("small")): Date(timeIntervalSince1970: 1)]
        let second = try [#require(ModelID("large")): Date(timeIntervalSince1970: 2)]
        let known = try standings(tasks, firstUses: first.merging(second) { $1 })
        #expect(known["small"]?.effect == nil)
        #expect(isClose(known["large"]?.effect?.change, 0.2))
        let earlier = try work("old", 0.5, daysAgo: 3)
        let open = StatisticsTable(tasks + earlier).modelsOfUnknownOrder()
        #expect(Set(open.map(\.model.rawValue)) == ["large", "small"])
        #expect(open.allSatisfy { $0.since == RankingTests.today - 1 && $0.agent.rawValue == "a" })
    }
}
