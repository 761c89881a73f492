import HoneService
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

@Suite("Starting the gateway")
struct StartTests {
    private func check(_ more: [String: String]) async throws {
        let own = ["DATABASE_URL": "postgres://x", "REDIS_URL": "redis://x"]
        try Gateway.check(Settings(try await SettingsSource(environment: own.merging(more) { $1 })))
    }

    @Test("a gateway that others reach does not start without authentication, and says so in one line")
    func open() async throws {
        let fault = await #expect(throws: SettingsFault.self) {
            try await check(["HONE_GATEWAY_HOST": "0.0.0.0", "HONE_AUTH": "off"])
        }
        #expect(
            fault?.lines == [
                "HONE_AUTH: expected on, since HONE_GATEWAY_HOST (0.0.0.0) is reached from other machines; "
                    + "off is for loopback alone"
            ])
        try await check(["HONE_GATEWAY_HOST": "0.0.0.0"])
        try await check(["HONE_GATEWAY_HOST": "127.0.0.1", "HONE_AUTH": "off"])
        try await check([:])
    }

    @Test("a public key that is none stops the start")
    func publicKey() async throws {
        let fault = await #expect(throws: SettingsFault.self) { try await check(["HONE_JWT_PUBLIC_KEY": "/nowhere"]) }
        #expect(fault?.lines.first?.hasPrefix("HONE_JWT_PUBLIC_KEY: ") == true)
    }

    @Test("a port that is taken is named, with the settings that say which")
    func taken() async throws {
        try await TestGateway.open { gateway in
            let fault = await #expect(throws: SettingsFault.self) {
                try await gateway.workshop.running([Gateway.self]) {
                    try await eventually(within: .seconds(1), "it gives up") { false }
                }
            }
            #expect(
                fault?.lines == [
                    "HONE_GATEWAY_HOST, HONE_GATEWAY_PORT: nobody can listen at 127.0.0.1:\(gateway.port): "
                        + "Address already in use"
                ])
        }
    }
}
