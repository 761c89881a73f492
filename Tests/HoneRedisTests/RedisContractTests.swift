import BusTestKit
import TestServers
import Testing

@Suite("The bus on Redis", .timeLimit(.minutes(3)))
struct RedisContractTests {
    private static let turnstile = Turnstile(16)

    @Test("keeps the bus's promises", arguments: BusContract.all)
    func contract(_ behaviour: BusBehaviour) async throws {
        let server = try await TestRedis.shared()
        try await Self.turnstile.pass {
            try await behaviour.check { _ in try RedisBusUnderTest(on: server) }
        }
    }

    @Test("keeps them on a cluster", arguments: BusContract.all)
    func clustered(_ behaviour: BusBehaviour) async throws {
        let cluster = try await TestRedisCluster.shared()
        try await Self.turnstile.pass {
            try await behaviour.check { _ in try ClusterBusUnderTest(on: cluster) }
        }
    }

    @Test("keeps them on a cluster with its topics in eight partitions", arguments: BusContract.partitioned)
    func partitioned(_ behaviour: BusBehaviour) async throws {
        let cluster = try await TestRedisCluster.shared()
        try await Self.turnstile.pass {
            try await behaviour.check { _ in try ClusterBusUnderTest(on: cluster, partitions: 8) }
        }
    }
}
