import Foundation
import HoneBus
import HoneCore
import HoneService
import HoneTestKit
import Hummingbird
import Logging
import Synchronization
import Testing

@testable import Gateway

@Suite("Routes and documents")
struct RouteDocumentTests {
    @Test("every route is in OpenAPI and every operation of OpenAPI is a route")
    func routes() async throws {
        let documented = Set(try DocumentedOperation.all(of: Contract.openAPI()).map { "\($0.method) \($0.path)" })
        let routed = Set(
            try await Self.routes().filter { !$0.contains(" /ws/") }.map { Self.named($0, among: documented) })
        #expect(routed.subtracting(documented).sorted() == [], "routes that nobody documented")
        #expect(documented.subtracting(routed).sorted() == [], "documented, but not there")
    }

    @Test("every socket is in AsyncAPI and every socket of AsyncAPI is a route")
    func sockets() async throws {
        let routed = try await Self.routes().filter { $0.contains(" /ws/") }
        let channels = try Contract.asyncAPI()["channels"]?.object ?? [:]
        let documented = channels.values.compactMap { $0["address"]?.string }.filter { $0.hasPrefix("/") }
        #expect(routed == Set(documented.map { "GET \($0)" }))
    }

    /// `GET /api/tasks/{id}`, …, as the router knows them; without HEAD, which every GET has.
    private static func routes() async throws -> Set<String> {
        let found = Mutex<Set<String>>([])
        try await Workshop.open { workshop in
            let logger = Logger(label: "routes") { _ in SwiftLogNoOpLogHandler() }
            var assembly = ServiceAssembly(
                settings: workshop.settings, logger: logger, transport: workshop.bus.transport, store: workshop.store,
                progress: ProgressWriter(publisher: workshop.bus.transport, logger: logger),
                consumer: Consumer(of: workshop.bus.transport, group: Gateway.name, options: .init(), logger: logger))
            let router = try await GatewayRouter.make(Backend(&assembly))
            let routes = router.routes.filter { $0.method != .head && $0.method != .options }
            found.withLock { $0 = Set(routes.map { "\($0.method.rawValue) \(braced($0.path.description))" }) }
        }
        return found.withLock(\.self)
    }

    /// A route's last `**` takes an id that may hold slashes. Documents have no such thing: there it is a variable.
    private static func named(_ route: String, among documented: Set<String>) -> String {
        guard route.hasSuffix("/**") else { return route }
        let stem = route.dropLast(2)
        return documented.first { $0.hasPrefix(stem + "{") && !$0.dropFirst(stem.count).contains("/") } ?? route
    }

    /// `/api/tasks/:id` as documents have it: `/api/tasks/{id}`.
    private static func braced(_ path: String) -> String {
        let parts = path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : "\($0)" }
        return "/" + parts.joined(separator: "/")
    }
}
