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

@Suite("The Celery bridge in trouble", .timeLimit(.minutes(3)))
struct CeleryTroubleTests {
    @Test("a broker that was away is read again when it is back, and loses nothing")
    func outage() async throws {
        let broker = try await TestRedis.start(arguments: ["--appendonly", "yes", "--appendfsync", "always"])
        defer { broker.stop() }
        try await Bridged.run(broker: broker) { workshop, client, queue in
            let waiting = try Bridged.message(UUID().uuidString, ["eta": .string(PythonTime.text(of: Date() + 1))])
            try await Bridged.send(waiting, to: queue, client)
            try await eventually("it is taken") { try await client.llen(queue) == 0 }
            broker.kill()
            try await broker.restart()
            try await Bridged.send(try Bridged.message(), to: queue, client)
            _ = try await workshop.posted(TaskAssigned.self, reaching: 2, within: .seconds(40))
        }
    }

    @Test("results wait for a result backend that is away")
    func resultsAway() async throws {
        let backend = try await TestRedis.start()
        defer { backend.stop() }
        backend.kill()
        try await Bridged.run(settings: ["HONE_CELERY_RESULT_URL": backend.url]) { workshop, client, queue in
            let id = UUID().uuidString
            try await Bridged.send(try Bridged.message(id, ["expires": "2020-01-01T00:00:00"]), to: queue, client)
            _ = try await workshop.posted(CeleryReply.self, reaching: 1)
            try await backend.restart()
            let results = RedisClient(try RedisEndpoint(url: backend.url))
            #expect(try await Bridged.result(id, results)["status"] == "FAILURE")
            #expect(try await client.exists(["celery-task-meta-\(id)"]) == 0)
            await results.close()
        }
    }

    @Test("what a router took before it died is done by another")
    func abandoned() async throws {
        try await Bridged.run { workshop, client, queue in
            let id = UUID()
            // As a router leaves it that died between taking the message and passing it on.
            let held = "\(workshop.namespace):celery.taken.\(queue)"
            let message = try WireFormat.encode(try Bridged.message(id.uuidString))
            let leaseEnd = (Date() + 0.5).timeIntervalSince1970 * 1_000
            try await client.zadd(held, [RedisScoredMember(Array(message), score: leaseEnd)])
            let assigned = try await workshop.posted(TaskAssigned.self, reaching: 1)
            #expect(assigned.map(\.body.taskID.uuid) == [id])
            try await eventually("nothing is left") { try await client.exists([held]) == 0 }
        }
    }

    @Test("a dead letter that is replayed is tried again, under its id")
    func replayed() async throws {
        try await Bridged.run { workshop, client, queue in
            let id = UUID().uuidString
            try await Bridged.send(try Bridged.message(id, ["task": "tasks.add"]), to: queue, client)
            let letter = try #require(try await workshop.deadLetters(reaching: 1).first)
            #expect(letter.eventID == id.lowercased())
            #expect(try await workshop.bus.transport.replay([letter.id]) == [letter.id])
            try await eventually("it is refused again") {
                let letters = try await workshop.deadLetters()
                return letters.count == 1 && letters[0].id != letter.id
            }
        }
    }

    @Test("a queue that is no list makes the router unready, and says why")
    func wrongType() async throws {
        let (bus, url, name) = (MemoryTransport(), try await TestRedis.shared().url, "celery-\(UUID())")
        let client = RedisClient(try RedisEndpoint(url: url))
        try await client.set(name, "text")
        let queue = try CeleryQueue(url: url, name: name, namespace: bus.namespace)
        let intake = try await intake(from: queue, to: bus)
        let running = Task { try await intake.run() }
        try await eventually("it is unready") {
            guard case .unhealthy(let reason) = await intake.healthCheck.check() else { return false }
            return reason.contains(name)
        }
        try await client.del([name])
        try await eventually("it is ready") { await intake.healthCheck.check() == .healthy }
        running.cancel()
        try await running.value
        await queue.close()
        await client.close()
    }

    @Test("while the bus is nearly full, messages stay in the Celery queue")
    func shutGate() async throws {
        let (bus, url, name) = (MemoryTransport(), try await TestRedis.shared().url, "celery-\(UUID())")
        let (queue, gate) = (try CeleryQueue(url: url, name: name, namespace: bus.namespace), IntakeGate())
        let client = RedisClient(try RedisEndpoint(url: url))
        gate.close()
        let intake = try await intake(from: queue, to: bus, through: gate)
        let running = Task { try await intake.run() }
        try await client.lpush(name, ["{}"])
        // Longer than the intake sleeps.
        await #expect(throws: DeadlinePassed.self) {
            try await eventually(within: .seconds(1), "it is taken") { try await client.llen(name) == 0 }
        }
        gate.open()
        try await eventually("it is taken") { bus.entries(of: "\(bus.namespace):celery.received").count == 1 }
        running.cancel()
        try await running.value
        await queue.close()
        await client.close()
    }

    private func intake(
        from queue: CeleryQueue, to bus: MemoryTransport, through gate: IntakeGate = IntakeGate()
    ) async throws -> CeleryIntake {
        let source = try await SettingsSource(environment: [
            "DATABASE_URL": "-", "REDIS_URL": "-", "HONE_MAX_BACKLOG": "300",
        ])
        return CeleryIntake(
            queue, to: bus, through: gate, source: "/celery", settings: try Settings(source),
            logger: Logger(label: "test"))
    }

    @Test("a backlog over the limit stays in the Celery queue until there is room")
    func backlog() async throws {
        let (bus, url, name) = (MemoryTransport(), try await TestRedis.shared().url, "celery-\(UUID())")
        try await bus.prepare([.celeryReceived, .tasksSubmitted])
        let client = RedisClient(try RedisEndpoint(url: url))
        try await client.lpush(name, (0..<600).map { "{\"id\": \"\($0)\"}" })
        let queue = try CeleryQueue(url: url, name: name, namespace: bus.namespace)
        let intake = try await intake(from: queue, to: bus)
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
