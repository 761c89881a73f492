import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import ServiceLifecycle
import TestServers
import Testing

@testable import StatsAggregator

@Suite("The leaderboard", .timeLimit(.minutes(2)))
struct BoardTests {
    @Test("ranks go by quality, and everybody is told")
    func ranks() async throws {
        try await Database.use { aggregator in
            var events: [Event] = []
            for _ in 0..<6 {
                events.append(.scored(try await aggregator.store.scored(by: ada, overall: 0.5), by: ada))
                events.append(.scored(try await aggregator.store.scored(by: bob, overall: 0.9), by: bob))
            }
            try await aggregator.handle(events)
            #expect(try await aggregator.board.publish())

            let standings = try await aggregator.store.statistics.standings()
            #expect(standings.prefix(3).map(\.agentID) == [bob, ada, kai])
            #expect(standings.prefix(3).map(\.overallRank) == [1, 2, nil])
            #expect(standings[0].rankBandLow == 1 && standings[0].flipsToLoseFirst ?? 0 > 0)
            #expect(standings[1].rankBandHigh == 2 && standings[1].flipsToLoseFirst == nil)
            #expect(standings[0].points == 630 && standings[0].attainable == 660)
            let told = try #require(aggregator.announcements.last)
            #expect(told.agents.map(\.agentID) == standings.map(\.agentID))
            #expect(told.agents.map(\.overallRank) == standings.map(\.overallRank))
            #expect(told.agents[0].points == 630 && told.agents[0].totalTasks == 6)
            #expect(abs((told.agents[0].avgOverallScore ?? 0) - 0.9) < 1e-9)
        }
    }

    @Test("what people say of some judged work corrects the judge's opinion of all of it")
    func correction() async throws {
        try await Database.use { aggregator in
            var events: [Event] = []
            for number in 0..<60 {
                let overall = number.isMultiple(of: 2) ? 0.95 : 0.85
                let judged = try await aggregator.store.scored(by: ada, overall: overall, evaluator: .judge)
                let checked = try await aggregator.store.scored(by: bob, overall: 0.8)
                events += [.scored(judged, by: ada), .scored(checked, by: bob)]
                if number < 30 { events.append(.rated(judged, 3)) }
            }
            try await aggregator.handle(events)
            #expect(try await aggregator.board.publish())
            let standings = try await aggregator.store.statistics.standings()
            #expect(standings.prefix(2).map(\.agentID) == [bob, ada])
            let judged = standings[1]
            #expect(abs((judged.avgOverallScore ?? 0) - 0.9) < 1e-9, "what was counted stays as it was")
            #expect(abs((judged.quality ?? 0) - 0.55) < 0.06, "\(judged.quality ?? 0)")
        }
    }

    @Test("a model that came in today is compared with the one before, though both are of the same day")
    func modelChange() async throws {
        try await Database.use { aggregator in
            for (model, overall) in [("old", 0.5), ("new", 0.75), ("old", 0.5)] {
                let task = try await aggregator.store.scored(by: ada, overall: overall, model: .named(model))
                try await aggregator.handle([.scored(task)])
            }
            #expect(try await aggregator.board.publish())
            let models = try await aggregator.store.statistics.standings().first?.modelPerformance
            let new = try #require(models?["new"])
            #expect(new.count == 1 && new.before?.mean == 0.5 && new.after?.mean == 0.75 && new.change?.mean == 0.25)
            #expect(models?["old"]?.before == nil && models?["old"]?.count == 2)
        }
    }

    @Test("of several aggregators one publishes, and not twice in a second")
    func once() async throws {
        try await Database.use { aggregator in
            let start = ContinuousClock.now
            let published = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    let board = Board(
                        store: aggregator.store, publisher: aggregator.transport, logger: Aggregator.logger)
                    group.addTask { try await board.publish() }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            if ContinuousClock.now - start < Board.pause { #expect(published == 1) }
            #expect(aggregator.announcements.count == published)
        }
    }

    @Test("a board is published at start, after a change, and a last time before the end")
    func follows() async throws {
        try await Database.use { aggregator in
            let start = ContinuousClock.now
            let group = ServiceGroup(services: [aggregator.board], logger: Aggregator.logger)
            let running = Task { try await group.run() }
            try await eventually("the first board is there") { aggregator.announcements.count == 1 }
            let task = try await aggregator.store.scored()
            try await aggregator.handle([.scored(task)])
            try await eventually("the change is told") {
                aggregator.announcements.last?.agents.first?.totalTasks == 1
            }
            for stars in 1...5 { try await aggregator.handle([.rated(task, stars)]) }
            await group.triggerGracefulShutdown()
            try await running.value
            let standing = try await aggregator.store.statistics.standings().first
            #expect(standing?.avgUserRating == 5)
            // One per pause at most, however many changes there are, and the first and the last.
            #expect(aggregator.announcements.count <= Int((.now - start) / Board.pause) + 2)
        }
    }
}

extension Aggregator {
    /// What was broadcast, oldest first.
    var announcements: [StatsUpdated] {
        transport.entries(of: "hone:stats.updated").compactMap { envelope in
            envelope["data"].flatMap { try? WireFormat.decode(StatsUpdated.self, from: Data($0)) }
        }
    }
}
