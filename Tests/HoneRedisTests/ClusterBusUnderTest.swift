import BusTestKit
import Foundation
import HoneBus
import HoneRedis
import Redis
import TestServers

/// A namespace of its own on a real cluster, its internal topics spread over partitions.
struct ClusterBusUnderTest: BusUnderTest {
    let namespace: String
    let client: RedisDeployment
    private let cluster: TestRedisCluster
    private let endpoint: RedisEndpoint
    private let partitions: Int?

    /// `partitions` is for all transports, nil for as many as each behaviour asks.
    init(on cluster: TestRedisCluster, partitions: Int? = nil) throws {
        namespace = "test-\(UUID())"
        self.cluster = cluster
        self.partitions = partitions
        endpoint = try RedisEndpoint(url: cluster.url)
        client = RedisDeployment(endpoint)
    }

    func transport(partitions: Int) -> any BusTransport {
        var options = RedisTransportOptions()
        options.namespace = namespace
        options.partitions = self.partitions ?? partitions
        return RedisTransport(endpoint, options: options)
    }

    func add(_ envelope: Envelope, to key: String) async throws -> String {
        let fields = envelope.fields.map { RedisField($0.name, $0.value) }
        return try await client.xadd(streams(of: key)[0], fields).description
    }

    func entries(of key: String) async throws -> [Envelope] {
        var entries: [RedisStreamEntry] = []
        for stream in streams(of: key) { entries += try await client.xrange(stream) }
        return entries.map { Envelope($0.fields.map { .init($0.name, $0.value) }) }
    }

    /// The partitions of an internal topic, given by the key it has without them.
    private func streams(of key: String) -> [String] {
        let prefix = namespace + ":"
        guard let partitions, key != prefix + "dead" else { return [key] }
        return (0..<partitions).map { prefix + "{\($0)}:" + key.dropFirst(prefix.count) }
    }

    /// Only what this test owns: other tests share the cluster.
    func flush() async throws {
        for server in cluster.nodes {
            let node = RedisClient(try RedisEndpoint(url: server.url))
            let keys = try await node.send(RedisCommand("KEYS", ["\(namespace):*"]))
            for key in (keys.elements ?? []).compactMap(\.string) { try await client.del([key]) }
            await node.close()
        }
    }
}
