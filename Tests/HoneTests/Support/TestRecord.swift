import HoneStore
import Postgres
import TestServers

/// Fresh, migrated databases.
enum TestRecord {
    private static let template = Task {
        let url = try await TestPostgres.shared().createDatabase()
        try await Store.migrate(url, from: Scratch.migrations)
        return String(url.split(separator: "/").last ?? "")
    }

    /// The address of a database of the test's own.
    static func url() async throws -> String {
        try await TestPostgres.shared().createDatabase(template: template.value)
    }

    /// Runs `body` with a store on a database of its own.
    static func run<Value>(_ body: (Store) async throws -> Value) async throws -> Value {
        let store = try Store(url: try await url())
        let result: Result<Value, any Error>
        do { result = .success(try await body(store)) } catch { result = .failure(error) }
        await store.close()
        return try result.get()
    }

    /// What the store has no words for.
    static func run(_ url: String, _ statement: SQL) async throws {
        let pool = try PostgresPool(url: url)
        let outcome: Result<Void, any Error>
        do {
            try await pool.run(statement)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await pool.close()
        try outcome.get()
    }
}
