import BusTestKit
import Foundation
import HoneBus
import HoneRedis
import Redis
import TestServers

/// A namespace of its own on a real server.
struct RedisBusUnderTest: BusUnderTest {
    let namespace: String
    let client: RedisClient
    private let endpoint: RedisEndpoint

    init(on server: TestRedis) throws { try self.init(url: server.url) }

    init(url: String) throws {
        namespace = "test-\(UUID())"
        endpoint = try RedisEndpoint(url: url)
        client = RedisClient(endpoint)
    }

    func transport(partitions: Int) -> any BusTransport {
        var options = RedisTransportOptions()
        options.namespace = namespace
        options.partitions = partitions
        return RedisTransport(endpoint, options: options)
    }

    func add(_ envelope: Envelope, to key: String) async throws -> String {
        try await client.xadd(key, envelope.fields.map { RedisField($0.name, $0.value) }).description
    }

    func entries(of key: String) async throws -> [Envelope] {
        try await client.xrange(key).map { Envelope($0.fields.map { .init($0.name, $0.value) }) }
    }

    /// Only what this test owns: other tests share the server.
    func flush() async throws {
        let keys = try await client.send(RedisCommand("KEYS", ["\(namespace):*"]))
        try await client.del((keys.elements ?? []).compactMap(\.string))
    }
}
