import Foundation
import HTTP
import HoneCore
import HoneService
import HoneTestKit
import TestServers

@testable import Gateway

/// A running gateway, and what it stands on.
struct TestGateway: Sendable {
    let workshop: Workshop
    let port: Int
    let client: HTTPClient
    /// Sent along where a test says nothing else about who asks.
    let standing: HTTPHeader?
    /// Those that were opened, as long as the test goes on: who lets go of one closes it.
    let sockets = Sockets()

    var url: String { "http://127.0.0.1:\(port)" }

    /// Runs `body` beside a gateway with these settings, and beside `services`. Authentication is off unless they say else.
    static func open(
        on bus: WorkshopBusKind = .memory, settings: [String: String] = [:],
        gateway definition: any ServiceDefinition.Type = Gateway.self,
        beside services: [any ServiceDefinition.Type] = [], standing: HTTPHeader? = nil,
        first: Bool = false, _ body: @Sendable (TestGateway) async throws -> Void
    ) async throws {
        try await Workshop.open(on: bus, settings: settings, first: first) { workshop in
            // Not before it is our turn: until then others would take it.
            let port = try freePort()
            let workshop = try await workshop.with(["HONE_GATEWAY_PORT": "\(port)"].merging(settings) { $1 })
            try await workshop.running([definition] + services) {
                let gateway = TestGateway(workshop: workshop, port: port, client: HTTPClient(), standing: standing)
                try await gateway.untilItListens()
                try await body(gateway)
                gateway.sockets.letGo()
                await gateway.client.shutdown()
            }
        }
    }

    /// Runs `body` beside a gateway that wants to know who asks: an admin, unless a request says else.
    static func guarded(
        on bus: WorkshopBusKind = .memory, beside services: [any ServiceDefinition.Type] = [],
        _ body: @Sendable (TestGateway) async throws -> Void
    ) async throws {
        try await open(
            on: bus, settings: withAuthentication, beside: services, standing: .who(.admin, "root"), body)
    }

    private func untilItListens() async throws {
        try await eventually("the gateway listens") { (try? await get("/healthz")) != nil }
    }
}

// MARK: asking

extension TestGateway {
    func signed(_ headers: [HTTPHeader]) -> [HTTPHeader] {
        headers.contains { $0.name.lowercased() == "authorization" } ? headers : headers + [standing].compactMap(\.self)
    }

    func get(_ path: String, headers: [HTTPHeader] = []) async throws -> HTTPResponse {
        try await client.send(HTTPRequest(url: url + path, headers: signed(headers)))
    }

    func send(
        _ method: String, _ path: String, body: some Encodable, headers: [HTTPHeader] = []
    ) async throws -> HTTPResponse {
        try await client.send(.json(method, url + path, body: body, headers: signed(headers)))
    }

    func post(_ path: String, _ body: some Encodable, headers: [HTTPHeader] = []) async throws -> HTTPResponse {
        try await send("POST", path, body: body, headers: headers)
    }
}

extension HTTPResponse {
    var value: JSONValue { get throws { try json(JSONValue.self) } }
}
