import Foundation
import HoneCore
import HoneStore
import Postgres
import TestServers

/// A freshly migrated database of its own for each test.
enum TestStore {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let migrations = repository.appending(path: "infra/migrations").path

    /// Migrated once per process; the others are copies.
    private static let template = Task {
        let url = try await TestPostgres.shared().createDatabase()
        try await Store.migrate(url, from: migrations)
        return url
    }

    static func url() async throws -> String {
        let name = try await template.value.split(separator: "/").last.map(String.init)
        return try await TestPostgres.shared().createDatabase(template: name)
    }

    /// Runs `body` on a store with agents `ada` and `bob`, and the pool below it for what only SQL can see.
    static func run(_ body: (Store, PostgresPool) async throws -> Void) async throws {
        let url = try await url()
        let pool = try PostgresPool(url: url)
        let store = Store(pool: pool)
        do {
            for name in ["ada", "bob"] {
                _ = try await store.agents.apply(
                    Agent(id: .named(name), specialization: [.named("analysis")], model: .named("m1")))
            }
            try await body(store, pool)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}

extension Name {
    /// A name known to be valid.
    static func named(_ text: String) -> Name {
        guard let name = Name(text) else { preconditionFailure("\(text) is no name") }
        return name
    }
}
