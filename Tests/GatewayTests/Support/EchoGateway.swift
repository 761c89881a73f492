import HTTP
import HTTPTypes
import HoneCore
import HoneService
import Hummingbird
import Synchronization

@testable import Gateway

/// The gateway with a few more routes, for what stands before every route.
enum EchoGateway: ServiceDefinition {
    static let name = Gateway.name
    static let summary = Gateway.summary

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        try await Gateway.assemble(&assembly) { GatewayRouter.areas($0) + [EchoRoutes()] }
    }
}

/// Routes that do nothing but answer.
struct EchoRoutes: RouteArea {
    /// How many things were made by a name.
    private let made = Made()

    func add(to router: Router<GatewayContext>) {
        router.on(.post, "/api/echo", for: .publisher) { request, _ in
            Answer(try await request.json(JSONValue.self))
        }
        router.on(.post, "/api/things/:name", for: .operator) { request, context in
            let name = try context.text("name", of: "such thing")
            if name == "broken" { throw Problem.conflict("It is broken.") }
            if name == "fault" { throw CancellationError() }
            let count = made.add(name)
            if name == "slow" { try await Task.sleep(for: .milliseconds(300)) }
            return Answer(["made": count], status: .created, headers: [.location: "/api/things/\(count)"])
        }
        router.on(.get, "/api/things/:name", for: .viewer) { _, context in
            Answer(["name": try context.text("name", of: "such thing")])
        }
        router.on(.get, "/api/large", for: .viewer) { _, _ in
            Answer((0..<500).map { "element \($0)" })
        }
        router.on(.get, "/api/things/:name/events", for: .viewer) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/event-stream"],
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: String(repeating: "data: x\n\n", count: 500)))
                    try await writer.finish(nil)
                })
        }
    }

    private final class Made: Sendable {
        private let counts = Mutex<[String: Int]>([:])

        func add(_ name: String) -> Int {
            counts.withLock { counts in
                counts[name, default: 0] += 1
                return counts[name] ?? 0
            }
        }
    }
}

extension TestGateway {
    /// A gateway with ``EchoRoutes``.
    static func echo(
        settings: [String: String] = [:], _ body: @Sendable (TestGateway) async throws -> Void
    ) async throws {
        try await open(settings: settings, gateway: EchoGateway.self, body)
    }

    func postText(
        _ path: String, _ text: [UInt8], type: String = "application/json", headers: [HTTPHeader] = []
    ) async throws -> HTTP.HTTPResponse {
        try await client.send(
            HTTP.HTTPRequest(
                method: "POST", url: url + path, headers: [HTTPHeader("Content-Type", type)] + headers, body: text))
    }
}
