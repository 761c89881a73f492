import HTTPTypes
import Hummingbird

/// Lets pages of other origins call the gateway, where the operator names them (CORS, Fetch standard §3.3).
struct CrossOrigin: RouterMiddleware {
    typealias Context = GatewayContext

    let origins: [String]

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard let origin = request.headers[.origin], let allowed = Self.allowance(for: origin, origins) else {
            return try await next(request, context)
        }
        let isPreflight = request.method == .options && request.headers[.accessControlRequestMethod] != nil
        var response = isPreflight ? Self.preflight : try await next(request, context)
        response.headers[.accessControlAllowOrigin] = allowed
        response.headers[.accessControlExposeHeaders] = Self.exposed
        if allowed != "*" { response.headers.addVary("Origin") }
        return response
    }

    /// What the origin is told; nil when it is not named.
    static func allowance(for origin: String, _ origins: [String]) -> String? {
        origins.contains("*") ? "*" : origins.contains(origin) ? origin : nil
    }

    private static let exposed = """
        ETag, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-ID, \
        Idempotent-Replayed, WWW-Authenticate
        """

    private static let preflight = Response(
        status: .noContent,
        headers: [
            .accessControlAllowMethods: "GET, HEAD, POST, PUT, DELETE, OPTIONS",
            .accessControlAllowHeaders: """
            Authorization, Content-Type, Accept, Idempotency-Key, If-None-Match, Last-Event-ID, X-Request-ID, \
            traceparent
            """,
            .accessControlMaxAge: "600",
        ])
}

extension HTTPFields {
    /// Adds to what `Vary` names already.
    mutating func addVary(_ name: String) {
        self[.vary] = [self[.vary], name].compactMap(\.self).joined(separator: ", ")
    }
}
