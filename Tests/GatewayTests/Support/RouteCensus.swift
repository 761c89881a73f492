import HTTPTypes
import HoneService
import Hummingbird
import Synchronization
import Testing

@testable import Gateway

/// The gateway, which lets its routes be counted.
enum RouteCensus: ServiceDefinition {
    struct Place: Sendable, Hashable, CustomStringConvertible {
        let method: String
        let template: String

        var description: String { "\(method) \(template)" }

        /// The path with these in the place of its variable parts.
        func path(_ names: [String]) -> String {
            var names = names[...]
            return template.split(separator: "/").map { part in
                part.hasPrefix("{") || part == "**" ? names.popFirst() ?? "x" : String(part)
            }
            .reduce("") { "\($0)/\($1)" }
        }
    }

    static let name = Gateway.name
    static let summary = Gateway.summary
    private static let last = Mutex<[Place]?>(nil)

    /// Every route, once a gateway has started.
    static func places() throws -> [Place] { try #require(last.withLock { $0 }) }

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        try await Gateway.assemble(&assembly) { backend in
            let areas = GatewayRouter.areas(backend)
            let router = Router(context: GatewayContext.self)
            for area in areas { area.add(to: router) }
            let places = router.routes.map { Place(method: $0.method.rawValue, template: "\($0.path)") }
            last.withLock { $0 = places }
            return areas
        }
    }
}
