import BusTestKit
import Foundation
import HoneMessages
import HoneRedis
import HoneService
import HoneTestKit
import Redis
import TestServers
import Testing

@testable import Router

@Suite("The Celery bridge beside clusters and sentinels", .timeLimit(.minutes(3)))
struct CeleryClusterTests {
    private func refusal(_ settings: [String: String]) async throws -> SettingsFault? {
        let queue = ["HONE_CELERY_QUEUE": "celery-\(UUID())"]
        let fault = Record<SettingsFault>()
        try await Workshop.open(on: .redis, settings: queue.merging(settings) { $1 }) { workshop in
            do {
                try await workshop.running([Router.self]) {}
            } catch let refusal as SettingsFault {
                fault.note(refusal)
            }
        }
        return fault.all.first
    }

    @Test("a cluster as Hone's own Redis is no broker: the setting to give is named at the start")
    func cluster() async throws {
        let url = try await TestRedisCluster.shared().url
        let address = url.replacing("redis://", with: "")
        let reason = "expected one Redis server, or sentinels: \(address) is a Redis Cluster, which Celery cannot use"
        #expect(try await refusal(["REDIS_URL": url])?.lines == ["HONE_CELERY_BROKER_URL: \(reason)"])
        let broker = ["HONE_CELERY_BROKER_URL": try await TestRedis.shared().url]
        let results = try await refusal(broker.merging(["HONE_CELERY_RESULT_URL": url]) { $1 })
        #expect(results?.lines == ["HONE_CELERY_RESULT_URL: \(reason)"])
        #expect(try await refusal(broker) == nil)
    }

    @Test("several hosts are a cluster, and another broker than Redis is none, whether or not it is there")
    func unreadable() async throws {
        let several = try await refusal(["REDIS_URL": "redis://:hush@one,two:7001"])
        let reason = "one:6379,two:7001 is a Redis Cluster, which Celery cannot use"
        #expect(several?.lines == ["HONE_CELERY_BROKER_URL: expected one Redis server, or sentinels: \(reason)"])
        let rabbit = try await refusal(["HONE_CELERY_BROKER_URL": "amqp://guest:hush@rabbit"])
        #expect(rabbit?.lines.first?.hasPrefix("HONE_CELERY_BROKER_URL: expected one Redis server") == true)
        #expect(rabbit?.description.contains("hush") == false)
    }

    @Test("a broker with another password is refused at the start, too")
    func password() async throws {
        let server = try await TestRedis.start(arguments: ["--requirepass", "hush1"])
        let refusal = try await refusal(["HONE_CELERY_BROKER_URL": "redis://:hush2@127.0.0.1:\(server.port)"])
        let line = try #require(refusal?.lines.first)
        #expect(line.hasPrefix("HONE_CELERY_BROKER_URL: ") && line.contains("WRONGPASS") && !line.contains("hush"))
    }

    @Test("a cluster that turns up later is named, too")
    func later() async throws {
        let url = try await TestRedisCluster.shared().url
        let queue = try CeleryQueue(url: url, name: "celery-\(UUID())", namespace: "t")
        await #expect(throws: (any Error).self) { try await queue.take(limit: 1, lease: .seconds(1)) }
        do {
            _ = try await queue.take(limit: 1, lease: .seconds(1))
        } catch {
            #expect("\(error)".contains("is a Redis Cluster, which Celery cannot use"))
        }
        await queue.close()
    }

    @Test("sentinels lead to the broker, and after its end to its successor")
    func sentinels() async throws {
        let rig = try await TestSentinel.start()
        defer { rig.stop() }
        let (name, client) = ("celery-\(UUID())", RedisClient(try RedisEndpoint(url: rig.url)))
        let settings = ["HONE_CELERY_QUEUE": name, "HONE_CELERY_BROKER_URL": rig.url]
        try await Workshop.open(on: .redis, settings: settings) { workshop in
            try await workshop.running([Router.self]) {
                try await Bridged.send(try Bridged.message(), to: name, client)
                _ = try await workshop.posted(TaskAssigned.self, reaching: 1)
                rig.primary.kill()
                try await eventually(within: .seconds(30), "the successor takes a message") {
                    do {
                        try await Bridged.send(try Bridged.message(), to: name, client)
                        return true
                    } catch let error as RedisError where error.isTransient {
                        return false
                    }
                }
                _ = try await workshop.posted(TaskAssigned.self, reaching: 2, within: .seconds(40))
            }
        }
        await client.close()
    }
}
