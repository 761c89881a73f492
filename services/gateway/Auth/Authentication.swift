import Hummingbird

/// Finds out who asks. A fault is told by the first who needs to know: a route that is open to all never does.
struct Authentication: RouterMiddleware {
    let authenticator: Authenticator

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        do {
            context.caller = try await authenticator.caller(of: request, from: context.remoteAddress)
        } catch {
            context.callerFault = error
        }
        return try await next(request, context)
    }
}
