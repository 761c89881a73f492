import Hummingbird

/// Refuses requests of the API whose `Accept` excludes what the route answers (RFC 9110 §12.5.1).
struct Negotiation: RouterMiddleware {
    typealias Context = GatewayContext

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let path = context.endpointPath ?? ""
        if path.hasPrefix("/api/"), let accept = request.headers[.accept] {
            let media = Self.media(of: path)
            guard Self.accepts(accept, oneOf: media) else { throw Problem.notAcceptable(media) }
        }
        return try await next(request, context)
    }

    /// What the route may answer.
    private static func media(of path: String) -> [String] {
        if path.hasSuffix("/events") { return ["text/event-stream"] }
        if path.hasSuffix("/leaderboard") { return ["application/json", "text/csv"] }
        return ["application/json"]
    }

    static func accepts(_ header: String, oneOf media: [String]) -> Bool {
        let ranges = header.split(separator: ",").map { range in
            range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        }
        return media.contains { media in
            let type = media.prefix { $0 != "/" }
            let fitting = ranges.filter { [media, "\(type)/*", "*/*"].contains($0.first) }
            // The most specific range decides: `*/*;q=1, application/json;q=0` excludes JSON.
            let closest = fitting.max { specificity($0[0]) < specificity($1[0]) }
            return closest.map(quality) ?? 0 > 0
        }
    }

    private static func specificity(_ range: String) -> Int { range == "*/*" ? 0 : range.hasSuffix("/*") ? 1 : 2 }

    private static func quality(_ range: [String]) -> Double {
        range.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
    }
}
