import BusTestKit
public import HoneBus
import HoneRedis
import Redis
import TestServers

/// The bus of a workshop: the way in and out that an outside system has, beside the transport that services use.
public protocol WorkshopBus: Sendable {
    var namespace: String { get }
    var transport: any BusTransport { get }
    /// What `REDIS_URL` says; a bus in memory has no server there.
    var url: String { get }

    /// Publishes an entry as an outsider would.
    func add(_ envelope: Envelope, to key: String) async throws
    /// What a stream holds, the first entry first.
    func entries(of key: String) async throws -> [Envelope]
    /// Loses everything, groups included, as `FLUSHALL` does. Not on a server that others share.
    func loseEverything() async throws
    /// Sets its memory's limit so that this share of it is used; nil takes the limit away. As above.
    func fill(to share: Double?) async throws
    func close() async
}

/// Which bus a workshop stands on.
public enum WorkshopBusKind: String, Sendable, CaseIterable {
    case memory, redis
    /// A server that nobody else uses.
    case ownRedis

    /// What a test that could do with any is run on.
    public static let allCases: [WorkshopBusKind] = [.memory, .redis]

    func make(namespace: String?) async throws -> any WorkshopBus {
        switch self {
        case .memory: MemoryWorkshopBus()
        case .redis: try RedisWorkshopBus(await TestRedis.shared(), isShared: true, namespace)
        case .ownRedis: try RedisWorkshopBus(await TestRedis.start(), isShared: false, namespace)
        }
    }
}

/// A bus in the memory of the test.
struct MemoryWorkshopBus: WorkshopBus {
    let memory = MemoryTransport()

    var namespace: String { memory.namespace }
    var transport: any BusTransport { memory }
    var url: String { "redis://127.0.0.1" }

    func add(_ envelope: Envelope, to key: String) async throws { memory.add(envelope, to: key) }
    func entries(of key: String) async throws -> [Envelope] { memory.entries(of: key) }
    func loseEverything() async throws { memory.flush() }
    func fill(to share: Double?) async throws {
        memory.pretend(BusMemory(bytes: Int((share ?? 0) * 1_000), limit: share.map { _ in 1_000 }))
    }
    func close() async {}
}

/// A namespace of its own on a Redis server.
struct RedisWorkshopBus: WorkshopBus {
    let namespace: String
    private let server: TestRedis
    private let isShared: Bool
    private let redis: RedisTransport
    private let client: RedisClient

    var url: String { server.url }

    /// A random namespace where none is given.
    init(_ server: TestRedis, isShared: Bool, _ namespace: String?) throws {
        self.namespace = namespace ?? "workshop-\(UInt64.random(in: .min ... .max))"
        self.server = server
        self.isShared = isShared
        let endpoint = try RedisEndpoint(url: server.url)
        var options = RedisTransportOptions()
        options.namespace = self.namespace
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

    func loseEverything() async throws {
        guard !isShared else { throw Missing(what: "Redis of its own") }
        try await client.flushall()
    }

    func fill(to share: Double?) async throws {
        guard !isShared else { throw Missing(what: "Redis of its own") }
        // Some weight, so that a share is more than the buffers of a few connections.
        try await client.send(RedisCommand("SETRANGE", [.string("\(namespace):ballast"), 33_554_431, "x"]))
        let used = Double(try await client.info("memory")["used_memory"] ?? "") ?? 0
        let limit = share.map { Int(used / $0) } ?? 0
        try await client.send(RedisCommand("CONFIG", ["SET", "maxmemory", RedisArgument(limit)]))
    }

    func close() async {
        await redis.close()
        await client.close()
    }
}
