import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
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
            let told = try await workshop.store.audit.list(limit: 9)
            #expect(told.map(\.action) == ["optimization.start"] && told[0].actor == record.requestedBy)
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

    @Test("what is refused is on record with its reason and an alert, and fires when it is due and can")
    func refused() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule())
            _ = try await workshop.store.agents.move(.ada, to: .retired)
            let due = start.addingTimeInterval(6 * hour)
            for late in [0, 60, 6 * hour] { #expect(try await service.pass(at: due + late).isEmpty) }
            let refused = try #require(try await workshop.store.schedules.all().first)
            #expect(refused.lastRefusal == "The agent ada is retired." && refused.lastDue == nil)
            #expect(refused.nextDue == due + 12 * hour)
            let alert = try #require(try await alerts(workshop).first)
            #expect(alert.subject == "\(refused.id)" && alert.message.hasSuffix("fire: The agent ada is retired."))
            #expect(try await alerts(workshop).count == 1)
            _ = try await workshop.store.agents.move(.ada, to: .live)
            #expect(try await service.pass(at: due + 12 * hour).count == 1)
            #expect(try await workshop.store.schedules.all().first?.lastRefusal == nil)
            #expect(try await alerts(workshop).isEmpty)
        }
    }

    private func alerts(_ workshop: Workshop) async throws -> [AlertRecord] {
        try await workshop.store.alerts.list(AlertFilter(isOpen: true, kind: .schedule), limit: 9)
    }

    @Test("a suite that cannot be searched on is refused as a person's wish would be")
    func leaking() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule(), schedule(.bob))
            try await workshop.store.transaction { store in
                let cases = [BenchmarkSplit.train, .holdout].map { split in
                    BenchmarkCase(id: split.rawValue, input: "the same words", expected: .choice("y"), split: split)
                }
                _ = try await store.benchmarks.apply(Benchmark(id: "suite", category: .analysis, cases: cases))
            }
            #expect(try await service.pass(at: start + 6 * hour).isEmpty)
            let reasons = try await workshop.store.schedules.all().map(\.lastRefusal)
            #expect(reasons.count == 2 && reasons.allSatisfy { $0?.hasPrefix("benchmark: ") == true }, "\(reasons)")
        }
    }

    @Test("when the bus is away the search is on record all the same, and nothing asks for it again")
    func away() async throws {
        try await Workshop.open { workshop in
            let service = try await prepared(workshop, schedule())
            let due = start.addingTimeInterval(6 * hour)
            let away = FireSchedules(store: workshop.store, publisher: AwayPublisher(), logger: quiet)
            let asked = try await away.pass(at: due)
            #expect(asked.count == 1)
            #expect(try await workshop.store.optimizations.turns().map(\.id) == asked)
            #expect(try await service.pass(at: due).isEmpty)
        }
    }

    @Test("a row that nobody can read stops no other, and is left alone for a day")
    func unreadable() async throws {
        try await Workshop.open { workshop in
            var strange = schedule()
            strange.budget = ["max_rollouts": "many"]
            let service = try await prepared(workshop, schedule(every: "sometimes"), strange, schedule(.bob))
            let due = start.addingTimeInterval(6 * hour)
            #expect(try await service.pass(at: due).count == 1)
            #expect(try await workshop.posted(OptimizationRequested.self).map(\.body.agentID) == [.bob])
            let refused = try await workshop.store.schedules.all().filter { $0.agentID == .ada }
            #expect(refused.map(\.nextDue) == [due + 6 * hour, due + 24 * hour])
            #expect(refused[0].lastRefusal?.hasPrefix("budget.max_rollouts: ") == true, "\(refused)")
            #expect(refused[1].lastRefusal?.hasPrefix("recurrence: \"sometimes\"") == true, "\(refused)")
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
