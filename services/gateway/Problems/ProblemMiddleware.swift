import HoneCore
import Hummingbird

/// Makes a problem of everything that goes wrong, so that no answer is without form and none tells of our insides.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = GatewayContext

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return try Problem(error, logger: context.logger).response(from: request, context: context)
        }
    }
}
