import Foundation
import HTTPTypes
import HoneCore
import HoneService
import Hummingbird
import Logging

/// Gives each request an id, and tells of it afterwards: in the log, and in numbers.
struct RequestObserver: RouterMiddleware {
    let metrics: RequestMetrics

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let id = Self.id(request.headers[.requestID]) ?? TaskID.new().description
        context.logger[metadataKey: "request_id"] = "\(id)"
        let start = ContinuousClock.now
        var response = try await next(request, context)
        let duration = ContinuousClock.now - start
        response.headers[.requestID] = id
        response.headers[.xContentTypeOptions] = "nosniff"
        if request.method == .head { response.headers[.headAnswer] = "yes" }
        let route = context.endpointPath ?? "none"
        metrics.record(route: route, method: request.method, status: response.status.code, duration)
        log(request, route, response.status.code, duration, context.logger)
        return response
    }

    /// The caller's own id, where it is one that may stand in a log.
    private static func id(_ text: String?) -> String? {
        guard let text, (1...128).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 == 0x2D || $0 == 0x2E || $0 == 0x5F || $0.isAlphanumeric })
        else { return nil }
        return text
    }

    /// The path alone: a query may hold a token.
    private func log(_ request: Request, _ route: String, _ status: Int, _ duration: Duration, _ logger: Logger) {
        logger.log(
            level: status >= 500 ? .warning : .debug, "answered a request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path)", "route": "\(route)",
                "status": "\(status)", "milliseconds": "\(Int(duration / .milliseconds(1)))",
            ])
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
