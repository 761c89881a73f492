import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Postgres
import Testing

@testable import Optimizer

@Suite("Scheduled optimizations", .timeLimit(.minutes(3)))
struct ScheduleTests {
    private let start = Date(timeIntervalSince1970: 1_795_000_000)
    private let hour: TimeInterval = 3_600

    private func schedule(_ agent: AgentID = .ada, every recurrence: String = "6h") -> NewSchedule {
        NewSchedule(
            id: .new(at: start), agentID: agent, benchmarkID: "suite", algorithm: "nsga2", auto: "light",
            budget: ["max_cost_usd": 2.5], recurrence: recurrence, createdAt: start,
            nextDue: start.addingTimeInterval(6 * hour), createdBy: "test")
    }

    private func prepared(_ workshop: Workshop, _ schedules: NewSchedule...) async throws -> FireSchedules {
        try await workshop.addSuite("suite")
        for schedule in schedules { try await workshop.store.schedules.add(schedule) }
        return FireSchedules(store: workshop.store, publisher: workshop.bus.transport, logger: quiet)
    }

    @Test("a due time fires once, whoever races for it")
    func once() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule())
            #expect(try await service.pass(at: start.addingTimeInterval(6 * hour - 1)).isEmpty)
            let due = start.addingTimeInterval(6 * hour)
            let fired = try await withThrowingTaskGroup(of: [OptimizationID].self) { group in
                for _ in 0..<8 { group.addTask { try await service.pass(at: due) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(fired.count == 1)
            let messages = try await workshop.posted(OptimizationRequested.self)
            #expect(messages.map(\.body.optimizationID) == fired && messages[0].body.algorithm == .nsga2)
            #expect(messages[0].body.auto == .light && messages[0].body.budget?.maxCostUSD == 2.5)
            let record = try #require(try await workshop.store.optimizations.list(of: .ada, limit: 9).first)
            #expect(record.id == fired.first && record.status == "queued" && record.benchmarkID == "suite")
            #expect(record.requestedBy.hasPrefix("schedule:") && record.seed == messages[0].body.seed)
            let after = try #require(try await workshop.store.schedules.all().first)
            #expect(after.nextDue == due.addingTimeInterval(6 * hour) && after.lastDue == due)
            #expect(after.lastOptimizationID == fired.first)
        }
    }

    @Test("due times that were missed fire once together, and the beat is kept")
    func missed() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule())
            let late = start.addingTimeInterval(100.5 * hour)
            #expect(try await service.pass(at: late).count == 1)
            try await workshop.endOptimizations()
            #expect(try await service.pass(at: late).isEmpty)
            #expect(try await workshop.store.schedules.all().first?.nextDue == start.addingTimeInterval(102 * hour))
        }
    }

    @Test("while an agent is being optimized its schedules wait, and fire one after the other")
    func waiting() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule(), schedule(every: "0 * * * *"), schedule(.bob))
            let due = start.addingTimeInterval(6 * hour)
            let first = try await service.pass(at: due)
            #expect(first.count == 2)
            #expect(try await service.pass(at: due.addingTimeInterval(30 * hour)).isEmpty)
            try await workshop.endOptimizations()
            let second = try await service.pass(at: due.addingTimeInterval(30 * hour))
            #expect(second.count == 2 && Set(first).isDisjoint(with: second))
            let agents = try await workshop.posted(OptimizationRequested.self).map(\.body.agentID)
            #expect(agents.count { $0 == .ada } == 2 && agents.count { $0 == .bob } == 2)
        }
    }

    @Test("agents that are retired keep theirs waiting")
    func retired() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule())
            _ = try await workshop.store.agents.move(.ada, to: .retired)
            #expect(try await service.pass(at: start.addingTimeInterval(6 * hour)).isEmpty)
            _ = try await workshop.store.agents.move(.ada, to: .live)
            #expect(try await service.pass(at: start.addingTimeInterval(6 * hour)).count == 1)
        }
    }

    @Test("when the bus is away nothing is on record, and the same is asked for later")
    func away() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule())
            let due = start.addingTimeInterval(6 * hour)
            let away = FireSchedules(store: workshop.store, publisher: AwayPublisher(), logger: quiet)
            await #expect(throws: AwayPublisher.Away.self) { _ = try await away.pass(at: due) }
            #expect(try await workshop.store.optimizations.list(of: .ada, limit: 1).isEmpty)
            #expect(try await service.pass(at: due).count == 1)
        }
    }

    @Test("a row that nobody can read stops no other")
    func unreadable() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule(every: "sometimes"), schedule(.bob))
            #expect(try await service.pass(at: start.addingTimeInterval(6 * hour)).count == 1)
            #expect(try await workshop.posted(OptimizationRequested.self).map(\.body.agentID) == [.bob])
        }
    }

    @Test("one that is removed fires no more")
    func removed() async throws {
        try await Workshop.open { workshop in
            let new = schedule()
            let service = try await prepared(workshop, new)
            #expect(try await workshop.store.schedules.remove(new.id)?.agentID == .ada)
            #expect(try await workshop.store.schedules.remove(new.id) == nil)
            #expect(try await service.pass(at: start.addingTimeInterval(60 * hour)).isEmpty)
        }
    }
}
