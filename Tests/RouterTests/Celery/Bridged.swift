import Foundation
import HoneCore
import HoneTestKit
import Redis
import TestServers
import Testing

@testable import Router

/// What tests of the Celery bridge have in common.
enum Bridged {
    /// A router with the bridge on, and a client of the broker.
    static func run(
        broker: TestRedis? = nil, routers: Int = 1, settings: [String: String] = [:],
        _ body: @Sendable @escaping (Workshop, RedisClient, String) async throws -> Void
    ) async throws {
        let queue = "celery-\(UUID())"
        let url = if let broker { broker.url } else { try await TestRedis.shared().url }
        let all = ["HONE_CELERY_QUEUE": queue, "HONE_CELERY_BROKER_URL": url].merging(settings) { $1 }
        let client = RedisClient(try RedisEndpoint(url: url))
        try await Workshop.open(on: .redis, settings: all) { workshop in
            try await workshop.running(Array(repeating: Router.self, count: routers)) {
                try await body(workshop, client, queue)
            }
        }
        await client.close()
    }

    static func send(_ message: CeleryMessage, to queue: String, _ client: RedisClient) async throws {
        try await client.lpush(queue, [.bytes(Array(try WireFormat.encode(message)))])
    }

    static func message(_ id: String = UUID().uuidString, _ headers: [String: JSONValue] = [:]) throws -> CeleryMessage
    {
        try CelerySample.message(
            CelerySample.body([], ["input": "x", "category": "analysis"]),
            headers: headers.merging(["id": .string(id)]) { $1 })
    }

    static func result(_ id: String, _ client: RedisClient) async throws -> JSONValue {
        let key = "celery-task-meta-\(id)"
        try await eventually(within: .seconds(20), "a result of \(id)") { try await client.get(key) != nil }
        return try WireFormat.decode(JSONValue.self, from: Data(try #require(try await client.get(key))))
    }
}
