import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Postgres
import TestServers
import Testing

@testable import Router

@Suite("Failing over", .timeLimit(.minutes(3)))
struct FailOverTests {
    private let broken = TaskFault(.modelUnavailable, "the endpoint answered 500")

    /// A task that Ada was given and failed.
    private func failed(
        _ workshop: Workshop, _ fault: TaskFault, deadline: Date? = nil, pin: TaskPin? = nil
    ) async throws -> TaskFailed {
        let task = TaskSubmitted(
            input: "x", category: .analysis, deadline: deadline, pin: pin, replyTo: workshop.replyKey("failed"))
        let assigned = try await workshop.assign(task)
        let record = ExecutionRecord(
            taskID: assigned.taskID, attempt: 1, agentID: .ada, durationSeconds: 1,
            result: .failed(fault, final: !fault.retryable))
        _ = try await workshop.store.executions.record([record])
        return TaskFailed(
            taskID: assigned.taskID, agentID: .ada, attempt: 1, error: fault, durationSeconds: 1,
            final: !fault.retryable)
    }

    @Test("what another agent may still do goes to the next best one, once however often it is told")
    func nextBest() async throws {
        try await Workshop.open { workshop in
            let failed = try await failed(workshop, broken)
            try await workshop.running([Router.self]) {
                try await workshop.send(failed)
                let assigned = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first)
                #expect(assigned.body.agentID == .bob && assigned.body.attempt == 2)
                try await workshop.redeliver(.tasksFailed)
                let again = try await workshop.posted(TaskAssigned.self, reaching: 2)
                #expect(again.map(\.id) == [assigned.id, assigned.id])
            }
            let decisions = try await workshop.store.routing.decisions(of: failed.taskID)
            #expect(decisions.map(\.agentID) == [.ada, .bob] && decisions.map(\.attempt) == [1, 2])
            #expect(try await workshop.replies(at: workshop.replyKey("failed")).isEmpty)
        }
    }

    @Test("copies of a failure that arrive together lead to one agent")
    func together() async throws {
        try await Workshop.open { workshop in
            let (failed, id) = (try await failed(workshop, broken), UUID())
            try await workshop.store.hire(
                Agent(id: .named("eve"), specialization: [.analysis], model: .beta))
            for _ in 0..<5 { try await workshop.send(failed, id: id) }
            try await workshop.running([Router.self]) {
                try await workshop.quiet(.tasksFailed, "router")
            }
            let assigned = try await workshop.posted(TaskAssigned.self)
            #expect(assigned.count == 5 && Set(assigned.map(\.id)).count == 1)
            #expect(Set(assigned.map(\.body.agentID)) == [.bob])
            #expect(try await workshop.database.counts(["routing_decisions"]) == ["routing_decisions": 2])
        }
    }

    @Test("when all have tried, the task ends with the last one's reason")
    func exhausted() async throws {
        try await Workshop.open { workshop in
            let failed = try await failed(workshop, broken)
            try await workshop.running([Router.self]) {
                try await workshop.send(failed)
                let next = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first).body
                let second = TaskFault(.timeout, "no answer")
                _ = try await workshop.store.executions.record([
                    ExecutionRecord(
                        taskID: next.taskID, attempt: 2, agentID: .bob, durationSeconds: 1,
                        result: .failed(second, final: false))
                ])
                try await workshop.send(
                    TaskFailed(taskID: next.taskID, agentID: .bob, attempt: 2, error: second, final: false))
                let reply = try await workshop.reply(at: workshop.replyKey("failed"))
                #expect(reply.status == .failed && reply.error == second && reply.agentID == .bob)
                try await workshop.task(next.taskID, is: .failed)
                try await workshop.quiet(.tasksFailed, "router")
            }
            #expect(try await workshop.replies(at: workshop.replyKey("failed")).count == 1)
            let final = try await workshop.posted(TaskFailed.self).filter(\.body.final)
            #expect(final.count == 1 && final.first?.body.error.code == .timeout)
        }
    }

    @Test("what its executor ended goes to nobody else, and is known to be told: its reply came with it")
    func final() async throws {
        try await Workshop.open { workshop in
            let fault = TaskFault(.modelError, "the model refused to answer", retryable: false)
            let failed = try await failed(workshop, fault)
            try await workshop.running([Router.self]) {
                try await workshop.send(failed)
                try await eventually("it is told") {
                    try await workshop.database.pool.first(
                        "select told_at is not null as told from agent_tasks", as: Bool.self) == true
                }
            }
            #expect(try await workshop.replies(at: workshop.replyKey("failed")).isEmpty)
            #expect(try await workshop.posted(TaskAssigned.self).isEmpty)
        }
    }

    @Test("a pinned task is nobody else's")
    func pinned() async throws {
        try await Workshop.open { workshop in
            let failed = try await failed(workshop, broken, pin: TaskPin(agentID: .ada))
            try await workshop.running([Router.self]) {
                try await workshop.send(failed)
                #expect(try await workshop.reply(at: workshop.replyKey("failed")).error == broken)
            }
            #expect(try await workshop.posted(TaskAssigned.self).isEmpty)
        }
    }

    @Test("a task whose deadline has passed meanwhile expires")
    func late() async throws {
        try await Workshop.open { workshop in
            let failed = try await failed(workshop, broken, deadline: Date(timeIntervalSinceNow: -1))
            try await workshop.running([Router.self]) {
                try await workshop.send(failed)
                #expect(try await workshop.reply(at: workshop.replyKey("failed")).status == .expired)
            }
        }
    }

    @Test("a failure of an attempt that is not the task's own changes nothing")
    func stale() async throws {
        try await Workshop.open { workshop in
            let failed = try await failed(workshop, broken)
            let stale = TaskFailed(taskID: failed.taskID, agentID: .ada, attempt: 3, error: broken, final: false)
            try await workshop.running([Router.self]) {
                try await workshop.send(stale)
                try await workshop.quiet(.tasksFailed, "router")
            }
            #expect(try await workshop.posted(TaskAssigned.self).isEmpty)
            #expect(try await workshop.store.tasks.load(failed.taskID)?.attempt == 1)
        }
    }
}
