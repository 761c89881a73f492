import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Logging
import ScriptedModel
import Testing

@testable import Executor

@Suite("What work may cost", .timeLimit(.minutes(3)))
struct BudgetTests {
    private let task = TaskSubmitted(input: "x", category: .analysis, constraints: TaskConstraints(maxTokens: 10))

    /// Today's budget of everything; nil where no call has kept it yet.
    private func today(in workshop: Workshop) async throws -> BudgetRecord? {
        let day = Date().formatted(.iso8601.year().month().day())
        return try await workshop.store.budgets.load([.day(day)]).first
    }

    @Test("a day that is used up ends tasks at once, with its figures, and without a call")
    func usedUp() async throws {
        try await Workshop.open(settings: ["HONE_DAILY_BUDGET_USD": "0.05"]) { workshop in
            let assigned = try await workshop.assign(task)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.error.code == .costCapExceeded && failed.final && !failed.error.retryable)
                // 52 bytes and marks at $1 a thousand, 10 tokens at $2.
                #expect(failed.error.message.contains("is $0.050000: $0.000000 are spent"))
                #expect(failed.error.message.contains("this call may cost $0.072000"))
                try await workshop.task(assigned.taskID, is: .failed)
            }
            #expect(workshop.models.alpha.requests.isEmpty)
            #expect(try await today(in: workshop)?.refused == 1)
        }
    }

    @Test("however many tasks race, the day's cap is kept, and what they did cost is on record")
    func race() async throws {
        try await Workshop.open(settings: ["HONE_DAILY_BUDGET_USD": "0.4"]) { try await race(in: $0) }
    }

    private func race(in workshop: Workshop) async throws {
        var (tasks, urgent) = ([TaskAssigned](), task)
        urgent.priority = 9
        for _ in 0..<30 { tasks.append(try await workshop.assign(urgent)) }
        let assigned = tasks
        try await workshop.running([Executor.self, Executor.self]) {
            for task in assigned { try await workshop.send(task) }
            try await workshop.quiet(.tasksAssigned, "executor")
        }
        let today = try #require(try await today(in: workshop))
        let rows = try await workshop.store.executions.load(assigned.map(\.taskID)).filter { $0.fault == nil }
            .compactMap(\.cost)
        #expect(!rows.isEmpty && rows.count < 30 && rows.count + today.refused == 30)
        #expect(today.spent == rows.reduce(.zero, +) && today.spent <= MicroUSD(dollars: 0.4))
        #expect(today.reserved == .zero && workshop.models.alpha.requests.count == rows.count)
    }

    @Test("work that nobody waits for waits for what other calls give back")
    func patience() async throws {
        // Room for one call at a time, and for all of them.
        try await Workshop.open(settings: ["HONE_DAILY_BUDGET_USD": "0.1"]) { workshop in
            let (first, second) = (try await workshop.assign(task), try await workshop.assign(task))
            workshop.models.alpha.replace(
                script: .always(ScriptedReply(text: "positive", firstTokenDelayMilliseconds: 200)))
            try await workshop.running([Executor.self]) {
                for assigned in [first, second] { try await workshop.send(assigned) }
                for assigned in [first, second] { try await workshop.task(assigned.taskID, is: .completed) }
            }
            #expect(try await today(in: workshop)?.refused == 0)
        }
    }

    @Test("an agent's own cap keeps that agent, and no other")
    func agent() async throws {
        try await Workshop.open { workshop in
            try await workshop.store.budgets.setDailyCap(of: .ada, to: .zero)
            let (ada, bob) = (try await workshop.assign(task), try await workshop.assign(task, to: .bob))
            try await workshop.running([Executor.self]) {
                for assigned in [ada, bob] { try await workshop.send(assigned) }
                try await workshop.task(bob.taskID, is: .completed)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.taskID == ada.taskID && failed.error.code == .costCapExceeded)
                #expect(failed.error.message.contains("the budget of agent ada on"))
            }
        }
    }

    @Test("all calls of a task share its max_cost: what may have been billed is not spent again")
    func shared() async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(.misbehaving(.garbage)))
            let assigned = try await workshop.assign(
                TaskSubmitted(input: "x", category: .analysis, constraints: TaskConstraints(maxCost: 0.1)))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.error.code == .costCapExceeded && failed.final)
                #expect(failed.error.message.contains("the task's max_cost is $0.100000: $0.100000 are spent"))
            }
            #expect(workshop.models.alpha.requests.count == 1)
        }
    }

    @Test("without a cap nothing is written")
    func uncapped() async throws {
        try await Workshop.open { workshop in
            let assigned = try await workshop.assign(task)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                try await workshop.task(assigned.taskID, is: .completed)
            }
            let counts = try await workshop.database.counts(["budgets", "budget_ledger", "model_calls"])
            #expect(counts.values.allSatisfy { $0 == 0 })
        }
    }

    @Test("a call whose process died counts as spent when it is stale, and the day's alert comes of it")
    func watch() async throws {
        try await Workshop.open { workshop in
            let store = workshop.store
            let day = Date().addingTimeInterval(600).formatted(.iso8601.year().month().day())
            let cap = SpendingCap(.day(day), limit: MicroUSD(100))
            _ = try await store.reserve([
                Reservation(
                    id: UUID(), caps: [cap], amount: MicroUSD(85), least: MicroUSD(85), purpose: .task, model: .alpha)
            ])
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            try await BudgetWatch(store: store, logger: logger).pass()
            #expect(try await store.budgets.load([cap.account]).first?.reserved == MicroUSD(85))
            let later = BudgetWatch(store: store, logger: logger) { Date().addingTimeInterval(600) }
            for _ in 0..<2 { try await later.pass() }
            let left = try #require(try await store.budgets.load([cap.account]).first)
            #expect(left.reserved == .zero && left.spent == MicroUSD(85))
            let alerts = try await store.alerts.list(AlertFilter(isOpen: true), limit: 5)
            #expect(alerts.map(\.kind) == [.budget] && alerts.map(\.severity) == [.warning])
        }
    }
}
