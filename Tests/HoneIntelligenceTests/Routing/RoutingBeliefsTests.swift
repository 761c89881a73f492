import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("the router's beliefs from the counters")
struct RoutingBeliefsTests {
    private let today = Day(number: 100)

    private func table(_ cells: [(agent: String, model: String?, day: Int, count: Int, mean: Double)]) throws
        -> StatisticsTable
    {
        var table = StatisticsTable()
        for cell in cells {
            var counters = StatisticsCell()
            counters.count = Int64(cell.count)
            counters.scored = Int64(cell.count)
            counters.overallSum = Int64(Double(cell.count) * cell.mean * 1e6)
            counters.overallSquares = Int64(Double(cell.count) * cell.mean * cell.mean * 1e6)
            let key = StatisticsKey(
                agent: try agentID(cell.agent), category: try category("reviews"),
                model: cell.model.flatMap { ModelID($0) },
                day: Day(number: cell.day))
            table.merge(counters, at: key)
        }
        return table
    }

    private func estimate(_ table: StatisticsTable, _ version: AgentVersion) throws -> QualityEstimate {
        let ada = try agentID("ada")
        return RoutingBeliefs(table, versions: [ada: version], today: today)
            .estimate(ada, in: try category("reviews"))
    }

    @Test("work with another model widens what is believed, and the present model's work narrows it again")
    func model() throws {
        let old = try table([("ada", "alpha", 99, 500, 0.9), ("bob", "alpha", 99, 500, 0.5)])
        let same = try estimate(old, AgentVersion(model: ModelID("alpha")))
        let changed = try estimate(old, AgentVersion(model: ModelID("beta")))
        #expect(isClose(same.count, 500, within: 15) && isClose(changed.count, 10))
        #expect(changed.deviation > 3 * same.deviation)
        #expect(changed.mean < same.mean)
        let both = try table([("ada", "alpha", 99, 500, 0.9), ("ada", "beta", 100, 90, 0.4)])
        let learned = try estimate(both, AgentVersion(model: ModelID("beta")))
        #expect(isClose(learned.count, 100, within: 0.1) && learned.mean < 0.5)
    }

    @Test("so does work before a prompt came, and of the day of the change only what the old prompt did")
    func prompt() throws {
        let cells = try table([("ada", nil, 98, 300, 0.5), ("ada", nil, 99, 200, 0.5)])
        let reviews = try category("reviews")
        let known = try estimate(
            cells,
            AgentVersion(
                promptDay: Day(number: 99), superseded: [reviews: QualityTrailTests.scores(150, of: 0.6, spread: 0)]))
        #expect(known.count > 58 && known.count < 60.1)
        let first = try estimate(cells, AgentVersion(promptDay: Day(number: 98)))
        #expect(first.count > 480)
        let none = try estimate(cells, AgentVersion(promptDay: Day(number: 100)))
        #expect(isClose(none.count, 10, within: 0.01))
    }

    @Test("a category without any score is believed to be like one half, and a task without a category by all work")
    func unknown() throws {
        let beliefs = RoutingBeliefs(try table([("ada", nil, 100, 50, 0.8)]), today: today)
        let ada = try agentID("ada")
        #expect(beliefs.estimate(ada, in: try category("poems")).mean == 0.5)
        #expect(beliefs.estimate(ada, in: nil) == beliefs.estimate(ada, in: try category("reviews")))
        #expect(beliefs.scoredTasks(of: ada) == 50)
        #expect(beliefs.scoredTasks(of: try agentID("bob")) == 0)
    }
}
