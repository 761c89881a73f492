import HTTP
import Testing

extension HTTPClient {
    /// A client that the environment's proxies do not reach.
    static func direct(_ change: (inout HTTPClientOptions) -> Void = { _ in }) -> HTTPClient {
        var options = HTTPClientOptions(proxy: .none)
        change(&options)
        return HTTPClient(options: options)
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// The `HTTPError` that `body` throws, else a recorded issue.
func httpError(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async throws -> HTTPError {
    let error = await #expect(throws: HTTPError.self, sourceLocation: sourceLocation) { try await body() }
    return try #require(error, sourceLocation: sourceLocation)
}
