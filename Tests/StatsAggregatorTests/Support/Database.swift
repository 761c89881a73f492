import Foundation
import HoneCore
import HoneStore
import Postgres
import TestServers

/// A freshly migrated database with agents `ada`, `bob` and `kai`.
enum Database {
    private static let migrations = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "infra/migrations").path

    /// Migrated once per process; the others are copies.
    private static let template = Task {
        let url = try await TestPostgres.shared().createDatabase()
        try await Store.migrate(url, from: migrations)
        let store = try Store(url: url)
        for name in ["ada", "bob", "kai"] {
            _ = try await store.agents.apply(
                Agent(id: .named(name), specialization: [.named("analysis")], model: .named("m1")))
        }
        await store.close()
        return url
    }

    static func copy(of url: String? = nil) async throws -> String {
        let original = if let url { url } else { try await template.value }
        let name = original.split(separator: "/").last.map(String.init)
        return try await TestPostgres.shared().createDatabase(template: name)
    }

    /// Runs `body` on a database of its own: a new one, or a copy of the one at `url`.
    static func use(copyOf url: String? = nil, _ body: (Aggregator) async throws -> Void) async throws {
        let url = try await copy(of: url)
        let aggregator = try await Aggregator(url)
        do {
            try await body(aggregator)
        } catch {
            await aggregator.close()
            throw error
        }
        await aggregator.close()
    }
}

let ada = AgentID.named("ada")
let bob = AgentID.named("bob")
let kai = AgentID.named("kai")
let analysis = HoneCore.Category.named("analysis")

extension Name {
    /// A name known to be valid.
    static func named(_ text: String) -> Name {
        guard let name = Name(text) else { preconditionFailure("\(text) is no name") }
        return name
    }
}
