import HTTP
import HoneCore
import Testing

@testable import Gateway

@Suite("The gateway")
struct GatewayTests {
    @Test("a path that leads nowhere is answered with a problem, not with a bare page")
    func nowhere() async throws {
        try await TestGateway.open { gateway in
            let response = try await gateway.get("/api/nothing")
            #expect(response.status == 404)
            #expect(response.headers["content-type"] == "application/problem+json")
            #expect(try response.value["code"] == "not_found")
        }
    }
}
