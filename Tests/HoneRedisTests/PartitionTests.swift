import BusTestKit
import HoneBus
import HoneCore
import HoneRedis
import Redis
import TestServers
import Testing

@Suite("Partitions", .timeLimit(.minutes(1)))
struct PartitionTests {
    @Test("on a single server every message of every partition is consumed, under the keys of the contract")
    func singleServer() async throws {
        let bus = try RedisBusUnderTest(on: try await TestRedis.shared())
        let bench = Workbench(bus, partitions: 4)
        let (works, errands) = (Record<Int>(), Record<Int>())
        let site = try bench.start { consumer in
            try consumer.handle(
                EachOf(TestWork.self) {
                    works.note($0.body.number); return .done
                })
            try consumer.handle(
                EachOf(TestErrand.self) {
                    errands.note($0.body.number); return .done
                })
        }
        try await bench.publish((0..<200).map { TestWork($0) })
        try await bench.publish((0..<60).map { TestErrand($0, Lane.allCases[$0 % 3]) })
        try await eventually(within: .seconds(30), "all are consumed") { works.count == 200 && errands.count == 60 }
        try await site.stop()
        #expect(works.all.sorted() == Array(0..<200) && errands.all.sorted() == Array(0..<60))
        let found = try await bus.client.send(RedisCommand("KEYS", ["\(bus.namespace):*test.*"]))
        let names = ["test.work"] + Lane.allCases.map { "test.errands.\($0.rawValue)" }
        let expected = (0..<4).flatMap { partition in names.map { "\(bus.namespace):{\(partition)}:\($0)" } }
        #expect(Set((found.elements ?? []).compactMap(\.string)) == Set(expected))
    }

    @Test("one who waits for many partitions wakes up for any of them, with little delay", arguments: [1, 8])
    func wakesUp(_ partitions: Int) async throws {
        let cluster = try await TestRedisCluster.shared()
        let bench = Workbench(try ClusterBusUnderTest(on: cluster, partitions: partitions))
        let member = bench.member("waits")
        try await bench.transport.prepare([TestWork.topic])
        let turns = bench.transport.streams(of: TestWork.topic).map { FetchRequest.Turn($0, 1) }
        for number in 0..<20 {
            let request = FetchRequest(turns, limit: 1, wait: .seconds(30))
            async let fetched = bench.transport.fetch(request, as: member)
            try await bench.publish([TestWork(number)])
            let start = ContinuousClock.now
            #expect(try await fetched.count == 1)
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    @Test("the memory of a cluster is that of its fullest node")
    func memory() async throws {
        let cluster = try await TestRedisCluster.shared()
        let limited = RedisClient(try RedisEndpoint(url: cluster.nodes[1].url))
        try await limited.send(RedisCommand("CONFIG SET", ["maxmemory", 1_000_000_000]))
        let transport = try RedisTransport(RedisEndpoint(url: cluster.url))
        #expect(try await transport.memory().limit == 1_000_000_000)
        await transport.close()
        await limited.close()
    }

    @Test("a broadcast topic in partitions is read as a whole")
    func tail() async throws {
        let cluster = try await TestRedisCluster.shared()
        let bench = Workbench(try ClusterBusUnderTest(on: cluster, partitions: 4))
        let streams = bench.transport.streams(of: TestNews.topic)
        let seen = Record<StreamName>()
        let reader = Task {
            for try await delivery in bench.transport.tail(TestNews.topic, from: .oldest) { seen.note(delivery.stream) }
        }
        for (round, stream) in (streams + streams).enumerated() {
            let client = RedisDeployment(try RedisEndpoint(url: cluster.url))
            try await client.xadd(
                stream.key(in: bench.bus.namespace), [RedisField("data", #"{"number":\#(round)}"#)])
            await client.close()
            try await eventually("it is seen") { seen.count == round + 1 }
        }
        reader.cancel()
        _ = await reader.result
        #expect(seen.all == streams + streams)
    }
}
