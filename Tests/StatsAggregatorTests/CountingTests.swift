import Foundation
import HoneCore
import HoneIntelligence
import HoneService
import HoneStore
import Testing

@testable import StatsAggregator

@Suite("Counting what agents do", .timeLimit(.minutes(2)))
struct CountingTests {
    @Test("the same events in any order, any number of times and in any batches give identical tables")
    func orderFree() async throws {
        let world = try await Database.copy()
        let maker = try await Aggregator(world)
        let events = try await everything(in: maker.store)
        await maker.close()

        var expected: [String]?
        for round in 0..<4 {
            try await Database.use(copyOf: world) { aggregator in
                let order = round == 0 ? events : (events + events.shuffled().prefix(events.count / 2)).shuffled()
                try await aggregator.handle(order, batchesOf: [100, 1, 3, 7][round])
                let tables = try await aggregator.tables()
                #expect(tables == expected ?? tables, "round \(round)")
                expected = tables
                #expect(try await aggregator.agreesWithRecount())
                let table = try await aggregator.store.statistics.table()
                #expect(table.total().count == 26)
                #expect(Set(table.cells.keys.map(\.complexity)) == [nil, 1, 2, 3, 4, 5])
            }
        }
    }

    @Test("several aggregators at once count everything once")
    func together() async throws {
        try await Database.use { aggregator in
            let events = try await everything(in: aggregator.store)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for size in [1, 5, 8] {
                    let order = events.shuffled()
                    group.addTask { try await aggregator.handle(order, batchesOf: size) }
                }
                try await group.waitForAll()
            }
            #expect(try await aggregator.store.statistics.table().total().count == 26)
            #expect(try await aggregator.agreesWithRecount())
        }
    }

    @Test("a late review and a late rating rewrite one row, each by its own points")
    func rewrites() async throws {
        try await Database.use { aggregator in
            let store = aggregator.store
            let task = try await store.scored(overall: 0.8)
            let other = try await store.scored(overall: 0.6)
            try await aggregator.handle([.scored(task), .scored(other)])
            // 10 + 40 + 20 + 30 and 10 + 30 + 20 + 30: as fast and as cheap as usual.
            #expect(try await aggregator.points(of: ada) == 190)

            try await store.review(task, score: 0.8)
            try await aggregator.handle([.reviewed(task), .reviewed(task)])
            #expect(try await aggregator.points(of: ada) == 210)
            try await aggregator.handle([.rated(task, 5)])
            #expect(try await aggregator.points(of: ada) == 250)
            try await aggregator.handle([.rated(other, 1)])
            #expect(try await aggregator.points(of: ada) == 220)

            let cell = try await store.statistics.table().total()
            #expect(cell.count == 2 && cell.ratings == 2 && cell.ratingSum == 6)
            #expect(try await store.scores.load([task]).first?.userRating == 5)
            #expect(try await aggregator.agreesWithRecount())
        }
    }

    @Test("a row is measured against what was usual when it was first written")
    func keepsReference() async throws {
        try await Database.use { first in
            let task = try await first.store.scored(seconds: 20)
            try await first.handle([.scored(task)])
            let before = try #require(try await first.points(of: ada))
            for _ in 0..<EfficiencyReference.fewestTasks {
                _ = try await first.store.scored(by: bob, cost: MicroUSD(10), seconds: 0.5)
            }
            let later = try await Aggregator(sharing: first)
            #expect(later.efforts.usualEffort(analysis, complexity: nil)?.durationP25 == 0.5)
            try await later.handle([.scored(task), .rated(task, 5)])
            #expect(try await first.points(of: ada) == before + 40)
        }
    }

    @Test("speed and price are measured against the category's fast quarter and its median")
    func references() async throws {
        try await Database.use { aggregator in
            let store = aggregator.store
            for index in 1...20 {
                _ = try await store.scored(by: bob, cost: MicroUSD(Int64(index) * 100), seconds: Double(index))
            }
            let later = try await Aggregator(sharing: aggregator)
            let task = try await store.scored(overall: 1, cost: MicroUSD(2_100), seconds: 11.5)
            try await later.handle([.scored(task)])
            // 10 + 50 + 20 · 5.75/11.5 + 30 · 1050/2100
            #expect(try await aggregator.points(of: ada) == 85)
        }
    }

    @Test("of two ratings the later one stands, whichever is handled first")
    func lastRating() async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.scored()
            let late = Event.rated(task, 2, at: .now)
            let early = Event.rated(task, 5, at: .now.addingTimeInterval(-60))
            try await aggregator.handle([late, .scored(task), early], batchesOf: 1)
            let total = try await aggregator.store.statistics.table().total()
            #expect(total.ratings == 1 && total.ratingSum == 2)
            #expect(try await aggregator.store.scores.load([task]).first?.userRating == 2)
            #expect(try await aggregator.agreesWithRecount())
        }
    }

    @Test("a failure is counted once per attempt and penalized once per task")
    func failures() async throws {
        try await Database.use { aggregator in
            let store = aggregator.store
            let task = try await store.assigned(to: bob)
            try await store.execute(task, by: bob, .failed(TaskFault(.modelError, "it broke"), final: false))
            try await store.route(task, attempt: 2, to: ada)
            try await store.execute(task, attempt: 2, .failed(TaskFault(.modelError, "it broke"), final: true))
            let events: [Event] = [
                .failed(task, by: bob, final: false), .failed(task, attempt: 2), .failed(task, attempt: 2),
                .failed(task, attempt: 2),
            ]
            try await aggregator.handle(events, batchesOf: 1)
            try await aggregator.handle(events)
            let table = try await store.statistics.table()
            #expect(table.total { $0.agent == bob }.failed == 1)
            #expect(table.total { $0.agent == ada }.failed == 1)
            #expect(try await aggregator.points(of: ada) == -30)
            #expect(try await aggregator.points(of: bob) == nil)
            #expect(try await aggregator.agreesWithRecount())
        }
    }

    @Test("failures of the infrastructure cost nothing", arguments: [ErrorCode.modelUnavailable, .internal])
    func infrastructure(_ code: ErrorCode) async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.failed(code)
            try await aggregator.handle([.failed(task)])
            let total = try await aggregator.store.statistics.table().total()
            #expect(total.infrastructureFailures == 1 && total.failed == 0 && total.scored == 0)
            let earned = try #require(try await aggregator.store.rewards.totals()[ada])
            #expect(earned.points == 0 && earned.attainable == 0)
            #expect(try await aggregator.agreesWithRecount())
        }
    }

    @Test("a task for which no agent was found counts against nobody")
    func nobody() async throws {
        try await Database.use { aggregator in
            try await aggregator.handle([.failed(.new(), attempt: 0, by: nil)])
            #expect(try await aggregator.store.statistics.table() == StatisticsTable())
            #expect(try await aggregator.store.rewards.totals().isEmpty)
        }
    }

    @Test("trials of experiments are not counted")
    func trials() async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.scored(experiment: .new())
            try await aggregator.store.review(task, score: 0.5)
            try await aggregator.handle([.scored(task), .reviewed(task), .rated(task, 4)])
            #expect(try await aggregator.store.statistics.table() == StatisticsTable())
            #expect(try await aggregator.store.rewards.totals().isEmpty)
        }
    }

    @Test("reviewers weigh by how far they can be trusted")
    func trust() async throws {
        try await Database.use { aggregator in
            let store = aggregator.store
            for _ in 0..<30 {
                let task = try await store.scored(by: ada, overall: 1)
                try await store.review(task, by: bob, score: 0)
                try await store.review(task, by: kai, score: 1)
            }
            let task = try await store.scored(by: ada, overall: 1)
            try await store.review(task, by: bob, score: 0)
            try await store.review(task, by: kai, score: 1)
            try await aggregator.trust.refresh()
            #expect(aggregator.trust.reliability(of: kai) > 0.9)
            #expect(aggregator.trust.reliability(of: bob) < 0.2)
            try await aggregator.handle([.scored(task)])
            // 110 of the check, and far more than half of the 25.
            let points = try #require(try await aggregator.points(of: ada))
            #expect(points > 130)

            for _ in 0..<60 {
                let task = try await store.scored(by: ada, overall: 1)
                try await store.review(task, by: bob, score: 1)
                try await store.review(task, by: kai, score: 0)
            }
            try await aggregator.trust.refresh()
            #expect(aggregator.trust.reliability(of: kai) < 0.5)
            try await aggregator.handle([.reviewed(task), .scored(task)])
            #expect(try await aggregator.points(of: ada) == points, "said again, the row is the same")
            try await aggregator.handle([.rated(task, 5)])
            #expect(try await aggregator.points(of: ada) == points + 40, "a rating adds its own points and no others")
        }
    }
}

/// 21 tasks with scores, some reviewed, some rated (one twice), one of unknown quality; and 5 that failed.
private func everything(in store: Store) async throws -> [Event] {
    var events: [Event] = []
    for index in 0..<21 {
        let agent = index % 3 == 0 ? bob : ada
        let overall = index == 20 ? nil : 0.3 + Double(index) / 31
        let complexity = index % 6 == 0 ? nil : index % 6
        let task = try await store.scored(
            by: agent, overall: overall, seconds: 3 + Double(index), complexity: complexity)
        events.append(.scored(task, by: agent))
        if index % 4 == 0 {
            try await store.review(task, of: agent, score: Double(index) / 40)
            events.append(.reviewed(task))
        }
        if index % 5 == 0 { events.append(.rated(task, 1 + index / 5)) }
        if index == 10 { events.append(.rated(task, 2, at: .now.addingTimeInterval(-5))) }
    }
    for index in 0..<5 {
        let task = try await store.failed(
            by: index < 3 ? ada : bob, index == 0 ? .modelUnavailable : .modelError, complexity: 1 + index)
        events += [.failed(task, by: index < 3 ? ada : bob)]
        if index == 4 { events.append(.rated(task, 1)) }
    }
    return events
}
