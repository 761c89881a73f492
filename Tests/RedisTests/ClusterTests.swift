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
        var owners = Set<Int>()
        for key in keys { owners.insert(try await cluster.owner(of: KeySlot(of: key).number)) }
        #expect(owners == [0, 1, 2])
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
                { Array(try await client.transaction([.set("a", "1"), .set("b", "1")])) },
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
        try await withMovingCluster(key: "{m}") { client, cluster, place in
            try await client.set("{m}", "before")
            try await cluster.move(place.slot, to: place.target)
            #expect(try await client.get("{m}") == bytes("before"))
            #expect(try await client.transaction([.set("{m}", "after"), .get("{m}")]).last == .bulk(bytes("after")))
        }
    }

    @Test("a key that has gone ahead of its slot is asked for where it is, once per command")
    func asked() async throws {
        try await withMovingCluster(key: "{n}a") { client, cluster, place in
            try await client.set("{n}a", "1")
            try await client.set("{n}b", "1")
            try await cluster.beginMoving(place.slot, from: place.source, to: place.target)
            try await cluster.moveKeys(["{n}a"], from: place.source, to: place.target)
            #expect(try await client.incr("{n}a") == 2)
            #expect(try await client.incr("{n}b") == 2)
            #expect(try await client.transaction([.incr("{n}a"), .incr("{n}a")]) == [.integer(3), .integer(4)])
            let replies = try await client.pipeline([.incr("{n}b"), .incr("{n}a"), .incr("{n}b")])
            #expect(replies == [.integer(3), .integer(5), .integer(4)])
            try await cluster.moveKeys(["{n}b"], from: place.source, to: place.target)
            try await cluster.finishMoving(place.slot, from: place.source, to: place.target)
            #expect(try await client.get("{n}b") == bytes("4"))
        }
    }

    @Test("a transaction whose keys are on two nodes waits until they are together again")
    func tornApart() async throws {
        try await withMovingCluster(key: "{o}a") { client, cluster, place in
            for key in ["{o}a", "{o}b"] { try await client.set(key, "1") }
            try await cluster.beginMoving(place.slot, from: place.source, to: place.target)
            try await cluster.moveKeys(["{o}a"], from: place.source, to: place.target)
            let torn = Task { try await client.transaction([.incr("{o}a"), .incr("{o}b")]) }
            try await cluster.moveKeys(["{o}b"], from: place.source, to: place.target)
            try await cluster.finishMoving(place.slot, from: place.source, to: place.target)
            #expect(try await torn.value == [.integer(2), .integer(2)])
        }
    }

    @Test("keys that stay apart are given up after the patience, as something that may pass")
    func neverTogether() async throws {
        try await withMovingCluster(key: "{p}a", RedisOptions(connectPatience: .milliseconds(300))) {
            client, cluster, place in
            for key in ["{p}a", "{p}b"] { try await client.set(key, "1") }
            try await cluster.beginMoving(place.slot, from: place.source, to: place.target)
            try await cluster.moveKeys(["{p}a"], from: place.source, to: place.target)
            let error = await errorOf { try await client.transaction([.incr("{p}a"), .incr("{p}b")]) }
            guard case .busy("MULTI", "TRYAGAIN", _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            try await cluster.moveKeys(["{p}b"], from: place.source, to: place.target)
            try await cluster.finishMoving(place.slot, from: place.source, to: place.target)
        }
    }

    @Test("a read that blocks on a stream follows it to another node")
    func blockedRead() async throws {
        try await withMovingCluster(key: "s") { client, cluster, place in
            try await client.xgroupCreate("s", group: "g")
            let reader = client.newReader(options: RedisOptions(name: "follows"))
            let read = Task {
                try await reader.xreadgroup(group: "g", consumer: "c", streams: ["s"], block: .seconds(30))
            }
            try await withClient(of: cluster.nodes[place.source]) { node in
                try await eventually("it blocks") {
                    let clients = try await node.send(RedisCommand("CLIENT LIST")).string ?? ""
                    return clients.contains("name=follows") && clients.contains("cmd=xreadgroup")
                }
            }
            try await cluster.move(place.slot, to: place.target)
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
            let reader = client.newReader(options: RedisOptions(name: "wakes"))
            let read = Task {
                try await reader.xreadgroup(group: "g", consumer: "c", streams: [key], block: .seconds(30))
            }
            let node = cluster.nodes[try await cluster.owner(of: KeySlot(of: key).number)]
            try await withClient(of: node) { node in
                try await eventually("it blocks") {
                    let clients = try await node.send(RedisCommand("CLIENT LIST")).string ?? ""
                    return clients.contains("name=wakes") && clients.contains("cmd=xreadgroup")
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

    @Test("when a replica takes the place of its node, commands go there")
    func replicaTakesOver() async throws {
        let cluster = try await TestRedisCluster.start()
        defer { cluster.stop() }
        let replica = try await cluster.addReplica(of: 0)
        defer { replica.stop() }
        let client = RedisClusterClient(try RedisEndpoint(url: cluster.url))
        var key = ""
        for number in 0..<100 where try await cluster.owner(of: KeySlot(of: "k\(number)").number) == 0 {
            key = "k\(number)"
        }
        try await client.set(key, "1")
        cluster.nodes[0].kill()
        try await eventually(within: .seconds(40), "the successor takes a write") { [key] in
            do {
                return try await client.set(key, "2")
            } catch let error as RedisError where error.isTransient {
                return false
            }
        }
        let kept = try await withClient(of: replica) { try await $0.info("keyspace")["db0"] }
        #expect(kept != nil)
        await client.close()
    }

    @Test("a node that dies and comes back is waited for, and the others go on")
    func nodeRestarts() async throws {
        let cluster = try await TestRedisCluster.start(arguments: ["--cluster-require-full-coverage", "no"])
        defer { cluster.stop() }
        let client = RedisClusterClient(try RedisEndpoint(url: cluster.url))
        var keys: [Int: String] = [:]
        for number in 0..<100 { keys[try await cluster.owner(of: KeySlot(of: "k\(number)").number)] = "k\(number)" }
        let (first, second) = (try #require(keys[0]), try #require(keys[1]))
        for key in [first, second] { try await client.set(key, "1") }
        cluster.nodes[0].kill()
        #expect(try await client.get(second) == bytes("1"))
        let lost = await errorOf { _ = try await client.get(first) }
        #expect(lost?.isTransient == true)
        try await cluster.nodes[0].restart()
        try await eventually("it serves again") { try await client.set(first, "2") }
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

    /// The cluster, and a way for the slot of `key` to go.
    private func withMovingCluster(
        key: String, _ options: RedisOptions = .init(),
        _ body: (RedisClusterClient, TestRedisCluster, Place) async throws -> Void
    ) async throws {
        let cluster = try await TestRedisCluster.shared()
        let client = RedisClusterClient(try RedisEndpoint(url: cluster.url), options: options)
        let slot = KeySlot(of: key).number
        let source = try await cluster.owner(of: slot)
        try await body(client, cluster, Place(slot: slot, source: source, target: (source + 1) % 3))
        await client.close()
    }
}
