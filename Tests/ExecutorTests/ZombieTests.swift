import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import TestServers
import Testing

@testable import Executor

@Suite("An executor that was thought dead", .timeLimit(.minutes(2)))
struct ZombieTests {
    /// Lets an executor work on an attempt, does `meanwhile` as its successor would, and waits until it is done.
    private func outlived(
        _ meanwhile: @Sendable @escaping (Workshop, TaskAssigned) async throws -> Void,
        _ check: @Sendable @escaping (Workshop, TaskAssigned) async throws -> Void
    ) async throws {
        try await Workshop.open { workshop in
            var slow = ScriptedReply.text("late")
            slow.firstTokenDelayMilliseconds = 1_500
            workshop.models.alpha.replace(script: .always(slow))
            let assigned = try await workshop.assign(TaskSubmitted(input: "x", taskID: .new(), category: .analysis))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned, id: TaskAssigned.id(of: assigned.taskID, attempt: 1))
                try await eventually("it asks its model") { workshop.models.alpha.requests.count == 1 }
                try await meanwhile(workshop, assigned)
                try await workshop.quiet(.tasksAssigned, "executor")
            }
            try await check(workshop, assigned)
        }
    }

    private func result(_ task: TaskAssigned, _ attempt: Int, _ agent: AgentID) -> ExecutionRecord {
        ExecutionRecord(
            taskID: task.taskID, attempt: attempt, agentID: agent, durationSeconds: 1,
            result: .completed(output: "in time"))
    }

    @Test("writes nothing once another attempt has been given out")
    func superseded() async throws {
        try await outlived { workshop, task in
            _ = try await workshop.assign(task.task, to: .bob, attempt: 2)
        } _: { workshop, task in
            let record = try #require(try await workshop.store.tasks.load(task.taskID))
            #expect(record.status == .routed && record.agentID == .bob && record.output == nil)
            #expect(try await workshop.detail(task.taskID).executions.isEmpty)
            #expect(try await workshop.posted(TaskCompleted.self).isEmpty)
        }
    }

    @Test("writes nothing after its successor's result, and announces nothing of its own")
    func overtaken() async throws {
        try await outlived { workshop, task in
            _ = try await workshop.assign(task.task, to: .bob, attempt: 2)
            _ = try await workshop.store.executions.record([result(task, 2, .bob)])
        } _: { workshop, task in
            let detail = try await workshop.detail(task.taskID)
            #expect(detail.task.status == .completed && detail.task.output == "in time")
            #expect(detail.executions.map(\.agentID) == [.bob])
            #expect(try await workshop.posted(TaskCompleted.self).isEmpty)
        }
    }

    @Test("repeats the result that stands when another did the same attempt before it")
    func twin() async throws {
        try await outlived { workshop, task in
            _ = try await workshop.store.executions.record([result(task, 1, .ada)])
        } _: { workshop, task in
            let detail = try await workshop.detail(task.taskID)
            #expect(detail.task.output == "in time" && detail.executions.count == 1)
            let posted = try await workshop.posted(TaskCompleted.self)
            #expect(posted.map(\.body.output) == ["in time"])
            #expect(posted.first?.id == TaskCompleted.id(of: task.taskID, attempt: 1).uuidString.lowercased())
        }
    }

    @Test("writes nothing to a task that has ended without it")
    func ended() async throws {
        try await outlived { workshop, task in
            let ending = Ending(taskID: task.taskID, fault: TaskFault(.deadlineExceeded, "too late"))
            _ = try await workshop.store.tasks.finish([ending])
        } _: { workshop, task in
            let detail = try await workshop.detail(task.taskID)
            #expect(detail.task.status == .expired && detail.task.output == nil && detail.executions.isEmpty)
            #expect(try await workshop.posted(TaskCompleted.self).isEmpty)
        }
    }
}
