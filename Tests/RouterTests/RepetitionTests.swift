import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import Router

private let tables = ["agent_tasks", "routing_decisions", "executions"]

@Suite("Messages that come again", .timeLimit(.minutes(3)))
struct RepetitionTests {
    @Test("a submission delivered again changes no row and repeats the same assignment")
    func redelivered() async throws {
        try await Workshop.open { workshop in
            let id = TaskID.new()
            try await workshop.running([Router.self]) {
                try await workshop.submit(
                    ["task_id": .string(id.description), "input": "x", "category": "analysis"], id: "one")
                let first = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first)
                let record = try await workshop.task(id, is: .routed)
                try await workshop.redeliver(.tasksSubmitted)
                let again = try await workshop.posted(TaskAssigned.self, reaching: 2)
                #expect(again.map(\.id) == [first.id, first.id])
                #expect(again[1].body.routingDecisionID == first.body.routingDecisionID && again[1].body.attempt == 1)
                #expect(try await workshop.task(id, is: .routed).movedAt == record.movedAt)
            }
            #expect(
                try await workshop.database.counts(tables) == [
                    "agent_tasks": 1, "routing_decisions": 1, "executions": 0,
                ])
        }
    }

    @Test("copies that arrive together are one task with one agent", arguments: WorkshopBusKind.allCases)
    func together(_ kind: WorkshopBusKind) async throws {
        try await Workshop.open(on: kind) { workshop in
            let id = TaskID.new()
            let task: JSONValue = ["task_id": .string(id.description), "input": "x", "category": "analysis"]
            for _ in 0..<5 { try await workshop.submit(task, id: "one") }
            try await workshop.running([Router.self]) {
                try await workshop.quiet(.tasksSubmitted, "router")
            }
            let record = try #require(try await workshop.store.tasks.load(id))
            let assigned = try await workshop.posted(TaskAssigned.self)
            #expect(Set(assigned.map(\.id)).count == 1 && Set(assigned.map(\.body.agentID)) == [record.agentID])
            #expect(record.attempt == 1)
            #expect(try await workshop.database.counts(["routing_decisions"]) == ["routing_decisions": 1])
        }
    }

    @Test("a refusal delivered again is repeated word for word")
    func redeliveredRefusal() async throws {
        try await Workshop.open { workshop in
            let key = workshop.replyKey("twice")
            try await workshop.running([Router.self]) {
                try await workshop.submit(
                    ["input": "x", "category": "poetry", "reply_to": .string(key)], id: "one")
                _ = try await workshop.reply(at: key)
                try await workshop.redeliver(.tasksSubmitted)
                _ = try await workshop.reply(at: key, number: 2)
            }
            let replies = try await workshop.replies(at: key)
            #expect(replies[0].id == replies[1].id && replies[0].body == replies[1].body)
            #expect(Set(try await workshop.posted(TaskFailed.self).map(\.id)).count == 1)
        }
    }

    @Test("a second message with a known task id spends nothing and is answered with the first one's result")
    func latecomers() async throws {
        try await Workshop.open { workshop in
            let (id, key) = (TaskID.new(), workshop.replyKey("late"))
            _ = try await workshop.complete(TaskSubmitted(input: "x", taskID: id, category: .analysis))
            let before = try await workshop.database.counts(tables)
            try await workshop.running([Router.self]) {
                try await workshop.submit([
                    "task_id": .string(id.description), "input": "something else", "category": "analysis",
                    "reply_to": .string(key),
                ])
                let reply = try await workshop.reply(at: key)
                #expect(reply.taskID == id && reply.status == .completed && reply.output == "positive")
                #expect(reply.agentID == .ada)
            }
            #expect(try await workshop.database.counts(tables) == before)
            #expect(try await workshop.posted(TaskAssigned.self).isEmpty)
            #expect(try await workshop.store.tasks.load(id)?.input == "x")
            #expect(try await workshop.deadLetters().isEmpty)
        }
    }

    @Test("a second message for a task under way changes nothing")
    func earlyLatecomers() async throws {
        try await Workshop.open { workshop in
            let id = TaskID.new()
            let task: JSONValue = ["task_id": .string(id.description), "input": "x", "category": "analysis"]
            try await workshop.running([Router.self]) {
                try await workshop.submit(task, id: "one")
                _ = try await workshop.posted(TaskAssigned.self, reaching: 1)
                try await workshop.submit(task, id: "two")
                try await workshop.quiet(.tasksSubmitted, "router")
            }
            #expect(try await workshop.posted(TaskAssigned.self).count == 1)
            #expect(try await workshop.database.counts(["agent_tasks"]) == ["agent_tasks": 1])
        }
    }
}
