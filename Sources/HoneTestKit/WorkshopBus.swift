import BusTestKit
public import HoneBus
import HoneRedis
import Redis
import TestServers

/// The bus of a workshop: the way in and out that an outside system has, beside the transport that services use.
public protocol WorkshopBus: Sendable {
    var namespace: String { get }
    var transport: any BusTransport { get }

    /// Publishes an entry as an outsider would.
    func add(_ envelope: Envelope, to key: String) async throws
    /// What a stream holds, the first entry first.
    func entries(of key: String) async throws -> [Envelope]
    func close() async
}

/// Which bus a workshop stands on.
public enum WorkshopBusKind: String, Sendable, CaseIterable {
    case memory, redis

    func make() async throws -> any WorkshopBus {
        switch self {
        case .memory: MemoryWorkshopBus()
        case .redis: try await RedisWorkshopBus()
        }
    }
}

/// A bus in the memory of the test.
struct MemoryWorkshopBus: WorkshopBus {
    let memory = MemoryTransport()

    var namespace: String { memory.namespace }
    var transport: any BusTransport { memory }

    func add(_ envelope: Envelope, to key: String) async throws { memory.add(envelope, to: key) }
    func entries(of key: String) async throws -> [Envelope] { memory.entries(of: key) }
    func close() async {}
}

/// A namespace of its own on the process's Redis server.
struct RedisWorkshopBus: WorkshopBus {
    let namespace = "workshop-\(UInt64.random(in: .min ... .max))"
    private let redis: RedisTransport
    private let client: RedisClient

    init() async throws {
        let endpoint = try RedisEndpoint(url: try await TestRedis.shared().url)
        var options = RedisTransportOptions()
        options.namespace = namespace
        redis = RedisTransport(endpoint, options: options)
        client = RedisClient(endpoint)
    }

    var transport: any BusTransport { redis }

    func add(_ envelope: Envelope, to key: String) async throws {
        _ = try await client.xadd(key, envelope.fields.map { RedisField($0.name, $0.value) })
    }

    func entries(of key: String) async throws -> [Envelope] {
        try await client.xrange(key).map { Envelope($0.fields.map { .init($0.name, $0.value) }) }
    }

    func close() async {
        await redis.close()
        await client.close()
    }
}
