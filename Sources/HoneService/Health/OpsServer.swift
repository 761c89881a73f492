import Foundation
import Hummingbird
import Logging
import ServiceLifecycle

/// The small HTTP server for operators on every service: `/metrics`, `/healthz`, `/readyz`.
struct OpsServer: Service {
    let host: String
    let port: Int
    let health: Health
    let metrics: PrometheusRegistry
    let logger: Logger

    func run() async throws {
        let router = Hummingbird.Router()
        router.get("/metrics") { [metrics] _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text())))
        }
        router.get("/healthz") { [health] _, _ in await Self.answer(health.alive) }
        router.get("/readyz") { [health] _, _ in await Self.answer(health.ready) }
        let application = Application(
            router: router, configuration: .init(address: .hostname(host, port: port)), logger: logger)
        try await application.run()
    }

    private static func answer(_ checks: [HealthCheck]) async -> Response {
        var faults: [String: String] = [:]
        for check in checks {
            if case .unhealthy(let reason) = await check.check() { faults[check.name] = reason }
        }
        let body = ["status": faults.isEmpty ? "ok" : "unhealthy"].merging(faults) { status, _ in status }
        let json = (try? JSONEncoder().encode(body)) ?? Data()
        return Response(
            status: faults.isEmpty ? .ok : .serviceUnavailable, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}
