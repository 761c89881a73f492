import HoneCore
import Hummingbird

/// The routes of one area of the API. Every handler is thin: read the request, ask the store or the bus, answer.
protocol RouteArea: Sendable {
    func add(to router: Router<GatewayContext>)
}

extension RouterMethods where Context == GatewayContext {
    /// A route for callers of at least `role`. Whoever has less is answered 403, whoever is nobody 401.
    func on(
        _ method: HTTPRequest.Method, _ path: RouterPath, for role: Role,
        use handler: @escaping @Sendable (Request, GatewayContext) async throws -> some ResponseGenerator
    ) {
        on(path, method: method) { request, context in
            try context.require(role)
            return try await handler(request, context)
        }
    }
}
