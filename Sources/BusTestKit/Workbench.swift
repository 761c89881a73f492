import Foundation
public import HoneBus
public import HoneCore
import Logging
import TestServers

/// A bus under test with what a test needs around it.
public struct Workbench: Sendable {
    public let bus: any BusUnderTest
    public let transport: any BusTransport
    /// Impatient: a silent holder loses its messages after 900 ms, which a busy machine must not take for silence.
    public var options = ConsumerOptions()

    public init(_ bus: any BusUnderTest, partitions: Int = 1) {
        self.bus = bus
        transport = bus.transport(partitions: partitions)
        options.claimAfter = .milliseconds(900)
        options.renewEvery = .milliseconds(100)
        options.fetchWait = .milliseconds(50)
        options.checkTimesEvery = .milliseconds(20)
        options.moveDueEvery = .milliseconds(20)
        options.gracePeriod = .seconds(5)
        options.cancelPeriod = .milliseconds(300)
        options.outageBackoff = Backoff(first: .milliseconds(10), longest: .milliseconds(50))
    }

    public func key(_ topic: Topic, _ lane: Lane? = nil) -> String {
        StreamName(topic: topic.name, lane: lane).key(in: bus.namespace)
    }

    public var deadKey: String { "\(bus.namespace):dead" }

    /// A consumer of its own process, at work until stopped.
    public func start(
        _ group: String = "workers", options: ConsumerOptions? = nil, _ register: (Consumer) throws -> Void
    ) throws -> Worksite {
        var options = options ?? self.options
        options.consumer = "consumer-\(UUID())"
        let consumer = Consumer(of: transport, group: group, options: options, logger: Self.logger)
        try register(consumer)
        return Worksite(consumer: consumer, task: Task { try await consumer.run() })
    }

    public func publish<Body: Message>(_ messages: [Body]) async throws {
        try await transport.publish(messages.map { try Publication($0, id: .v7()) })
    }

    /// Members for tests that drive the transport by hand.
    public func member(_ name: String, of group: String = "workers") -> GroupMember {
        GroupMember(group: group, consumer: name)
    }

    public func fetch(_ topic: Topic, _ count: Int = 100, as member: GroupMember) async throws -> [Delivery] {
        let turns = transport.streams(of: topic).map { FetchRequest.Turn($0, count) }
        return try await transport.fetch(FetchRequest(turns, limit: count), as: member)
    }

    public func backlog(_ topic: Topic, of group: String = "workers") async throws -> Int {
        try await transport.depth(of: [topic]).backlog(of: group)
    }

    /// Waits until the group has nothing left to do, delayed messages included. Two looks in a row must say so: between
    /// the nodes of a cluster, one alone may miss a message that is delayed and comes back meanwhile.
    public func untilIdle(_ topic: Topic, of group: String = "workers") async throws {
        try await eventually("\(group) is done with \(topic.name)") {
            guard try await isIdle(topic, group) else { return false }
            return try await isIdle(topic, group)
        }
    }

    private func isIdle(_ topic: Topic, _ group: String) async throws -> Bool {
        let depth = try await transport.depth(of: [topic])
        let hasGroup = depth.streams.allSatisfy { $0.groups.contains { $0.name == group } }
        return hasGroup && depth.backlog(of: group) == 0 && depth.delayed == 0
    }

    /// Silent, so that a run shows only what failed.
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// A consumer at work.
public struct Worksite: Sendable {
    public let consumer: Consumer
    let task: Task<Void, any Error>

    /// Drains and waits until it is over.
    public func stop() async throws {
        consumer.drain()
        try await task.value
    }

    /// Waits until it ends by itself.
    public func ended() async throws {
        try await task.value
    }

    /// What a SIGINT does: no time to finish.
    public func interrupt() async throws {
        task.cancel()
        try await task.value
    }
}

extension UUID {
    static func v7() -> UUID {
        var generator = SystemRandomNumberGenerator()
        return .v7(at: Date(), using: &generator)
    }
}
