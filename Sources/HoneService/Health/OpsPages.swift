import Foundation
package import Hummingbird

/// What operators' tools ask of a service over HTTP, on whichever port it is asked.
package struct OpsPages: Sendable {
    let health: Health
    let metrics: PrometheusRegistry
    /// Whether it is told why: names of hosts are nobody's business on a public port.
    var givesReasons = true

    /// 200 while the service lives, 503 when it is to be started again.
    package func alive() async -> Response { await answer(health.alive) }

    /// 200 while it can be given work.
    package func ready() async -> Response { await answer(health.ready) }

    /// Prometheus' text format.
    package func numbers() -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text())))
    }

    private func answer(_ checks: [HealthCheck]) async -> Response {
        var faults: [String: String] = [:]
        for check in checks {
            if case .unhealthy(let reason) = await check.check() {
                faults[check.name] = givesReasons ? reason : "unhealthy"
            }
        }
        let body = ["status": faults.isEmpty ? "ok" : "unhealthy"].merging(faults) { status, _ in status }
        let json = (try? JSONEncoder().encode(body)) ?? Data()
        return Response(
            status: faults.isEmpty ? .ok : .serviceUnavailable, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}
