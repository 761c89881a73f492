import HTTPTypes
import Hummingbird

/// Refuses bodies that are too large: at once where the length is told, else while they are read. Nothing behind it has a
/// limit of its own.
struct BodyLimit: RouterMiddleware {
    let usual: Int
    /// By the path of the route.
    let special: [String: Int]

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let limit = context.endpointPath.flatMap { special[$0] } ?? usual
        var request = request
        if let length = request.headers[.contentLength] {
            guard let length = Int(length), length <= limit else { throw Problem.tooLarge(limit: limit) }
        } else if request.headers[.transferEncoding] != nil {
            request.body = RequestBody(asyncSequence: LimitedBody(whole: request.body, limit: limit))
        }
        return try await next(request, context)
    }
}

/// A body that ends with a problem when it gets too long.
private struct LimitedBody: AsyncSequence, Sendable {
    let whole: RequestBody
    let limit: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        var whole: RequestBody.AsyncIterator
        var left: Int
        let limit: Int

        @concurrent mutating func next() async throws -> ByteBuffer? {
            guard let part = try await whole.next() else { return nil }
            left -= part.readableBytes
            guard left >= 0 else { throw Problem.tooLarge(limit: limit) }
            return part
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(whole: whole.makeAsyncIterator(), left: limit, limit: limit)
    }
}
