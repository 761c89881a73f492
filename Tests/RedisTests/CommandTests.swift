import Redis
import TestServers
import Testing

@Suite("Commands", .timeLimit(.minutes(1)))
struct CommandTests {
    @Test("a value can be set, for a time, only once, and deleted")
    func strings() async throws {
        try await withClient { client in
            let key = unique()
            #expect(try await client.get(key) == nil)
            #expect(try await client.set(key, .bytes([0, 200])))
            #expect(try await client.get(key) == [0, 200])
            #expect(try await !client.set(key, "other", onlyIfAbsent: true))
            #expect(try await client.exists([key, unique()]) == 1)
            #expect(try await client.expire(key, after: .seconds(100)))
            #expect(try await !client.expire(unique(), after: .seconds(100)))
            let left = try await client.send(RedisCommand("TTL", [.string(key)])).int ?? 0
            #expect((1...100).contains(left))
            #expect(try await client.del([key, unique()]) == 1)
            try await client.set(key, "short", expiry: .milliseconds(5))
            try await eventually("the key expires") { try await client.get(key) == nil }
        }
    }

    @Test("a counter counts from zero, and by steps")
    func counters() async throws {
        try await withClient { (client) async throws in
            let key = unique()
            #expect(try await client.incr(key) == 1)
            #expect(try await client.incr(key, by: -5) == -4)
        }
    }

    @Test("a hash keeps its fields")
    func hashes() async throws {
        try await withClient { (client) async throws in
            let key = unique()
            #expect(try await client.hset(key, [RedisField("a", "1"), RedisField("b", [255])]) == 2)
            #expect(try await client.hset(key, [RedisField("a", "2")]) == 0)
            #expect(try await client.hgetall(key) == ["a": bytes("2"), "b": [255]])
            #expect(try await client.hgetall(unique()).isEmpty)
        }
    }

    @Test("a sorted set gives its members by score")
    func sortedSets() async throws {
        try await withClient { client in
            let key = unique()
            let members = [1.5, 2, 1e300].enumerated().map { RedisScoredMember("m\($0)", score: $1) }
            #expect(try await client.zadd(key, members) == 3)
            #expect(try await client.zadd(key, [RedisScoredMember("m1", score: 3)]) == 0)
            #expect(try await client.zcard(key) == 3)
            #expect(try await client.zscore(key, "m2") == 1e300)
            #expect(try await client.zscore(key, "nobody") == nil)
            #expect(try await client.zcount(key, max: 3) == 2)
            #expect(try await client.zcount(key, min: .excluding(1.5), max: .excluding(3)) == 0)
            #expect(try await client.zrangeByScore(key, max: 10, limit: 1) == [bytes("m0")])
            let scored = try await client.zrangeByScoreWithScores(key, min: 2, limit: 5)
            #expect(scored == [RedisScoredMember("m1", score: 3), members[2]])
            #expect(try await client.zrangeByScoreWithScores(unique()).isEmpty)
            #expect(try await client.zrem(key, ["m0", "nobody"]) == 1)
        }
    }

    @Test("empty lists of ids, keys or members ask the server nothing")
    func emptyLists() async throws {
        let client = RedisClient(RedisEndpoint(host: "127.0.0.1", port: try freePort()))
        #expect(try await client.del([]) == 0)
        #expect(try await client.xack("k", group: "g", ids: []) == 0)
        #expect(try await client.zadd("k", []) == 0)
        #expect(try await client.pipeline([]).isEmpty)
        #expect(try await client.transaction([]).isEmpty)
        await client.close()
    }

    @Test("the server tells about itself")
    func server() async throws {
        try await withClient { client in
            try await client.ping()
            #expect(try await client.info("server")["redis_version"]?.isEmpty == false)
            #expect(try await client.info()["tcp_port"] != nil)
            #expect(try await client.time() > .seconds(1_700_000_000))
            #expect(try await client.configGet("appendonly") == ["appendonly": "no"])
        }
    }

    @Test("flushing empties the server", .timeLimit(.minutes(1)))
    func flush() async throws {
        let server = try await TestRedis.start()
        defer { server.stop() }
        try await withClient(of: server) { client in
            try await client.set("k", "v")
            try await client.flushall()
            #expect(try await client.exists(["k"]) == 0)
        }
    }

    @Test("a command on the wrong kind of value names itself and is not tried again")
    func wrongType() async throws {
        try await withClient { client in
            let key = unique()
            try await client.set(key, "v")
            let error = await errorOf { _ = try await client.xlen(key) }
            guard case .server(let command, let code, let message) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(command == "XLEN" && code == "WRONGTYPE" && !message.contains(key))
            #expect(error?.isTransient == false)
        }
    }

    @Test("a reply of the wrong shape is an error, not a guess")
    func unexpected() async throws {
        try await withClient { client in
            let key = unique()
            try await client.send(RedisCommand("SADD", [.string(key), "a"]))
            let error = await errorOf { _ = try await client.xadd(key, [], id: "?") }
            #expect(error != nil)
        }
    }
}
