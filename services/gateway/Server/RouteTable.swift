import HTTPTypes
import Hummingbird

/// Which methods each path takes, for requests that no route takes.
struct RouteTable: Sendable {
    private struct Entry {
        let parts: [Substring]
        var methods: Set<HTTPRequest.Method>
    }

    private let entries: [Entry]

    init(_ routes: [(path: String, method: HTTPRequest.Method)]) {
        let byPath = Dictionary(grouping: routes, by: \.path)
        entries = byPath.map { path, routes in
            Entry(parts: path.split(separator: "/"), methods: Set(routes.map(\.method)))
        }
    }

    /// As the header `Allow` has it; nil for a path that leads nowhere.
    func allowed(at path: String) -> String? {
        let parts = path.split(separator: "/")
        let taking = entries.filter { Self.matches(parts, $0.parts) }
        // As the router does: what is said in words goes before what a variable takes.
        let closest = taking.max { Self.words(in: $0.parts).lexicographicallyPrecedes(Self.words(in: $1.parts)) }
        guard var methods = closest?.methods else { return nil }
        if methods.contains(.get) { methods.insert(.head) }
        methods.insert(.options)
        return methods.map(\.rawValue).sorted().joined(separator: ", ")
    }

    /// 1 for each part that is a word, 0 for each that takes anything.
    private static func words(in template: [Substring]) -> [Int] { template.map { isVariable($0) ? 0 : 1 } }

    private static func isVariable(_ part: Substring) -> Bool {
        part.hasPrefix(":") || part.hasPrefix("{") || part.hasPrefix("*")
    }

    private static func matches(_ parts: [Substring], _ template: [Substring]) -> Bool {
        if template.last == "**", parts.count >= template.count {
            return matches(Array(parts.prefix(template.count - 1)), Array(template.dropLast()))
        }
        return parts.count == template.count
            && zip(parts, template).allSatisfy { $0 == $1 || isVariable($1) }
    }
}

/// Answers what no route takes: 404 for a path that leads nowhere, 405 for a method that the path does not take, and
/// OPTIONS.
struct UnroutedRequests: RouterMiddleware {
    let table: LateRouteTable

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard context.endpointPath == nil else { return try await next(request, context) }
        let path = request.uri.path
        guard let allowed = table.filled.allowed(at: path) ?? (path == "*" ? "GET, HEAD, OPTIONS, POST, PUT" : nil)
        else {
            throw Problem.notFound("such path")
        }
        guard request.method == .options else { throw Problem.methodNotAllowed(allowed) }
        return Response(status: .noContent, headers: [.allow: allowed])
    }
}
