import HTTPTypes
import Hummingbird

/// So many requests a minute for each caller, or each address where nobody has to say who it is. One gateway counts for
/// itself. The headers are those of draft-ietf-httpapi-ratelimit-headers-07.
struct RateLimit: RouterMiddleware {
    private let buckets: TokenBuckets<String>

    init(perMinute limit: Int) {
        buckets = TokenBuckets(capacity: limit, per: .seconds(60))
    }

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard !OpsRoutes.paths.contains(request.uri.path) else { return try await next(request, context) }
        let reading = buckets.take(key(context))
        guard reading.isAllowed else {
            var problem = Problem.tooManyRequests(retryAfter: reading.retryAfter)
            add(reading, to: &problem.headers)
            throw problem
        }
        do {
            var response = try await next(request, context)
            add(reading, to: &response.headers)
            return response
        } catch {
            var problem = Problem(error, logger: context.logger)
            add(reading, to: &problem.headers)
            throw problem
        }
    }

    private func key(_ context: GatewayContext) -> String {
        guard let caller = context.caller, caller != .local else { return "at:" + Lockout.name(context.remoteAddress) }
        return caller.id
    }

    private func add(_ reading: BucketReading, to headers: inout HTTPFields) {
        headers[.rateLimitLimit] = "\(buckets.capacity)"
        headers[.rateLimitRemaining] = "\(reading.remaining)"
        headers[.rateLimitReset] = "\(reading.resetSeconds)"
    }
}
