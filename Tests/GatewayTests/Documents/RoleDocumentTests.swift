import HTTP
import HoneCore
import Testing

@testable import Gateway

@Suite("Roles and documents")
struct RoleDocumentTests {
    private struct Place {
        let method: String
        let path: String
        let role: String
    }

    @Test("every operation and every socket asks for the role that its document tells")
    func roles() async throws {
        let places = try Self.operations() + Self.sockets()
        #expect(places.contains { $0.role == "operator" } && places.contains { $0.path.hasPrefix("/ws/") })
        try await TestGateway.guarded { gateway in
            for place in places {
                let answer = try await gateway.client.send(
                    HTTPRequest(method: place.method, url: gateway.url + place.path, headers: [.who(.viewer, "vera")]))
                let refusal = answer.status == 403 ? answer.text : ""
                let told =
                    place.role == "viewer" ? refusal.isEmpty : refusal.contains("This needs the role \(place.role).")
                #expect(told, "\(place.method) \(place.path), \(place.role): \(answer.status) \(refusal)")
            }
        }
    }

    private static func operations() throws -> [Place] {
        try DocumentedOperation.all(of: Contract.openAPI()).compactMap { operation in
            operation.spec["x-role"]?.string.map {
                Place(method: operation.method, path: filled(operation.path), role: $0)
            }
        }
    }

    private static func sockets() throws -> [Place] {
        let channels = try Contract.asyncAPI()["channels"]?.object ?? [:]
        return try channels.values.filter { $0["address"]?.string?.hasPrefix("/ws/") == true }.map { channel in
            let role = try #require(channel["x-role"]?.string)
            return Place(method: "GET", path: filled(channel["address"]?.string ?? ""), role: role)
        }
    }

    private static func filled(_ path: String) -> String { path.replacing(/\{[^}]+\}/, with: "x") }
}
