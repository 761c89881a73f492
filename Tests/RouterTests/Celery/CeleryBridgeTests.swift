import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneTestKit
import Redis
import TestServers
import Testing

@testable import Router

@Suite("The Celery bridge", .timeLimit(.minutes(3)))
struct CeleryBridgeTests {
    @Test("a message becomes a submission under its own id, and leaves nothing behind")
    func submits() async throws {
        try await Bridged.run { workshop, client, queue in
            let id = UUID()
            try await Bridged.send(try Bridged.message(id.uuidString), to: queue, client)
            let task = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first).body
            #expect(task.taskID.uuid == id && task.task.input == "x")
            let entry = try #require(try await workshop.bus.entries(of: workshop.key(.tasksSubmitted)).first)
            #expect(entry.text(Attribute.id) == id.uuidString.lowercased())
            #expect(entry.text(Attribute.source) == "/hone/celery/\(queue)")
            try await eventually("nothing is left") {
                try await client.exists([queue, "\(workshop.namespace):celery.taken.\(queue)"]) == 0
            }
        }
    }

    @Test("a message that comes again, to whatever router, changes nothing")
    func repeated() async throws {
        try await Bridged.run(routers: 2) { workshop, client, queue in
            let message = try Bridged.message()
            for _ in 0..<6 { try await Bridged.send(message, to: queue, client) }
            _ = try await workshop.posted(TaskSubmitted.self, reaching: 1)
            try await eventually("all are taken") { try await client.llen(queue) == 0 }
            try await workshop.quiet(.celeryReceived, "router")
            try await workshop.quiet(.tasksSubmitted, "router")
            #expect(try await workshop.database.counts(["agent_tasks"]) == ["agent_tasks": 1])
            #expect(Set(try await workshop.posted(TaskAssigned.self).map(\.id)).count == 1)
        }
    }

    @Test("what cannot be honoured fails with its client and is a dead letter; garbage is one too")
    func refused() async throws {
        try await Bridged.run { workshop, client, queue in
            let id = UUID().uuidString
            try await Bridged.send(try Bridged.message(id, ["task": "tasks.add"]), to: queue, client)
            let failed = try await Bridged.result(id, client)
            #expect(failed["status"] == "FAILURE" && failed["task_id"] == .string(id))
            let reason = "headers.task: expected hone.submit, found \"tasks.add\""
            #expect(failed["result"]?["exc_message"] == ["invalid_message", .string(reason)])
            try await client.lpush(queue, ["{not JSON"])
            let letters = try await workshop.deadLetters(reaching: 2)
            #expect(
                letters.map(\.reason) == [reason, "the document: expected JSON in UTF-8, found text that is not JSON"])
            #expect(letters.allSatisfy { $0.stream == workshop.key(.celeryReceived) && $0.code == "invalid_message" })
            #expect(letters[0].data.map { String(decoding: $0, as: UTF8.self) }?.contains("tasks.add") == true)
        }
    }

    @Test("a message of protocol 1, or too large, fails with its client")
    func unreadable() async throws {
        try await Bridged.run(settings: ["HONE_MAX_MESSAGE_BYTES": "4096"]) { workshop, client, queue in
            let (old, large) = (UUID().uuidString, UUID().uuidString)
            let protocol1 = try CelerySample.message(
                properties: ["correlation_id": .string(old)], members: ["headers": [:]])
            try await Bridged.send(protocol1, to: queue, client)
            let body = CelerySample.body([.string(String(repeating: "x", count: 5_000))], [:])
            try await Bridged.send(try CelerySample.message(body, headers: ["id": .string(large)]), to: queue, client)
            #expect(try await Bridged.result(old, client)["result"]?["exc_message"]?[0] == "invalid_message")
            #expect(try await Bridged.result(large, client)["result"]?["exc_message"]?[0] == "message_too_large")
            #expect(try await workshop.deadLetters(reaching: 2).count == 2)
        }
    }

    @Test("a task that the router refuses fails with its client, unless that wants no result")
    func routerRefuses() async throws {
        try await Bridged.run { workshop, client, queue in
            let body = CelerySample.body([], ["input": "x", "category": "poetry"])
            let ids = ["order-\(UUID())", "silent-\(UUID())"]
            for id in ids {
                let headers: [String: JSONValue] = ["id": .string(id), "ignore_result": .bool(id == ids[1])]
                try await Bridged.send(try CelerySample.message(body, headers: headers), to: queue, client)
            }
            #expect(try await Bridged.result(ids[0], client)["result"]?["exc_message"]?[0] == "no_capable_agent")
            _ = try await workshop.posted(TaskFailed.self, reaching: 2)
            try await workshop.quiet(.celeryReplies, "router")
            #expect(try await client.exists(["celery-task-meta-\(ids[1])"]) == 0)
        }
    }

    @Test("an eta is waited for, and a task that expired meanwhile is not begun")
    func times() async throws {
        try await Bridged.run { workshop, client, queue in
            let (soon, expired) = (UUID(), UUID().uuidString)
            let eta = Date() + 1
            try await Bridged.send(
                try Bridged.message(soon.uuidString, ["eta": .string(PythonTime.text(of: eta))]), to: queue, client)
            try await Bridged.send(
                try Bridged.message(expired, ["expires": "2020-01-01T00:00:00+00:00"]), to: queue, client)
            #expect(try await Bridged.result(expired, client)["result"]?["exc_message"]?[0] == "deadline_exceeded")
            let assigned = try await workshop.posted(TaskAssigned.self, reaching: 1)
            #expect(assigned.map(\.body.taskID.uuid) == [soon] && Date() >= eta)
        }
    }
}
