import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneService
import HoneTestKit
import Logging
import Redis
import TestServers
import Testing

@testable import Router

@Suite("The Celery bridge", .timeLimit(.minutes(3)))
struct CeleryBridgeTests {
    /// A router with the bridge on, and a client of the broker.
    private func withBridge(
        broker: TestRedis? = nil, routers: Int = 1, settings: [String: String] = [:],
        _ body: @Sendable @escaping (Workshop, RedisClient, String) async throws -> Void
    ) async throws {
        let queue = "celery-\(UUID())"
        let url = if let broker { broker.url } else { try await TestRedis.shared().url }
        let all = ["HONE_CELERY_QUEUE": queue, "HONE_CELERY_BROKER_URL": url].merging(settings) { $1 }
        let client = RedisClient(try RedisEndpoint(url: url))
        try await Workshop.open(on: .redis, settings: all) { workshop in
            try await workshop.running(Array(repeating: Router.self, count: routers)) {
                try await body(workshop, client, queue)
            }
        }
        await client.close()
    }

    private func send(_ message: CeleryMessage, to queue: String, _ client: RedisClient) async throws {
        try await client.lpush(queue, [.bytes(Array(try WireFormat.encode(message)))])
    }

    private func message(_ id: String = UUID().uuidString, _ headers: [String: JSONValue] = [:]) throws -> CeleryMessage
    {
        try CelerySample.message(
            CelerySample.body([], ["input": "x", "category": "analysis"]),
            headers: headers.merging(["id": .string(id)]) { $1 })
    }

    private func result(_ id: String, _ client: RedisClient) async throws -> JSONValue {
        let key = "celery-task-meta-\(id)"
        try await eventually(within: .seconds(20), "a result of \(id)") { try await client.get(key) != nil }
        return try WireFormat.decode(JSONValue.self, from: Data(try #require(try await client.get(key))))
    }

    @Test("a message becomes a submission under its own id, and leaves nothing behind")
    func submits() async throws {
        try await withBridge { workshop, client, queue in
            let id = UUID()
            try await send(try message(id.uuidString), to: queue, client)
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
        try await withBridge(routers: 2) { workshop, client, queue in
            let message = try message()
            for _ in 0..<6 { try await send(message, to: queue, client) }
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
        try await withBridge { workshop, client, queue in
            let id = UUID().uuidString
            try await send(try message(id, ["task": "tasks.add"]), to: queue, client)
            let failed = try await result(id, client)
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
        try await withBridge(settings: ["HONE_MAX_MESSAGE_BYTES": "4096"]) { workshop, client, queue in
            let (old, large) = (UUID().uuidString, UUID().uuidString)
            let protocol1 = try CelerySample.message(
                properties: ["correlation_id": .string(old)], members: ["headers": [:]])
            try await send(protocol1, to: queue, client)
            let body = CelerySample.body([.string(String(repeating: "x", count: 5_000))], [:])
            try await send(try CelerySample.message(body, headers: ["id": .string(large)]), to: queue, client)
            #expect(try await result(old, client)["result"]?["exc_message"]?[0] == "invalid_message")
            #expect(try await result(large, client)["result"]?["exc_message"]?[0] == "message_too_large")
            #expect(try await workshop.deadLetters(reaching: 2).count == 2)
        }
    }

    @Test("a task that the router refuses fails with its client, unless that wants no result")
    func routerRefuses() async throws {
        try await withBridge { workshop, client, queue in
            let body = CelerySample.body([], ["input": "x", "category": "poetry"])
            let ids = ["order-\(UUID())", "silent-\(UUID())"]
            for id in ids {
                let headers: [String: JSONValue] = ["id": .string(id), "ignore_result": .bool(id == ids[1])]
                try await send(try CelerySample.message(body, headers: headers), to: queue, client)
            }
            #expect(try await result(ids[0], client)["result"]?["exc_message"]?[0] == "no_capable_agent")
            _ = try await workshop.posted(TaskFailed.self, reaching: 2)
            try await workshop.quiet(.celeryReplies, "router")
            #expect(try await client.exists(["celery-task-meta-\(ids[1])"]) == 0)
        }
    }

    @Test("an eta is waited for, and a task that expired meanwhile is not begun")
    func times() async throws {
        try await withBridge { workshop, client, queue in
            let (soon, expired) = (UUID(), UUID().uuidString)
            let eta = Date() + 1
            try await send(
                try message(soon.uuidString, ["eta": .string(PythonTime.text(of: eta))]), to: queue, client)
            try await send(try message(expired, ["expires": "2020-01-01T00:00:00+00:00"]), to: queue, client)
            #expect(try await result(expired, client)["result"]?["exc_message"]?[0] == "deadline_exceeded")
            let assigned = try await workshop.posted(TaskAssigned.self, reaching: 1)
            #expect(assigned.map(\.body.taskID.uuid) == [soon] && Date() >= eta)
        }
    }

    @Test("a broker that was away is read again when it is back, and loses nothing")
    func outage() async throws {
        let broker = try await TestRedis.start(arguments: ["--appendonly", "yes", "--appendfsync", "always"])
        defer { broker.stop() }
        try await withBridge(broker: broker) { workshop, client, queue in
            let waiting = try message(UUID().uuidString, ["eta": .string(PythonTime.text(of: Date() + 1))])
            try await send(waiting, to: queue, client)
            try await eventually("it is taken") { try await client.llen(queue) == 0 }
            broker.kill()
            try await broker.restart()
            try await send(try message(), to: queue, client)
            _ = try await workshop.posted(TaskAssigned.self, reaching: 2, within: .seconds(40))
        }
    }

    @Test("a backlog over the limit stays in the Celery queue until there is room")
    func backlog() async throws {
        let (bus, url, name) = (MemoryTransport(), try await TestRedis.shared().url, "celery-\(UUID())")
        try await bus.prepare([.celeryReceived, .tasksSubmitted])
        let client = RedisClient(try RedisEndpoint(url: url))
        try await client.lpush(name, (0..<600).map { "{\"id\": \"\($0)\"}" })
        let queue = try CeleryQueue(url: url, name: name, namespace: bus.namespace)
        let source = try await SettingsSource(environment: [
            "DATABASE_URL": "-", "REDIS_URL": url, "HONE_MAX_BACKLOG": "300",
        ])
        let intake = CeleryIntake(
            queue, to: bus, source: "/celery", settings: try Settings(source), logger: Logger(label: "test"))
        let running = Task { try await intake.run() }
        let (key, member) = ("\(bus.namespace):celery.received", GroupMember(group: Router.name, consumer: "test"))
        try await eventually("two batches came through") { bus.entries(of: key).count == 512 }
        try await eventually("they are settled on the queue's side") {
            try await client.exists(["\(bus.namespace):celery.taken.\(name)"]) == 0
        }
        #expect(try await client.llen(name) == 88)
        let stream = try #require(bus.streams(of: .celeryReceived).first)
        let request = FetchRequest([FetchRequest.Turn(stream, 512)], limit: 512)
        try await bus.settle(try await bus.fetch(request, as: member).map { Settlement($0, .skip) }, as: member)
        try await eventually("the rest came too") { bus.entries(of: key).count == 600 }
        #expect(Set(bus.entries(of: key).compactMap { $0.text(Attribute.id) }).count == 600)
        running.cancel()
        try await running.value
        await queue.close()
        await client.close()
    }
}
