import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Executor

@Suite("What a task allows", .timeLimit(.minutes(3)))
struct ConstraintTests {
    /// Runs one task and returns the most tokens that the model was told to make; nil when it was not asked.
    private func tokenLimit(_ constraints: TaskConstraints) async throws -> Int? {
        let limits = Found<Int>()
        try await Workshop.open { workshop in
            let assigned = try await workshop.assign(
                TaskSubmitted(input: "x", category: .analysis, constraints: constraints))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                try await workshop.quiet(.tasksAssigned, "executor")
            }
            let body = workshop.models.alpha.requests.first?.body
            if let limit = (body?["max_tokens"] ?? body?["max_completion_tokens"])?.int { limits.keep(limit) }
        }
        return limits.value
    }

    @Test("max_tokens reaches the model")
    func tokens() async throws {
        #expect(try await tokenLimit(TaskConstraints(maxTokens: 17)) == 17)
    }

    @Test("max_cost becomes the tokens that are left after the dearest possible prompt")
    func affordableTokens() async throws {
        // 19 + 1 bytes and 16 for each of two messages at $1 per thousand tokens leave $0.048 for output at $2.
        #expect(try await tokenLimit(TaskConstraints(maxCost: 0.1)) == 24)
        #expect(try await tokenLimit(TaskConstraints(maxCost: 0.1, maxTokens: 3)) == 3)
    }

    @Test("a task that cannot be paid for ends without a call")
    func tooDear() async throws {
        try await Workshop.open { workshop in
            let assigned = try await workshop.assign(
                TaskSubmitted(input: "x", category: .analysis, constraints: TaskConstraints(maxCost: 0.01)))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.error.code == .costCapExceeded && failed.final && failed.attempt == 1)
                try await workshop.task(assigned.taskID, is: .failed)
            }
            #expect(workshop.models.alpha.requests.isEmpty)
        }
    }

    @Test("a task whose deadline has passed expires without a call")
    func late() async throws {
        try await Workshop.open { workshop in
            let assigned = try await workshop.assign(
                TaskSubmitted(input: "x", category: .analysis, deadline: Date(timeIntervalSinceNow: -1)))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.error.code == .deadlineExceeded && failed.final)
                #expect(try await workshop.task(assigned.taskID, is: .expired).errorCode == .deadlineExceeded)
            }
            #expect(workshop.models.alpha.requests.isEmpty)
        }
    }

    @Test("a deadline in the middle of the work cuts it")
    func deadline() async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(.misbehaving(.hang)))
            let assigned = try await workshop.assign(
                TaskSubmitted(input: "x", category: .analysis, deadline: Date(timeIntervalSinceNow: 0.8)))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.error.code == .timeout && !failed.final)
                #expect(try #require(failed.durationSeconds) < 5)
            }
        }
    }
}
