import TestServers
import Testing

@testable import Redis

@Suite("A cluster of which several nodes are named", .timeLimit(.minutes(2)))
struct ClusterSeedTests {
    @Test("of several nodes in the URL some may be away")
    func seeds() async throws {
        let cluster = try await TestRedisCluster.start()
        defer { cluster.stop() }
        let url =
            "redis://127.0.0.1:\(try freePort()),127.0.0.1:\(cluster.nodes[0].port),127.0.0.1:\(cluster.nodes[1].port)"
        let redis = RedisDeployment(try RedisEndpoint(url: url))
        try await redis.set("k", "1")
        #expect(try await redis.servers.count == 3)
        cluster.nodes[0].kill()
        let second = RedisDeployment(try RedisEndpoint(url: url))
        guard case .cluster(let client) = try await second.kind else {
            Issue.record("taken for a single server")
            return
        }
        #expect(try await client.nodes.count == 3)
        for deployment in [redis, second] { await deployment.close() }
    }

    @Test("when none of several nodes answers, all are named, and waiting may help")
    func seedsAway() async throws {
        let (one, two) = (try freePort(), try freePort())
        let redis = RedisDeployment(
            try RedisEndpoint(url: "redis://127.0.0.1:\(one),127.0.0.1:\(two)"),
            options: RedisOptions(connectPatience: .milliseconds(200)))
        let error = await errorOf { try await redis.ping() }
        #expect(error?.isTransient == true)
        #expect(error?.description.contains("127.0.0.1:\(one),127.0.0.1:\(two)") == true)
        await redis.close()
    }

    @Test("several servers that are no cluster are refused")
    func severalServers() async throws {
        let port = try await TestRedis.shared().port
        let redis = RedisDeployment(try RedisEndpoint(url: "redis://127.0.0.1:\(port),127.0.0.1:\(port)"))
        let error = await errorOf { try await redis.ping() }
        guard case .invalidEndpoint(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("no Redis Cluster"))
        await redis.close()
    }
}
