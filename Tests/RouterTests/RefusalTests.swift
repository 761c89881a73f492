import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import Router

/// A task that can be read and that nobody can do.
struct HopelessTask: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var members: [String: JSONValue]
    var code: ErrorCode
    var status: TaskStatus = .failed
    var reason: String

    static let all = [
        HopelessTask(
            testDescription: "pinned to an unknown agent", members: ["pin": ["agent_id": "nobody"]],
            code: .unknownAgent, reason: "no such agent: nobody"),
        HopelessTask(
            testDescription: "an allow list of unknown agents",
            members: ["constraints": ["agents": ["nobody", "noone"]]], code: .unknownAgent, reason: "nobody, noone"),
        HopelessTask(
            testDescription: "everybody who is allowed is excluded",
            members: ["constraints": ["agents": ["ada"], "exclude": ["ada"]]], code: .constraintUnsatisfiable,
            reason: "ada is excluded by the task"),
        HopelessTask(
            testDescription: "nobody does this category", members: ["category": "poetry"], code: .noCapableAgent,
            reason: "does not do this category"),
        HopelessTask(
            testDescription: "a deadline that has passed", members: ["deadline": "2020-01-01T00:00:00Z"],
            code: .deadlineExceeded, status: .expired, reason: "the deadline passed"),
    ]
}

@Suite("Tasks that nobody can do", .timeLimit(.minutes(3)))
struct RefusalTests {
    @Test("each ends at once with its reason, is answered, and is no dead letter", arguments: HopelessTask.all)
    func refused(_ hopeless: HopelessTask) async throws {
        try await Workshop.open { workshop in
            let (key, id) = (workshop.replyKey("hopeless"), TaskID.new())
            let task: [String: JSONValue] = [
                "task_id": .string(id.description), "input": "x", "category": "analysis", "reply_to": .string(key),
                "metadata": ["ticket": 12],
            ]
            try await workshop.running([Router.self]) {
                try await workshop.submit(.object(task.merging(hopeless.members) { $1 }))
                try await workshop.submit(["input": "good", "category": "analysis"])
                let record = try await workshop.task(id, is: hopeless.status)
                #expect(record.errorCode == hopeless.code)
                let reply = try await workshop.reply(at: key)
                #expect(reply.taskID == id && reply.status == hopeless.status && reply.error?.code == hopeless.code)
                #expect(try #require(reply.error?.message).contains(hopeless.reason))
                #expect(reply.metadata == ["ticket": 12] && reply.output == nil)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.taskID == id && failed.final && failed.error == reply.error && failed.attempt == 0)
                _ = try await workshop.posted(TaskAssigned.self, reaching: 1)
                // The router reads its own announcement and leaves it at that.
                try await workshop.quiet(.tasksFailed, "router")
            }
            #expect(try await workshop.replies(at: key).count == 1)
            #expect(try await workshop.posted(TaskFailed.self).count == 1)
            #expect(try await workshop.posted(TaskAssigned.self).map(\.body.task.input) == ["good"])
            #expect(try await workshop.deadLetters().isEmpty)
        }
    }

    @Test(
        "an agent that usually costs or takes more than the task allows is not asked",
        arguments: [
            (["max_cost": 0.0001] as JSONValue, "usually costs"), (["max_duration": 0.1] as JSONValue, "usually takes"),
        ])
    func tooMuch(_ constraints: JSONValue, _ reason: String) async throws {
        try await Workshop.open { workshop in
            for agent in [AgentID.ada, .bob] {
                for _ in 0..<3 {
                    let done = try await workshop.complete(TaskSubmitted(input: "x", category: .analysis), by: agent)
                    _ = try await workshop.evaluate(done, accuracy: 0.9)
                }
            }
            try await workshop.running([Router.self]) {
                let key = workshop.replyKey("dear")
                try await workshop.submit([
                    "input": "x", "category": "analysis", "constraints": constraints, "reply_to": .string(key),
                ])
                let reply = try await workshop.reply(at: key)
                #expect(reply.error?.code == .constraintUnsatisfiable)
                #expect(try #require(reply.error?.message).contains(reason))
            }
        }
    }

    @Test("a list with one known name is worked with")
    func partlyKnown() async throws {
        try await Workshop.open { workshop in
            try await workshop.running([Router.self]) {
                try await workshop.submit(["input": "x", "constraints": ["agents": ["nobody", "bob"]]])
                let assigned = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first).body
                #expect(assigned.agentID == .bob)
            }
        }
    }
}
