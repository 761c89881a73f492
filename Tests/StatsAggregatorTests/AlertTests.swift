import BusTestKit
import Foundation
import HoneCore
import HoneIntelligence
import HoneStore
import Postgres
import Testing

@testable import StatsAggregator

@Suite("Alerts", .timeLimit(.minutes(2)))
struct AlertTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)

    private func watch(_ aggregator: Aggregator) -> AlertWatch {
        AlertWatch(
            store: aggregator.store, transport: aggregator.transport, maxBacklog: 100, logger: Aggregator.logger)
    }

    /// What ada did on a day.
    private func work(
        _ aggregator: Aggregator, daysAgo: Int, tasks: Int = 20, mean: Double = 0.9, failed: Int = 0, cost: Int = 1_000,
        model: String = "m1", unavailable: Int = 0
    ) async throws {
        var cell = StatisticsCell()
        cell.count = Int64(tasks + unavailable)
        (cell.failed, cell.infrastructureFailures) = (Int64(failed), Int64(unavailable))
        (cell.scored, cell.priced) = (Int64(tasks), Int64(tasks))
        cell.overallSum = Int64(Double(tasks) * mean * 1e6)
        cell.overallSquares = Int64(Double(tasks) * mean * mean * 1e6)
        cell.costMicroUSD = Int64(tasks * cost)
        let key = StatisticsKey(agent: ada, category: analysis, model: .named(model), day: Day(now) - daysAgo)
        try await aggregator.store.statistics.merge(StatisticsTable(cells: [key: cell]))
    }

    private func open(_ aggregator: Aggregator) async throws -> [AlertKey] {
        try await aggregator.store.alerts.list(AlertFilter(isOpen: true), limit: 10).map(\.key)
            .sorted { $0.kind.rawValue < $1.kind.rawValue }
    }

    @Test("an alert is raised once, however often and by however many it is looked for, and cleared when it is over")
    func lifecycle() async throws {
        try await Database.use { aggregator in
            for day in 8...30 { try await work(aggregator, daysAgo: day) }
            try await watch(aggregator).check(at: now)
            #expect(try await open(aggregator).isEmpty)

            for day in 0...7 { try await work(aggregator, daysAgo: day, mean: 0.4, failed: 12, cost: 9_000) }
            let other = try await Aggregator(sharing: aggregator)
            for _ in 0..<3 {
                async let one: Void = watch(aggregator).check(at: now)
                async let two: Void = watch(other).check(at: now)
                _ = try await (one, two)
            }
            let kinds = [AlertKind.costSpike, .failureRate, .qualityDrop]
            #expect(try await open(aggregator) == kinds.map { AlertKey($0, "ada") })
            let drop = try await aggregator.store.alerts.list(AlertFilter(kind: .qualityDrop), limit: 2)
            #expect(drop.count == 1 && drop[0].message.hasPrefix("Quality fell from 0.90 to 0.40"))
            #expect(drop[0].raisedAt == now)

            // Two days without failures, then weeks of good and cheap work.
            try await watch(aggregator).check(at: now.addingTimeInterval(2 * 86_400))
            #expect(try await open(aggregator).map(\.kind) == [.costSpike, .qualityDrop])
            for day in -30...(-1) { try await work(aggregator, daysAgo: day) }
            try await watch(aggregator).check(at: now.addingTimeInterval(30 * 86_400))
            #expect(try await open(aggregator).isEmpty)
            #expect(try await aggregator.store.alerts.list(limit: 10).allSatisfy { $0.clearedAt != nil })

            try await work(aggregator, daysAgo: -31, failed: 20)
            try await watch(aggregator).check(at: now.addingTimeInterval(31 * 86_400))
            #expect(try await open(aggregator) == [AlertKey(.failureRate, "ada")], "a new occurrence is a new alert")
            #expect(try await aggregator.store.alerts.list(AlertFilter(kind: .failureRate), limit: 9).count == 2)
        }
    }

    @Test("a model that does not answer is no fault of the agent, and an alert of its own")
    func service() async throws {
        try await Database.use { aggregator in
            try await work(aggregator, daysAgo: 0, model: "m2")
            try await work(aggregator, daysAgo: 0, tasks: 5, unavailable: 30)
            try await watch(aggregator).check(at: now)
            #expect(try await open(aggregator) == [AlertKey(.service, "m1")])
        }
    }

    @Test("alerts of other kinds are left to those who raised them, and those of agents without work end")
    func others() async throws {
        try await Database.use { aggregator in
            let (budget, gone) = (AlertKey(.budget, "ada"), AlertKey(.costSpike, "nobody"))
            try await aggregator.store.alerts.raise(
                [budget: AlertFinding(.critical, "spent"), gone: AlertFinding(.warning, "dear")], at: now)
            try await watch(aggregator).check(at: now.addingTimeInterval(60))
            #expect(try await open(aggregator) == [budget])
        }
    }

    @Test("a backlog is told of before publishers are refused")
    func backlog() async throws {
        try await Database.use { aggregator in
            for (waiting, isOpen) in [(40, false), (60, true), (40, true), (10, false)] {
                try await aggregator.transport.announce(backlog: waiting, for: .seconds(60))
                try await watch(aggregator).check(at: now)
                #expect(try await open(aggregator) == (isOpen ? [AlertKey(.backlog, "bus")] : []), "\(waiting)")
            }
        }
    }

    @Test("while another aggregator looks, nothing is raised")
    func alone() async throws {
        try await Database.use { aggregator in
            try await work(aggregator, daysAgo: 0, failed: 20)
            try await aggregator.store.transaction { store in
                _ = try await store.locks.tryAcquire("alerts")
                try await watch(aggregator).check(at: now)
            }
            #expect(try await open(aggregator).isEmpty)
            try await watch(aggregator).check(at: now)
            #expect(try await open(aggregator) == [AlertKey(.failureRate, "ada")])
        }
    }
}
