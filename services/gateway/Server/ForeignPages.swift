import HTTPTypes
import Hummingbird

/// Where nobody has to say who they are, every page that a browser on this machine shows could ask. It is kept out:
/// changes and sockets by its origin, and what it reads by the name under which it reached us (DNS rebinding).
struct ForeignPages: RouterMiddleware {
    let origins: [String]

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let host = request.head.authority ?? ""
        guard Self.isOurs(host) else {
            throw Problem.foreign("Without authentication the gateway answers to localhost and to addresses alone.")
        }
        if let origin = request.headers[.origin], !Self.isReading(request), !isKnown(origin, host) {
            throw Problem.foreign(
                "Pages of \(origin.prefix(200)) may not change anything here; HONE_CORS_ORIGINS says who may.")
        }
        return try await next(request, context)
    }

    private func isKnown(_ origin: String, _ host: String) -> Bool {
        origin == "http://\(host)" || origin == "https://\(host)" || origins.contains(origin) || origins.contains("*")
    }

    private static func isReading(_ request: Request) -> Bool {
        [.get, .head, .options].contains(request.method) && request.headers[.upgrade] == nil
    }

    /// An address, or a name that only this machine knows.
    static func isOurs(_ authority: String) -> Bool {
        guard !authority.hasPrefix("[") else { return true }
        let name = authority.prefix { $0 != ":" }.lowercased()
        return name.isEmpty || name == "localhost" || name.hasSuffix(".localhost")
            || name.allSatisfy { $0.isNumber || $0 == "." }
    }
}

extension Problem {
    static func foreign(_ detail: String) -> Problem {
        Problem(status: .forbidden, code: "foreign_page", detail: detail)
    }
}
