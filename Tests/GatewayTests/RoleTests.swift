import Foundation
import HTTP
import HoneCore
import TestServers
import Testing

@testable import Gateway

@Suite("Who may do what", .timeLimit(.minutes(10)))
struct RoleTests {
    /// Open to all: operators' tools, and the documents.
    private static let open: Set<String> = OpsRoutes.paths.union([
        "/openapi.json", "/asyncapi.json", "/docs", "/docs/**",
    ])
    /// Requests that read though their method is POST.
    private static let reading: Set<String> = ["/api/routing/preview", "/api/memory/search"]

    private func places() throws -> [RouteCensus.Place] {
        try RouteCensus.places().filter { !Self.open.contains($0.template) }
    }

    /// What a caller gets who sends nothing but the token.
    private func answer(
        _ gateway: TestGateway, _ place: RouteCensus.Place, _ token: String?
    ) async throws -> HTTPResponse {
        try await gateway.client.send(
            HTTPRequest(
                method: place.method, url: gateway.url + place.path([]), headers: token.map { [.bearer($0)] } ?? []))
    }

    @Test("nobody gets past any route without a token, and each role gets as far as its rank")
    func matrix() async throws {
        let settings = TestGateway.withAuthentication.merging(["HONE_RATE_LIMIT": "0"]) { $1 }
        try await TestGateway.open(settings: settings, gateway: RouteCensus.self) { gateway in
            var keys: [Role: String] = [:]
            for role in Role.allCases { keys[role] = try await gateway.key(role).text }
            let places = try places()
            #expect(!places.isEmpty)
            for place in places {
                #expect(try await answer(gateway, place, nil).status == 401, "\(place)")
                let needed = try await needed(gateway, place, keys[.viewer])
                for role in Role.allCases where role < needed {
                    let refused = try await answer(gateway, place, keys[role])
                    #expect(refused.status == 403, "\(place) as \(role)")
                }
                if place.method != "GET", !Self.reading.contains(place.template) {
                    #expect(needed >= .publisher, "\(place) changes something")
                }
            }
        }
    }

    /// As the refusal of a viewer says.
    private func needed(_ gateway: TestGateway, _ place: RouteCensus.Place, _ viewer: String?) async throws -> Role {
        let answer = try await answer(gateway, place, viewer)
        guard answer.status == 403, let detail = try answer.value.refusal else { return .viewer }
        return try #require(
            Role.allCases.first { detail == "This needs the role \($0.rawValue)." }, "\(place): \(detail)")
    }

    @Test("a role may do all that those below it may")
    func ranks() {
        #expect(Role.allCases == [.viewer, .publisher, .operator, .approver, .admin])
        #expect(Role.allCases == Role.allCases.sorted())
    }
}

extension JSONValue {
    /// What a problem says, in RFC 9457's shape or OpenAI's.
    fileprivate var refusal: String? { (self["detail"] ?? self["error"]?["message"])?.string }
}
