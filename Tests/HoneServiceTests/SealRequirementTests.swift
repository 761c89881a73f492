import HoneStore
import Postgres
import TestServers
import Testing

@testable import HoneService

@Suite("A service that the holdout is sealed against", .timeLimit(.minutes(2)))
struct SealRequirementTests {
    private static func reason(_ url: String, as role: String? = nil) async throws -> String? {
        var options = PoolOptions()
        if let role { options.connection.sessionSettings["role"] = role }
        let store = try Store(url: url, options: options)
        do {
            try await SealRequirement(store: store).check()
            await store.close()
            return nil
        } catch let fault as SealRequirement.Unsealed {
            await store.close()
            return "\(fault)"
        }
    }

    @Test("starts under its role, and neither as the owner nor where there is no such role")
    func starts() async throws {
        let server = try await TestPostgres.shared()
        let url = try await server.createDatabase()
        try await Store.migrate(url, from: TreasuryTests.migrations)
        let (sealed, owner, nobody) = (
            try await Self.reason(url, as: HoldoutSeal.role), try await Self.reason(url),
            try await Self.reason(url, as: "nobody_here")
        )
        #expect(sealed == nil)
        #expect(owner?.contains("may read benchmark_cases") == true && owner?.contains("hone doctor") == true)
        #expect(nobody?.contains("does not exist") == true, "\(nobody ?? "it starts")")
        try await server.dropDatabase(url)
    }
}
