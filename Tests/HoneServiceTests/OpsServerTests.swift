import Foundation
import HTTP
import Logging
import ServiceLifecycle
import TestServers
import Testing

@testable import HoneService

@Suite("the operators' port", .timeLimit(.minutes(1)))
struct OpsServerTests {
    private func withServer(_ health: Health, _ body: (String, HTTPClient) async throws -> Void) async throws {
        let port = try freePort()
        let registry = PrometheusRegistry()
        let server = OpsServer(
            host: "127.0.0.1", port: port, pages: OpsPages(health: health, metrics: registry),
            logger: Logger(label: "test"))
        let group = ServiceGroup(configuration: .init(services: [server], logger: Logger(label: "test")))
        let client = HTTPClient()
        let running = Task { try await group.run() }
        let base = "http://127.0.0.1:\(port)"
        try await eventually(within: .seconds(20), "the server listens") {
            (try? await client.send(HTTPRequest(url: base + "/metrics"))) != nil
        }
        try await body(base, client)
        await group.triggerGracefulShutdown()
        try await running.value
        await client.shutdown()
    }

    @Test("answers ready only while every check is healthy, and says why not")
    func readiness() async throws {
        let health = Health(
            alive: [HealthCheck("loop") { .healthy }],
            ready: [HealthCheck("bus") { .healthy }, HealthCheck("database") { .unhealthy("refused") }])
        try await withServer(health) { base, client in
            let alive = try await client.send(HTTPRequest(url: base + "/healthz"))
            #expect(alive.status == 200)
            let ready = try await client.send(HTTPRequest(url: base + "/readyz"))
            #expect(ready.status == 503)
            #expect(try ready.json([String: String].self) == ["status": "unhealthy", "database": "refused"])
            #expect(try await client.send(HTTPRequest(url: base + "/nothing")).status == 404)
        }
    }
}
