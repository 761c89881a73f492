import Redis
import TestServers
import Testing

@Suite("Sentinels", .timeLimit(.minutes(2)))
struct SentinelTests {
    @Test("they lead to the primary, and after it died to its successor")
    func failOver() async throws {
        let rig = try await TestSentinel.start()
        defer { rig.stop() }
        let client = RedisClient(
            try RedisEndpoint(url: rig.url), options: RedisOptions(longestBackoff: .milliseconds(200)))
        try await client.set("k", "1")
        try await withClient(of: rig.replica) { replica in
            try await eventually("it is replicated") { try await replica.get("k") == bytes("1") }
        }
        rig.primary.kill()
        try await eventually(within: .seconds(30), "the successor takes a write") {
            do {
                return try await client.set("k", "2")
            } catch let error as RedisError where error.isTransient {
                return false
            }
        }
        #expect(try await rig.primaryPort() == rig.replica.port)
        let kept = try await withClient(of: rig.replica) { try await $0.get("k") }
        #expect(kept == bytes("2"))
        await client.close()
    }

    @Test("a primary that is turned into a replica is left for its successor")
    func demoted() async throws {
        let rig = try await TestSentinel.start()
        defer { rig.stop() }
        let client = RedisClient(try RedisEndpoint(url: rig.url))
        try await client.set("k", "1")
        try await withClient(of: rig.primary) { primary in
            try await primary.send(RedisCommand("REPLICAOF", ["127.0.0.1", RedisArgument(rig.replica.port)]))
            let error = await errorOf { try await client.set("k", "2") }
            #expect(error?.isTransient == true)
            guard case .disconnected = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        await client.close()
    }

    @Test("a name that no sentinel knows is said at once")
    func unknownName() async throws {
        let rig = try await TestSentinel.start()
        defer { rig.stop() }
        let url = rig.url.replacing(TestSentinel.primaryName, with: "nobody")
        let client = RedisClient(try RedisEndpoint(url: url))
        let error = await errorOf { try await client.ping() }
        #expect(error == .invalidEndpoint(reason: "no sentinel knows a primary named nobody"))
        await client.close()
    }

    @Test("sentinels that are away are named, and those behind them asked")
    func away() async throws {
        let rig = try await TestSentinel.start()
        defer { rig.stop() }
        let nobody = try freePort()
        let patience = RedisOptions(connectPatience: .milliseconds(200))
        let url = "redis+sentinel://127.0.0.1:\(nobody),127.0.0.1:\(rig.ports[1])/mymaster"
        let client = RedisClient(try RedisEndpoint(url: url), options: patience)
        try await client.ping()
        await client.close()
        let lost = RedisClient(
            try RedisEndpoint(url: "redis+sentinel://127.0.0.1:\(nobody)/mymaster"), options: patience)
        let error = await errorOf { try await lost.ping() }
        #expect(error?.isTransient == true)
        #expect(error?.description.contains("mymaster of sentinels 127.0.0.1:\(nobody)") == true)
        await lost.close()
    }

    @Test("a password of their own opens them, and shows in no fault")
    func password() async throws {
        let rig = try await TestSentinel.start(password: "s&sam")
        defer { rig.stop() }
        for login in ["sentinel_password=s%26sam", "sentinel_username=default&sentinel_password=s%26sam"] {
            let client = RedisClient(try RedisEndpoint(url: "\(rig.url)?\(login)"))
            try await client.ping()
            await client.close()
        }
        for (login, code) in [("", "NOAUTH"), ("?sentinel_password=hush", "WRONGPASS")] {
            let client = RedisClient(try RedisEndpoint(url: rig.url + login))
            let error = await errorOf { try await client.ping() }
            guard case .server(let command, code, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(command.hasSuffix("at sentinel 127.0.0.1:\(rig.ports[0])"))
            #expect(error?.description.contains("hush") == false)
            await client.close()
        }
    }
}
