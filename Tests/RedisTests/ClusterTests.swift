import TestServers
import Testing

@testable import Redis

@Suite("A cluster", .timeLimit(.minutes(2)))
struct ClusterTests {
    @Test("what an endpoint leads to is found out, and commands reach the nodes of their keys")
    func routing() async throws {
        let cluster = try await TestRedisCluster.shared()
        let redis = RedisDeployment(try RedisEndpoint(url: cluster.url))
        guard case .cluster = try await redis.kind else {
            Issue.record("taken for a single server")
            return
        }
        let keys = (0..<50).map { _ in unique() }
        for key in keys { try await redis.set(key, .string(key)) }
        for key in keys { #expect(try await redis.get(key) == bytes(key)) }
        let replies = try await redis.pipeline(keys.map { RedisCommand.get($0) })
        #expect(replies == keys.map { .bulk(bytes($0)) })
        #expect(Set(try keys.map { try cluster.owner(of: KeySlot(of: $0).number) }).count == 3)
        await redis.close()
    }

    @Test("a single server is taken for what it is")
    func single() async throws {
        let redis = RedisDeployment(try RedisEndpoint(url: try await TestRedis.shared().url))
        guard case .server = try await redis.kind else {
            Issue.record("taken for a cluster")
            return
        }
        try await redis.ping()
        await redis.close()
        let error = await errorOf { try await redis.ping() }
        #expect(error == .closed(server: redis.endpoint.address))
    }

    @Test("a cluster has no second database, and says so")
    func database() async throws {
        let redis = RedisDeployment(try RedisEndpoint(url: try await TestRedisCluster.shared().url + "/2"))
        let error = await errorOf { try await redis.ping() }
        #expect(error == .invalidEndpoint(reason: "a Redis Cluster has database 0 only; leave the database out"))
        await redis.close()
    }

    @Test("scripts and transactions run at the node of their keys, and are sent to nodes that do not know them")
    func scripts() async throws {
        try await withCluster { (client, _) async throws in
            let script = RedisScript("return redis.call('INCRBY', KEYS[1], ARGV[1]) -- \(unique())")
            for number in 0..<6 {
                let key = unique("{\(number)}")
                #expect(try await client.run(script, keys: [key], arguments: [3]).int == 3)
                #expect(try await client.transaction([.incr(key), .get(key)]) == [.integer(4), .bulk(bytes("4"))])
            }
        }
    }

    @Test("keys of several slots in one command or transaction are refused by name")
    func crossSlot() async throws {
        try await withCluster { (client, _) async throws in
            for work in [
                { try await client.transaction([.set("a", "1"), .set("b", "1")]) },
                {
                    try await client.del(["a", "b"]); return []
                },
            ] as [() async throws -> [RedisValue]] {
                let error = await errorOf { _ = try await work() }
                guard case .server(_, "CROSSSLOT", _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
            #expect(try await client.get("a") == nil)
        }
    }

    @Test("all nodes take the login of the first")
    func login() async throws {
        let cluster = try await TestRedisCluster.start(
            arguments: ["--user", "kai", "on", ">hush", "~*", "+@all"])
        defer { cluster.stop() }
        let url = "redis://kai:hush@127.0.0.1:\(cluster.nodes[0].port)"
        let client = RedisClusterClient(try RedisEndpoint(url: url), options: RedisOptions(name: "mine"))
        for number in 0..<20 { try await client.set("{\(number)}", "v") }
        for node in cluster.nodes {
            try await withClient(of: node) { other in
                let clients = try await other.send(RedisCommand("CLIENT LIST")).string ?? ""
                let mine = clients.split(separator: "\n").filter { $0.contains("name=mine") }
                #expect(mine.contains { $0.contains("user=kai") } && mine.allSatisfy { $0.contains("user=kai") })
            }
        }
        await client.close()
    }

    @Test("a moved slot is followed, and its new owner is remembered")
    func moved() async throws {
        try await withMovingCluster(key: "k") { client, cluster, place in
            try await client.set("k", "before")
            try cluster.move(place.slot, to: place.target)
            #expect(try await client.get("k") == bytes("before"))
            #expect(try await client.transaction([.set("k", "after"), .get("k")]).last == .bulk(bytes("after")))
        }
    }

    @Test("a key that has gone ahead of its slot is asked for where it is, once per command")
    func asked() async throws {
        try await withMovingCluster(key: "{s}a") { client, cluster, place in
            try await client.set("{s}a", "1")
            try await client.set("{s}b", "1")
            try cluster.beginMoving(place.slot, from: place.source, to: place.target)
            try cluster.moveKeys(["{s}a"], from: place.source, to: place.target)
            #expect(try await client.incr("{s}a") == 2)
            #expect(try await client.incr("{s}b") == 2)
            #expect(try await client.transaction([.incr("{s}a"), .incr("{s}a")]) == [.integer(3), .integer(4)])
            let replies = try await client.pipeline([.incr("{s}b"), .incr("{s}a"), .incr("{s}b")])
            #expect(replies == [.integer(3), .integer(5), .integer(4)])
            try cluster.moveKeys(["{s}b"], from: place.source, to: place.target)
            try cluster.finishMoving(place.slot, from: place.source, to: place.target)
            #expect(try await client.get("{s}b") == bytes("4"))
        }
    }

    @Test("a transaction whose keys are on two nodes waits until they are together again")
    func tornApart() async throws {
        try await withMovingCluster(key: "{s}a") { client, cluster, place in
            for key in ["{s}a", "{s}b"] { try await client.set(key, "1") }
            try cluster.beginMoving(place.slot, from: place.source, to: place.target)
            try cluster.moveKeys(["{s}a"], from: place.source, to: place.target)
            let torn = Task { try await client.transaction([.incr("{s}a"), .incr("{s}b")]) }
            try cluster.moveKeys(["{s}b"], from: place.source, to: place.target)
            try cluster.finishMoving(place.slot, from: place.source, to: place.target)
            #expect(try await torn.value == [.integer(2), .integer(2)])
        }
    }

    @Test("keys that stay apart are given up after the patience, as something that may pass")
    func neverTogether() async throws {
        try await withMovingCluster(key: "{s}a", RedisOptions(connectPatience: .milliseconds(300))) {
            client, cluster, place in
            for key in ["{s}a", "{s}b"] { try await client.set(key, "1") }
            try cluster.beginMoving(place.slot, from: place.source, to: place.target)
            try cluster.moveKeys(["{s}a"], from: place.source, to: place.target)
            let error = await errorOf { try await client.transaction([.incr("{s}a"), .incr("{s}b")]) }
            guard case .busy("MULTI", "TRYAGAIN", _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("a read that blocks on a stream follows it to another node")
    func blockedRead() async throws {
        try await withMovingCluster(key: "s") { client, cluster, place in
            try await client.xgroupCreate("s", group: "g")
            let reader = client.newReader(options: RedisOptions())
            let read = Task {
                try await reader.xreadgroup(group: "g", consumer: "c", streams: ["s"], block: .seconds(30))
            }
            try await withClient(of: cluster.nodes[place.source]) { node in
                try await eventually("it blocks") { try await node.info("clients")["blocked_clients"] == "1" }
            }
            try cluster.move(place.slot, to: place.target)
            let id = try await client.xadd("s", [RedisField("n", "1")])
            #expect(try await read.value.first?.entries.map(\.id) == [id])
            await reader.close()
        }
    }

    @Test("a blocked reader can be woken up from outside, and loses nothing")
    func unblocked() async throws {
        try await withCluster { client, cluster in
            let key = unique("stream")
            try await client.xgroupCreate(key, group: "g")
            let reader = client.newReader(options: RedisOptions())
            let read = Task {
                try await reader.xreadgroup(group: "g", consumer: "c", streams: [key], block: .seconds(30))
            }
            let node = cluster.nodes[try cluster.owner(of: KeySlot(of: key).number)]
            try await withClient(of: node) { node in
                try await eventually("it blocks") {
                    let clients = try await node.send(RedisCommand("CLIENT LIST")).string ?? ""
                    return clients.contains("cmd=xreadgroup")
                }
            }
            await client.unblock(reader)
            #expect(try await read.value.isEmpty)
            try await client.xadd(key, [RedisField("n", "1")])
            await client.unblock(reader)
            #expect(
                try await reader.xreadgroup(group: "g", consumer: "c", streams: [key], block: .seconds(30)).count == 1)
            await reader.close()
        }
    }

    @Test("a node that dies and comes back is waited for, and the others go on")
    func nodeRestarts() async throws {
        let cluster = try await TestRedisCluster.start(arguments: ["--cluster-require-full-coverage", "no"])
        defer { cluster.stop() }
        let client = RedisClusterClient(try RedisEndpoint(url: cluster.url))
        let keys = (0..<3).compactMap { node in
            (0..<1_000).map { "k\($0)" }.first { (try? cluster.owner(of: KeySlot(of: $0).number)) == node }
        }
        for key in keys { try await client.set(key, "1") }
        cluster.nodes[0].kill()
        #expect(try await client.get(keys[1]) == bytes("1"))
        let lost = await errorOf { _ = try await client.get(keys[0]) }
        #expect(lost?.isTransient == true)
        try await cluster.nodes[0].restart()
        try await eventually("it serves again") { try await client.set(keys[0], "2") }
        await client.close()
    }
}

extension ClusterTests {
    private func withCluster(
        _ body: (RedisClusterClient, TestRedisCluster) async throws -> Void
    ) async throws {
        let cluster = try await TestRedisCluster.shared()
        let client = RedisClusterClient(try RedisEndpoint(url: cluster.url))
        try await body(client, cluster)
        await client.close()
    }

    struct Place {
        let slot: Int
        let source: Int
        let target: Int
    }

    /// A cluster of one's own, and the way that the slot of `key` is to go.
    private func withMovingCluster(
        key: String, _ options: RedisOptions = .init(),
        _ body: (RedisClusterClient, TestRedisCluster, Place) async throws -> Void
    ) async throws {
        let cluster = try await TestRedisCluster.start()
        defer { cluster.stop() }
        let client = RedisClusterClient(try RedisEndpoint(url: cluster.url), options: options)
        let slot = KeySlot(of: key).number
        let source = try cluster.owner(of: slot)
        try await body(client, cluster, Place(slot: slot, source: source, target: (source + 1) % 3))
        await client.close()
    }
}
