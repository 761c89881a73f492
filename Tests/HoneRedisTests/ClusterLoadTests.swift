import BusTestKit
import Foundation
import HoneBus
import HoneCore
import Redis
import Synchronization
import TestServers
import Testing

/// Each test has a cluster of its own, since it changes or breaks it.
@Suite("The bus on a cluster that changes", .timeLimit(.minutes(3)))
struct ClusterLoadTests {
    @Test("thousands of messages while slots move back and forth: none is lost, none doubled under another id")
    func movingSlots() async throws {
        let cluster = try await TestRedisCluster.start()
        defer { cluster.stop() }
        let bench = Workbench(try ClusterBusUnderTest(on: cluster, partitions: 8))
        let count = 4_000
        let results = Mutex<[Int: Set<UUID>]>([:])
        let worker = AllOf(TestWork.self) { batch in
            try batch.map { message in
                let isFirst = message.deliveries == 1 && message.body.number.isMultiple(of: 100)
                if isFirst { return .retry(because: TaskFault(.internal, "once more")) }
                return .done(publish: [try message.causes(TestResult(message.body.number))])
            }
        }
        let reader = AllOf(TestResult.self) { batch in
            results.withLock { for message in batch { $0[message.body.number, default: []].insert(message.id) } }
            return batch.map { _ in .done }
        }
        let sites = try (0..<2).flatMap { _ in
            [try bench.start { try $0.handle(worker) }, try bench.start("readers") { try $0.handle(reader) }]
        }
        let mover = SlotMover(cluster, (0..<8).map { "{\($0)}" } + ["\(bench.bus.namespace):delayed"])
        let moving = Task { try await mover.run() }
        for start in stride(from: 0, to: count, by: 50) {
            try await bench.publishSurely((start..<start + 50).map { TestWork($0) })
        }
        try await eventually(within: .seconds(90), "all results are there") { results.withLock { $0.count } == count }
        moving.cancel()
        try await moving.value
        for site in sites { try await site.stop() }
        #expect(mover.moves >= 9)
        #expect(results.withLock { $0.values.allSatisfy { $0.count == 1 } })
        let letters = try await bench.transport.deadLetters(.all, after: nil, limit: 10)
        #expect(letters.map(\.reason) == [])
    }

    @Test("while the node of a follow-up is away its cause stays pending, and then both are done")
    func followUpAway() async throws {
        let cluster = try await TestRedisCluster.start(
            arguments: ["--cluster-require-full-coverage", "no", "--appendonly", "yes", "--appendfsync", "always"])
        defer { cluster.stop() }
        let (bus, away) = try await busOnTwoNodes(cluster)
        let bench = Workbench(bus)
        try await bench.transport.prepare([TestWork.topic, TestResult.topic])
        try await bench.publish([TestWork(1)])
        let (gate, calls) = (Gate(), Record<Int>())
        let site = try bench.start { consumer in
            try consumer.handle(
                EachOf(TestWork.self) { message in
                    calls.note(message.body.number)
                    await gate.pass()
                    return .done(publish: [try message.causes(TestResult(1))])
                })
        }
        try await eventually("it is worked on") { calls.count == 1 }
        cluster.nodes[away].kill()
        gate.open()
        try await eventually(within: .seconds(30), "it cannot be settled") { site.consumer.health.problem != nil }
        #expect(site.consumer.health.inFlight == 1)
        try await cluster.nodes[away].restart()
        try await eventually(within: .seconds(30), "the follow-up is there") {
            (try? await bus.entries(of: bench.key(TestResult.topic)).isEmpty) == false
        }
        try await eventually("the cause is acknowledged") { site.consumer.health.inFlight == 0 }
        try await site.stop()
        #expect(calls.all == [1])
    }

    /// A bus whose works and results are on different nodes, and the node of the results.
    private func busOnTwoNodes(_ cluster: TestRedisCluster) async throws -> (ClusterBusUnderTest, Int) {
        while true {
            let bus = try ClusterBusUnderTest(on: cluster)
            let keys = [TestWork.topic, TestResult.topic].map { StreamName(topic: $0.name).key(in: bus.namespace) }
            let owners = [
                try await cluster.owner(of: KeySlot(of: keys[0]).number),
                try await cluster.owner(of: KeySlot(of: keys[1]).number),
            ]
            if owners[0] != owners[1] { return (bus, owners[1]) }
        }
    }
}

/// Moves the slots of some keys from node to node, in turn, until it is cancelled.
private final class SlotMover: Sendable {
    private let cluster: TestRedisCluster
    private let slots: [Int]
    private let count = Mutex(0)

    init(_ cluster: TestRedisCluster, _ keys: [String]) {
        self.cluster = cluster
        slots = keys.map { KeySlot(of: $0).number }
    }

    var moves: Int { count.withLock { $0 } }

    func run() async throws {
        while true {
            for slot in slots {
                if Task.isCancelled { return }
                let owner = try await cluster.owner(of: slot)
                try await cluster.move(slot, to: (owner + 1) % cluster.nodes.count)
                count.withLock { $0 += 1 }
            }
        }
    }
}

extension Workbench {
    /// Publishes until the bus has taken it, always under the same ids, as a publisher should.
    func publishSurely<Body: Message>(_ messages: [Body]) async throws {
        let publications = try messages.map { try Publication($0, id: UUID()) }
        try await eventually(within: .seconds(60), "the bus takes it") {
            do {
                try await transport.publish(publications)
                return true
            } catch BusError.unavailable {
                return false
            }
        }
    }
}
