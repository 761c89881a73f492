import Foundation
import HoneCore
import HoneIntelligence
import Testing

@Suite("statistics")
struct StatisticsTests {
    static func tasks(_ count: Int, seed: UInt64) throws -> [TaskObservation] {
        var generator = SeededGenerator(seed: seed)
        let agents = try ["remus", "vela", "orion"].map(agentID)
        let categories = try ["reviews", "intent"].map(category)
        let models = [ModelID("small"), ModelID("large"), nil]
        return (0..<count).map { _ in
            let key = StatisticsKey(
                agent: agents[Int.random(in: 0..<3, using: &generator)],
                category: categories[Int.random(in: 0..<2, using: &generator)],
                complexity: [nil, 1, 3, 5][Int.random(in: 0..<4, using: &generator)],
                model: models[Int.random(in: 0..<3, using: &generator)],
                day: Day(number: Int.random(in: 20_000..<20_040, using: &generator)))
            return TaskObservation(
                key: key, ending: ending(&generator),
                cost: generator.nextUnit() < 0.1 ? nil : MicroUSD(Int64.random(in: 0...9_999, using: &generator)),
                durationMilliseconds: Int64.random(in: 0...60_000, using: &generator),
                tokens: Int64.random(in: 0...500, using: &generator),
                rating: generator.nextUnit() < 0.3 ? Int.random(in: 1...5, using: &generator) : nil)
        }
    }

    static func ending(_ generator: inout SeededGenerator) -> TaskObservation.Ending {
        switch generator.nextUnit() {
        case ..<0.05: .failed(.internal)
        case ..<0.15: .failed(.timeout)
        case ..<0.25: .completed(overall: nil, passed: nil)
        default: .completed(overall: generator.nextUnit(), passed: Bool.random(using: &generator))
        }
    }

    @Test("the same tasks in any order give the same numbers, to the bit", arguments: 1...5 as ClosedRange<UInt64>)
    func orderFree(seed: UInt64) throws {
        let tasks = try Self.tasks(400, seed: seed)
        var generator = SeededGenerator(seed: seed)
        #expect(StatisticsTable(tasks) == StatisticsTable(tasks.shuffled(using: &generator)))
    }

    @Test("tables that several instances counted merge into the whole, however they were split")
    func mergeable() throws {
        var generator = SeededGenerator(seed: UInt64(9))
        let tasks = try Self.tasks(300, seed: 9)
        var parts = [StatisticsTable(), StatisticsTable(), StatisticsTable()]
        for task in tasks { parts[Int.random(in: 0..<3, using: &generator)].add(task) }
        var left = parts[0]
        left.merge(parts[1])
        left.merge(parts[2])
        var right = parts[2]
        right.merge(parts[0])
        right.merge(parts[1])
        #expect(left == right)
        #expect(left == StatisticsTable(tasks))
    }

    @Test("each complexity is counted by itself, and what nobody named is one of them")
    func complexities() throws {
        let tasks = try Self.tasks(200, seed: 3)
        let table = StatisticsTable(tasks)
        for complexity in [nil, 1, 3, 5] {
            let own = tasks.filter { $0.key.complexity == complexity }
            #expect(!own.isEmpty && table.total { $0.complexity == complexity } == StatisticsTable(own).total())
        }
    }

    @Test("rewritten rows are retracted and counted anew, and leave no trace")
    func rewritten() throws {
        var tasks = try Self.tasks(200, seed: 4)
        var table = StatisticsTable(tasks)
        var generator = SeededGenerator(seed: UInt64(4))
        for _ in 0..<100 {
            let index = Int.random(in: 0..<tasks.count, using: &generator)
            table.retract(tasks[index])
            tasks[index].rating = Int.random(in: 1...5, using: &generator)
            tasks[index].ending = Self.ending(&generator)
            table.add(tasks[index])
        }
        #expect(table == StatisticsTable(tasks))
        for task in tasks.shuffled(using: &generator) { table.retract(task) }
        #expect(table.cells.isEmpty)
    }

    @Test("a recount finds exactly what is wrong, and merging that mends it")
    func recount() throws {
        let tasks = try Self.tasks(100, seed: 2)
        let recount = StatisticsTable(tasks)
        var table = StatisticsTable(tasks.dropLast())
        #expect(recount.changes(to: recount).isEmpty)
        let changes = table.changes(to: recount)
        #expect(changes.count == 1)
        for (key, change) in changes { table.merge(change, at: key) }
        #expect(table == recount)
    }

    @Test("a cell tells passed, failed, infrastructure and unknown apart")
    func kinds() throws {
        let key = StatisticsKey(
            agent: try agentID("remus"), category: try category("reviews"), model: nil, day: Day(number: 1))
        func task(_ ending: TaskObservation.Ending, cost: MicroUSD? = MicroUSD(100)) -> TaskObservation {
            TaskObservation(key: key, ending: ending, cost: cost, durationMilliseconds: 2_000, tokens: 5, rating: 4)
        }
        let cell = StatisticsTable([
            task(.completed(overall: 0.5, passed: true)), task(.completed(overall: 0.25, passed: false), cost: nil),
            task(.completed(overall: nil, passed: nil)), task(.failed(.modelError)), task(.failed(.internal)),
        ]).total()
        #expect(cell.count == 5)
        #expect(
            [cell.passed, cell.failed, cell.infrastructureFailures, cell.unknown, cell.completed] == [1, 1, 1, 1, 3])
        #expect(cell.scored == 3)
        #expect(isClose(cell.meanOverall, 0.25))
        #expect(cell.overallSquares == 312_500)
        #expect(cell.priced == 4)
        #expect(isClose(cell.costPerQualityPoint, 0.0004 / 0.5))
        #expect(cell.meanCost == MicroUSD(100))
        #expect(cell.meanDurationSeconds == 2)
        #expect(cell.meanRating == 4)
        #expect(cell.tokens == 25)
    }

    @Test("an empty cell has no means")
    func empty() {
        let cell = StatisticsCell.zero
        #expect(cell.meanOverall == nil)
        #expect(cell.meanRating == nil)
        #expect(cell.meanCost == nil)
        #expect(cell.meanDurationSeconds == nil)
        #expect(cell.costPerQualityPoint == nil)
    }

    @Test("days begin at midnight UTC, also before 1970")
    func days() {
        #expect(Day(Date(timeIntervalSince1970: 86_399.9)).number == 0)
        #expect(Day(Date(timeIntervalSince1970: 86_400)).number == 1)
        #expect(Day(Date(timeIntervalSince1970: -1)).number == -1)
        #expect(Day(number: 3).start == Date(timeIntervalSince1970: 259_200))
        #expect(Day(number: 9) - Day(number: 2) == 7)
    }
}
